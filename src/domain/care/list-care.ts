import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { careColumns, fromCare, type Care } from "./care.ts";
import { caredForBy } from "./may-care.ts";

export type CareFilter = {
  /** "waits" is whatever somebody waits for; the others are single statuses. */
  status:
    | "waits"
    | "overdue"
    | "new"
    | "assigned"
    | "waiting"
    | "answered"
    | "closed"
    | "nothing-to-answer"
    | "all";
  /** A person's or an office's id, or "nobody". */
  assignee?: string | undefined;
  account?: string | undefined;
  tag?: string | undefined;
  /** The most urgent first, or the newest. */
  order: "due" | "newest";
};

/** Threads that some accounts are to look after. */
export async function listCare(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  filter: CareFilter,
  page: { skip: number; limit: number },
  now: Temporal.Instant,
): Promise<Care[]> {
  const { assignee, account, tag } = filter;
  return tx<Care[]>`
    select ${careColumns(tx)} ${fromCare(tx)}
    where care.authority = ${authority} and ${caredForBy(tx, authority, accounts)} and ${inStatus(tx, filter.status, now)}
    ${assignee === "nobody" ? tx`and care.assignee_person is null and care.assignee_account is null` : tx``}
    ${assignee && assignee !== "nobody" ? tx`and ${assignee} in (care.assignee_person, care.assignee_account)` : tx``}
    ${account ? tx`and care.account = ${account}` : tx``}
    ${
      tag
        ? tx`and exists (select from care_tag where care_tag.authority = ${authority} and care_tag.care = care.id and tag = ${tag})`
        : tx``
    }
    order by ${
      filter.order === "due"
        ? tx`care.due_at nulls last, care.asked_at nulls last, care.id`
        : tx`coalesce(care.asked_post, care.thread) desc`
    }
    limit ${page.limit} offset ${page.skip}`;
}

/** How many wait for some accounts, and for how many of them the time has passed. */
export async function countWaiting(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  now: Temporal.Instant,
): Promise<{ waiting: number; overdue: number }> {
  if (accounts.length === 0) return { waiting: 0, overdue: 0 };
  const [row] = await tx<{ waiting: number; overdue: number }[]>`
    select count(*)::int as waiting, count(*) filter (where care.due_at <= ${now})::int as overdue from care
    where care.authority = ${authority} and care.asked_at is not null and ${caredForBy(tx, authority, accounts)}`;
  return row ?? { waiting: 0, overdue: 0 };
}

function inStatus(tx: Transaction, status: CareFilter["status"], now: Temporal.Instant) {
  if (status === "all") return tx`true`;
  if (status === "waits") return tx`care.asked_at is not null`;
  if (status === "overdue") return tx`care.asked_at is not null and care.due_at <= ${now}`;
  return tx`care.status = ${status}`;
}
