import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

/** Counted no further: "99+" says enough. */
export const mostUnread = 100;

/** What a person may be told of by letter as well. */
export const letterKinds = ["assigned", "overdue"] as const;
export type LetterKind = (typeof letterKinds)[number];

/** How far a person has read ("0" at first), and which letters they want. Read markers are no facts: no entry is written. */
export async function findReader(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
): Promise<{ readTo: string; letters: LetterKind[] }> {
  const [row] = await tx<{ readTo: string; letters: LetterKind[] }[]>`
    select read_to as "readTo", letters from notification_reader
    where authority = ${authority} and person = ${person}`;
  return row ?? { readTo: "0", letters: [] };
}

/** All up to this one has been read; what came after it has not. */
export async function markRead(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  upTo: string,
): Promise<void> {
  await tx`insert into notification_reader (authority, person, read_to) values (${authority}, ${person}, ${upTo})
    on conflict (authority, person) do update set read_to = greatest(notification_reader.read_to, excluded.read_to)`;
}

export async function chooseLetters(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  letters: readonly LetterKind[],
): Promise<void> {
  await tx`insert into notification_reader (authority, person, letters)
    values (${authority}, ${person}, ${[...letters]}::text[])
    on conflict (authority, person) do update set letters = excluded.letters`;
}

/** How many of their own matters each person has not read, up to `mostUnread`; those with none are left out. */
export async function unreadCounts(
  tx: Transaction,
  authority: AuthorityId,
  people: readonly PersonId[],
): Promise<Map<PersonId, number>> {
  if (people.length === 0) return new Map();
  const rows = await tx<{ person: PersonId; count: number }[]>`
    select asked.person, count(*)::int as count
    from unnest(${[...people]}::bigint[]) as asked (person)
    left join notification_reader reader on reader.authority = ${authority} and reader.person = asked.person,
    lateral (select 1 from notification
      where authority = ${authority} and person = asked.person and id > coalesce(reader.read_to, 0)
      limit ${mostUnread}) unread
    group by asked.person`;
  return new Map(rows.map((row) => [row.person, row.count]));
}
