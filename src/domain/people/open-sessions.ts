import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { SessionId } from "./session.ts";

/** Which of these sessions are still open: asked for many at once by whoever keeps a line open to them. */
export async function openSessionsAmong(
  tx: Transaction,
  authority: AuthorityId,
  sessions: readonly SessionId[],
  now: Temporal.Instant,
): Promise<Set<SessionId>> {
  const rows = await tx<{ id: SessionId }[]>`
    select session.id from session join person on person.authority = session.authority and person.id = session.person
    where session.authority = ${authority} and session.id = any(${[...sessions]}::bigint[]) and revoked_at is null
    and expires_at > ${now} and person.ended_at is null`;
  return new Set(rows.map((row) => row.id));
}
