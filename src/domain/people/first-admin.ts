import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Person } from "./person.ts";

/** Who has administered the authority longest. Somebody always does. */
export async function findFirstAdmin(tx: Transaction, authority: AuthorityId): Promise<Person | undefined> {
  const [row] = await tx<Person[]>`
    select id, name, email, roles, language from person
    where authority = ${authority} and ended_at is null and 'admin' = any(roles) order by id limit 1`;
  return row;
}

/** Whether anybody is signed in to the deck. */
export async function isAnybodySignedIn(
  tx: Transaction,
  authority: AuthorityId,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx`
    select from session join person on person.authority = session.authority and person.id = session.person
    where session.authority = ${authority} and revoked_at is null and expires_at > ${now} and person.ended_at is null limit 1`;
  return row !== undefined;
}
