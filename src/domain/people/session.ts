import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";
import type { Person, PersonId } from "./person.ts";

export type SessionId = Id<"session">;
export type NewSession = { secret: string; expiresAt: Temporal.Instant };
export type SessionShown = {
  id: SessionId;
  device: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

const days = 30;

export async function openSession(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  device: string,
  now: Temporal.Instant,
): Promise<NewSession> {
  const secret = newSecret();
  const expiresAt = now.add({ hours: 24 * days });
  await tx`insert into session (authority, token_hash, person, device, expires_at)
    values (${authority}, ${hashSecret(secret)}, ${person}, ${device.slice(0, 200)}, ${expiresAt})`;
  return { secret, expiresAt };
}

/** Who is signed in with this cookie, and with which session. */
export async function findSession(
  tx: Transaction,
  authority: AuthorityId,
  secret: string,
  now: Temporal.Instant,
): Promise<(Person & { session: SessionId }) | undefined> {
  const [row] = await tx<(Person & { session: SessionId })[]>`
    select person.id, name, email, roles, language, session.id as session
    from session join person on person.authority = session.authority and person.id = session.person
    where session.authority = ${authority} and token_hash = ${hashSecret(secret)} and revoked_at is null and expires_at > ${now}
    and person.ended_at is null`;
  return row;
}

/** A person's open sessions, newest first. */
export async function listSessions(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  now: Temporal.Instant,
): Promise<SessionShown[]> {
  return tx<SessionShown[]>`
    select id, device, created_at as "createdAt", expires_at as "expiresAt" from session
    where authority = ${authority} and person = ${person} and revoked_at is null and expires_at > ${now} order by id desc`;
}

/** Closes one of a person's own sessions. */
export async function revokeSession(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  session: SessionId,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx`
    update session set revoked_at = ${now}
    where authority = ${authority} and person = ${person} and id = ${session} and revoked_at is null returning 1`;
  return rows.length > 0;
}

/** Signs a person out everywhere; returns how many sessions that was. */
export async function revokeAllSessions(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx`
    update session set revoked_at = ${now}
    where authority = ${authority} and person = ${person} and revoked_at is null returning 1`;
  return rows.length;
}
