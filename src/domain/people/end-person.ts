import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import { isLastAdmin } from "./change-person.ts";
import type { PersonId } from "./person.ts";
import { revokeAllSessions } from "./session.ts";

export type PersonEnded = { outcome: "ended" } | { outcome: "not-found" } | { outcome: "last-admin" };

/** Someone has left: they are signed out at once and can't come back in. Their name stays on what they did. */
export async function endPerson(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  by: PersonId,
  now: Temporal.Instant,
): Promise<PersonEnded> {
  if (await isLastAdmin(tx, authority, person)) return { outcome: "last-admin" };
  const [row] = await tx`
    update person set ended_at = ${now} where authority = ${authority} and id = ${person} and ended_at is null returning 1`;
  if (!row) return { outcome: "not-found" };
  await revokeAllSessions(tx, authority, person, now);
  await tx`update sign_in_link set used_at = ${now} where authority = ${authority} and person = ${person} and used_at is null`;
  await append(tx, { authority, direction: "within", kind: "person-ended", person: by, subject: [person] });
  return { outcome: "ended" };
}
