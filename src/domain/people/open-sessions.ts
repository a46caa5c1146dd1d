import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { SessionId } from "./session.ts";

/**
 * Which of these sessions are still open: asked for many at once by whoever keeps a line open to them. Without a join:
 * for many sessions of many people, planned while few were known, that would compare each with each.
 */
export async function openSessionsAmong(
  tx: Transaction,
  authority: AuthorityId,
  sessions: readonly SessionId[],
  now: Temporal.Instant,
): Promise<Set<SessionId>> {
  const rows = await tx<{ id: SessionId }[]>`
    with unexpired as materialized (
      select id, person from session where authority = ${authority} and id = any(${[...sessions]}::bigint[])
      and revoked_at is null and expires_at > ${now})
    select id from unexpired where not person = any(array(
      select id from person where authority = ${authority} and id = any(array(select person from unexpired))
      and ended_at is not null))`;
  return new Set(rows.map((row) => row.id));
}
