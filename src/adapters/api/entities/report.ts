import type { Report as Filed } from "#domain/moderation/report.ts";
import type { Account } from "./account.ts";
import { wireTime } from "./wire.ts";

export const reportCategories = ["spam", "legal", "violation", "other"] as const;
export type ReportCategory = (typeof reportCategories)[number];

/** https://docs.joinmastodon.org/entities/Report/ */
export type Report = {
  id: string;
  action_taken: boolean;
  action_taken_at: string | null;
  category: ReportCategory;
  comment: string;
  forwarded: boolean;
  created_at: string;
  status_ids: string[] | null;
  rule_ids: string[] | null;
  target_account: Account;
};

/** What was reported at once, by the first of the reports that our moderators get of it. */
export function reportEntity(
  filed: Filed,
  told: { category: ReportCategory; comment: string; statuses: readonly string[]; rules: readonly number[] },
  about: Account,
): Report {
  return {
    id: filed.id,
    action_taken: filed.handledAt !== null,
    action_taken_at: filed.handledAt && wireTime(filed.handledAt),
    category: told.category,
    comment: told.comment,
    // Our moderators judge by our own rules; another server is told by hand.
    forwarded: false,
    created_at: wireTime(filed.at),
    status_ids: told.statuses.length > 0 ? [...told.statuses] : null,
    rule_ids: told.rules.length > 0 ? told.rules.map(String) : null,
    target_account: about,
  };
}
