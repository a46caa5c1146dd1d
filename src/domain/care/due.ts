import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { loadCareRules, officeHoursIn, type CareRules } from "./care-rules.ts";
import { addOfficeTime, officeTimeBetween } from "./office-time.ts";

/** A question as far as its target time depends on it. */
export type Question = { account: AccountId; tags: readonly string[]; askedAt: Temporal.Instant };

/** When an answer is due; null when the authority has set no target for it. */
export async function dueOf(
  tx: Transaction,
  authority: AuthorityId,
  question: Question,
): Promise<Temporal.Instant | null> {
  return dueBy(await loadCareRules(tx, authority), question);
}

/** The shortest of the targets that hold for the account and any of the tags. */
export function dueBy(rules: CareRules, { account, tags, askedAt }: Question): Temporal.Instant | null {
  const held = rules.targets.filter(
    (target) =>
      (target.account === null || target.account === account) &&
      (target.tag === null || tags.some((tag) => tag.toLowerCase() === target.tag?.toLowerCase())),
  );
  if (held.length === 0) return null;
  const minutes = Math.min(...held.map((target) => target.minutes));
  return addOfficeTime(officeHoursIn(rules), askedAt, minutes);
}

/** Seconds in office hours from a question to its answer. */
export async function officeSecondsBetween(
  tx: Transaction,
  authority: AuthorityId,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<number> {
  return Math.round(officeTimeBetween(officeHoursIn(await loadCareRules(tx, authority)), from, until));
}
