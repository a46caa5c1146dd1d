import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type CareId = Id<"care">;
export const careStatuses = [
  "new",
  "assigned",
  "waiting",
  "answered",
  "closed",
  "nothing-to-answer",
] as const;
export type CareStatus = (typeof careStatuses)[number];

/** How a thread that is addressed to us is looked after. */
export type Care = {
  id: CareId;
  thread: PostId;
  /** The first of ours that is spoken to. */
  account: AccountId;
  network: string;
  status: CareStatus;
  assigneePerson: PersonId | null;
  /** An office, for whoever speaks for it. */
  assigneeAccount: AccountId | null;
  /** The name of whichever of the two it is. */
  assigneeName: string | null;
  /** The oldest post that waits, or the last that did. */
  askedPost: PostId | null;
  /** Since when somebody waits; null when nobody does. */
  askedAt: Temporal.Instant | null;
  dueAt: Temporal.Instant | null;
  /** Who has heard that it is overdue: 0 nobody, 1 the assignee, 2 the deputy. */
  told: number;
  concernsOffice: boolean | null;
  /** Up to this post all is answered, or done with in another way. */
  settledPost: string;
  /** One more with each act: who has seen another does not overwrite. */
  version: number;
  tags: string[];
  notes: number;
};

/** The care of some threads, by thread; a thread that is not addressed to us has none. */
export async function careOf(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly string[],
): Promise<Map<PostId, Care>> {
  if (threads.length === 0) return new Map();
  const rows = await tx<Care[]>`
    select ${careColumns(tx)} ${fromCare(tx)}
    where care.authority = ${authority} and care.thread = any(${[...new Set(threads)]}::bigint[])`;
  return new Map(rows.map((row) => [row.thread, row]));
}

export function isOverdue(care: Pick<Care, "askedAt" | "dueAt">, now: Temporal.Instant): boolean {
  return care.askedAt !== null && care.dueAt !== null && Temporal.Instant.compare(care.dueAt, now) <= 0;
}

export function careColumns(tx: Transaction) {
  return tx`care.id, care.thread, care.account, care.network, care.status, care.assignee_person as "assigneePerson",
    care.assignee_account as "assigneeAccount", coalesce(holder.name, office.name) as "assigneeName",
    care.asked_post as "askedPost", care.asked_at as "askedAt", care.due_at as "dueAt", care.told,
    care.concerns_office as "concernsOffice", care.settled_post as "settledPost", care.version,
    array(select tag from care_tag where care_tag.authority = care.authority and care_tag.care = care.id order by tag) as tags,
    (select count(*)::int from care_note where care_note.authority = care.authority and care_note.care = care.id) as notes`;
}

export function fromCare(tx: Transaction) {
  return tx`from care
    left join person holder on holder.authority = care.authority and holder.id = care.assignee_person
    left join account office on office.authority = care.authority and office.id = care.assignee_account`;
}
