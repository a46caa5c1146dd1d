import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Language } from "#platform/i18n.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type PersonId = Id<"person">;
/** admin: people, accounts, settings. moderator: hiding, blocking, reports. Speaking is granted account by account. */
export type Role = "admin" | "moderator";

/** A member of staff who signs in. */
export type Person = { id: PersonId; name: string; email: string; roles: Role[]; language: Language };

export async function findPerson(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
): Promise<Person | undefined> {
  const [row] = await tx<Person[]>`
    select id, name, email, roles, language from person
    where authority = ${authority} and id = ${id} and ended_at is null`;
  return row;
}

export async function findPersonByEmail(
  tx: Transaction,
  authority: AuthorityId,
  email: string,
): Promise<Person | undefined> {
  const [row] = await tx<Person[]>`
    select id, name, email, roles, language from person
    where authority = ${authority} and lower(email) = ${email.trim().toLowerCase()} and ended_at is null`;
  return row;
}

export async function listPeople(tx: Transaction, authority: AuthorityId): Promise<Person[]> {
  return tx<Person[]>`
    select id, name, email, roles, language from person where authority = ${authority} and ended_at is null order by name, id`;
}

/** Names of those who pressed the button, also of people who have left: the record outlives them. */
export async function namesOfPeople(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<{ id: string; name: string }[]>`
    select id, name from person where authority = ${authority} and id = any(${[...new Set(ids)]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type PersonAdded =
  | { outcome: "added"; id: PersonId }
  | { outcome: "email-taken" }
  | { outcome: "bad-email" };

export async function addPerson(
  tx: Transaction,
  authority: AuthorityId,
  person: { name: string; email: string; roles: Role[]; language: Language },
  by: PersonId | undefined,
): Promise<PersonAdded> {
  const email = person.email.trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return { outcome: "bad-email" };
  const [row] = await tx<{ id: PersonId }[]>`
    insert into person (authority, name, email, roles, language)
    values (${authority}, ${person.name}, ${email}, ${person.roles}, ${person.language})
    on conflict do nothing returning id`;
  if (!row) return { outcome: "email-taken" };
  await append(tx, {
    authority,
    direction: "within",
    kind: "person-added",
    person: by,
    subject: [row.id],
    payload: { body: { name: person.name, email, roles: person.roles } },
  });
  return { outcome: "added", id: row.id };
}
