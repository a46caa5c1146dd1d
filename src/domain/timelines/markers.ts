import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

export type MarkedTimeline = "home" | "notifications";
export const markedTimelines: readonly MarkedTimeline[] = ["home", "notifications"];

/** How far a person has read with their apps. */
export type Marker = {
  timeline: MarkedTimeline;
  lastRead: string;
  version: number;
  updatedAt: Temporal.Instant;
};
type Reader = { person: PersonId; account: AccountId };

export async function markersOf(
  tx: Transaction,
  authority: AuthorityId,
  { person, account }: Reader,
  timelines: readonly MarkedTimeline[],
): Promise<Marker[]> {
  return tx<Marker[]>`
    select ${columns(tx)} from marker
    where authority = ${authority} and person = ${person} and account = ${account}
    and timeline = any(${[...timelines]}::text[])`;
}

/** Written over in one step, so that two devices never meet halfway; the version counts how often it was written. */
export async function mark(
  tx: Transaction,
  authority: AuthorityId,
  { person, account }: Reader,
  { timeline, lastRead }: Pick<Marker, "timeline" | "lastRead">,
  now: Temporal.Instant,
): Promise<Marker> {
  const [row] = await tx<Marker[]>`
    insert into marker (authority, person, account, timeline, last_read_id, updated_at)
    values (${authority}, ${person}, ${account}, ${timeline}, ${lastRead}, ${now.toString()})
    on conflict (authority, person, account, timeline) do update set
      last_read_id = excluded.last_read_id, version = marker.version + 1, updated_at = excluded.updated_at
    returning ${columns(tx)}`;
  if (!row) throw new Error("a marker was not kept");
  return row;
}

function columns(tx: Transaction) {
  return tx`timeline, last_read_id as "lastRead", version, updated_at as "updatedAt"`;
}
