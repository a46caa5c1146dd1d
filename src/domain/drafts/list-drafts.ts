import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { draftColumns, draftOfRow, type Draft, type DraftRow, type DraftTarget } from "./draft.ts";

const most = 200;
/** Older ones are found in the list, but no longer fill the composer by themselves. */
const fresh = Temporal.Duration.from({ hours: 14 * 24 });

/** What somebody writes and has waiting, and what colleagues have waiting for the accounts they share, or left behind. Newest first. */
export async function listDrafts(
  tx: Transaction,
  authority: AuthorityId,
  reader: { person: PersonId; accounts: readonly AccountId[] },
): Promise<Draft[]> {
  const rows = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft
    where authority = ${authority} and ((person = ${reader.person} and state not in ('sent', 'thrown'))
      or (account = any(${[...reader.accounts]}::bigint[])
        and (state in ('awaiting', 'scheduled') or (state = 'failed' and problem = 'writer-left'))))
    order by updated_at desc limit ${most}`;
  return rows.map(draftOfRow);
}

/** What goes out, or was to go out, within a span of time; in that order. */
export async function plannedWithin(
  tx: Transaction,
  authority: AuthorityId,
  reader: { person: PersonId; accounts: readonly AccountId[] },
  span: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Draft[]> {
  const rows = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft
    where authority = ${authority} and local_time is not null and due_at >= ${span.from} and due_at < ${span.until}
    and ((person = ${reader.person} and state in ('awaiting', 'scheduled', 'late', 'failed'))
      or (account = any(${[...reader.accounts]}::bigint[]) and state in ('awaiting', 'scheduled')))
    order by due_at, id limit ${most}`;
  return rows.map(draftOfRow);
}

/** What somebody was writing last, of this kind: it fills the composer when they come back. Given `now`, not if it is old. */
export async function latestUnsent(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  to: DraftTarget,
  now?: Temporal.Instant,
): Promise<Draft | undefined> {
  const [row] = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft
    where authority = ${authority} and person = ${person} and state = 'draft' and not parked and mode = ${to.mode}
    ${to.mode === "new" ? tx`` : tx`and target = ${to.post}`}
    ${now ? tx`and updated_at > ${now.subtract(fresh)}` : tx``}
    order by updated_at desc limit 1`;
  return row && draftOfRow(row);
}
