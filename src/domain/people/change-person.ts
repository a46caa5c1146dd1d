import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { findPerson, type PersonId, type Role } from "./person.ts";

export type PersonChanged =
  | { outcome: "changed" }
  | { outcome: "not-found" }
  | { outcome: "name-missing" }
  | { outcome: "last-admin" };

/** A person's own name and language. */
export async function changeOwnDetails(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  change: { name: string; language: Language },
): Promise<PersonChanged> {
  const name = change.name.trim();
  if (name === "") return { outcome: "name-missing" };
  const [row] = await tx`
    update person set name = ${name}, language = ${change.language}
    where authority = ${authority} and id = ${person} and ended_at is null returning 1`;
  if (!row) return { outcome: "not-found" };
  await append(tx, {
    authority,
    direction: "within",
    kind: "person-changed",
    person,
    subject: [person],
    payload: { body: { name, language: change.language } },
  });
  return { outcome: "changed" };
}

/** What a person may administer. Somebody always may. */
export async function changeRoles(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  roles: Role[],
  by: PersonId,
): Promise<PersonChanged> {
  const before = await findPerson(tx, authority, person);
  if (!before) return { outcome: "not-found" };
  if (before.roles.toSorted().join() === roles.toSorted().join()) return { outcome: "changed" };
  if (!roles.includes("admin") && (await isLastAdmin(tx, authority, person)))
    return { outcome: "last-admin" };
  await tx`update person set roles = ${roles} where authority = ${authority} and id = ${person}`;
  await append(tx, {
    authority,
    direction: "within",
    kind: "person-roles-changed",
    person: by,
    subject: [person],
    payload: { body: { before: before.roles, roles } },
  });
  return { outcome: "changed" };
}

/** Locks the administrators, so that two who demote each other at once do not leave none. */
export async function isLastAdmin(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
): Promise<boolean> {
  const admins = await tx<{ id: PersonId }[]>`
    select id from person where authority = ${authority} and ended_at is null and 'admin' = any(roles) order by id for update`;
  return admins.length === 1 && admins[0]?.id === person;
}
