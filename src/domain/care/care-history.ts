import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Care } from "./care.ts";
import type { CareState } from "./take-up.ts";

/** Something that was done with a thread, as the journal has it. */
export type CareChange = {
  entry: string;
  at: Temporal.Instant;
  kind: string;
  /** Null when it followed by itself from what was said. */
  person: string | null;
  personName: string | null;
  version: number | null;
  before: CareState | null;
  after: CareState | null;
  undo: boolean;
};

/** What has been done with a thread, newest first. */
export async function careHistory(
  tx: Transaction,
  authority: AuthorityId,
  care: Pick<Care, "id" | "thread">,
  limit = 50,
): Promise<CareChange[]> {
  return tx<CareChange[]>`${changes(tx, authority, care)} order by journal.id desc limit ${limit}`;
}

/** What has been done since a version was seen, oldest first. */
export async function changesSince(
  tx: Transaction,
  authority: AuthorityId,
  care: Pick<Care, "id" | "thread">,
  version: number,
): Promise<CareChange[]> {
  return tx<CareChange[]>`${changes(tx, authority, care)}
    and (journal.facts ->> 'version')::int > ${version} order by journal.id limit 20`;
}

/** Each entry stands at a post that waited, or at the thread's first, so the index of posts finds them. */
function changes(tx: Transaction, authority: AuthorityId, care: Pick<Care, "id" | "thread">) {
  return tx`
    select journal.id as entry, journal.at, journal.kind, journal.person, person.name as "personName",
      (journal.facts ->> 'version')::int as version, journal.facts -> 'before' as before, journal.facts -> 'after' as after,
      coalesce((journal.facts ->> 'undo')::boolean, false) as undo
    from journal left join person on person.authority = journal.authority and person.id = journal.person
    where journal.authority = ${authority} and journal.kind like 'care-%' and journal.post in (
      select id from post where authority = ${authority} and thread = ${care.thread})`;
}
