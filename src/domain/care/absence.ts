import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type AbsenceId = Id<"absence">;
/** Days of the authority's calendar ("2026-12-21"), the last one included. Nobody is asked why. */
export type Absence = {
  id: AbsenceId;
  person: PersonId;
  firstDay: string;
  lastDay: string;
  substitute: PersonId | null;
};
export type StandIn =
  | { away: false }
  /** Without a substitute, whoever speaks for the account steps in. */
  | { away: true; lastDay: string; substitute: PersonId | null };
export type AbsenceSet =
  | { outcome: "set"; id: AbsenceId }
  | { outcome: "bad-days" }
  | { outcome: "bad-substitute" }
  | { outcome: "overlaps" };

/** Who stands in for a person at a moment. One who is away as well is passed over, for whoever stands in for them. */
export async function standInFor(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  at: Temporal.Instant,
): Promise<StandIn> {
  return (await whoIsAway(tx, authority, at)).get(person) ?? { away: false };
}

/** Everybody who is away at a moment, and who stands in at the end of the chain. */
export async function whoIsAway(
  tx: Transaction,
  authority: AuthorityId,
  at: Temporal.Instant,
): Promise<Map<PersonId, StandIn & { away: true }>> {
  const rows = await tx<Absence[]>`
    select ${columns(tx)} from absence
    where authority = ${authority} and (
      select ${at}::timestamptz at time zone zone from authority where authority.id = ${authority})::date
      between first_day and last_day`;
  const away = new Map(rows.map((row) => [row.person, row]));
  const ended = new Set(
    (
      await tx<{ id: PersonId }[]>`
        select id from person where authority = ${authority} and ended_at is not null
        and id = any(${rows.flatMap((row) => row.substitute ?? [])}::bigint[])`
    ).map(({ id }) => id),
  );
  const present = (person: PersonId): PersonId | null => {
    const passed = new Set<PersonId>();
    let next: PersonId | null = person;
    while (next && away.has(next) && !passed.has(next)) {
      passed.add(next);
      next = away.get(next)?.substitute ?? null;
    }
    return next && !passed.has(next) && !ended.has(next) ? next : null;
  };
  return new Map(
    rows.map((row) => [row.person, { away: true, lastDay: row.lastDay, substitute: present(row.person) }]),
  );
}

/** Absences of one person, or of everybody, that are not over. */
export async function listAbsences(
  tx: Transaction,
  authority: AuthorityId,
  today: Temporal.PlainDate,
  person?: PersonId,
): Promise<Absence[]> {
  return tx<Absence[]>`
    select ${columns(tx)} from absence
    where authority = ${authority} and last_day >= ${today.toString()}::text::date
    and (${person ?? null}::bigint is null or person = ${person ?? null})
    order by first_day, id`;
}

export async function setAbsence(
  tx: Transaction,
  authority: AuthorityId,
  absence: Omit<Absence, "id">,
  by: PersonId,
): Promise<AbsenceSet> {
  const { person, firstDay, lastDay, substitute } = absence;
  if (!isDay(firstDay) || !isDay(lastDay) || lastDay < firstDay) return { outcome: "bad-days" };
  // Held, so that of two who set the same days one learns that they overlap.
  const known = await tx<{ id: PersonId }[]>`
    select id from person where authority = ${authority} and ended_at is null
    and id = any(${[person, ...(substitute ? [substitute] : [])]}::bigint[]) order by id for no key update`;
  if (substitute === person || known.length !== (substitute ? 2 : 1)) return { outcome: "bad-substitute" };
  const [taken] = await tx`
    select from absence where authority = ${authority} and person = ${person}
    and first_day <= ${lastDay}::text::date and last_day >= ${firstDay}::text::date limit 1`;
  if (taken) return { outcome: "overlaps" };
  const [row] = await tx<{ id: AbsenceId }[]>`
    insert into absence (authority, person, first_day, last_day, substitute)
    values (${authority}, ${person}, ${firstDay}::text::date, ${lastDay}::text::date, ${substitute}) returning id`;
  if (!row) throw new Error("an absence was not kept");
  await append(tx, {
    authority,
    direction: "within",
    kind: "absence-set",
    person: by,
    subject: [person, ...(substitute ? [substitute] : [])],
    payload: { body: { firstDay, lastDay } },
  });
  return { outcome: "set", id: row.id };
}

/** Takes an absence back; with `of`, only if it is that person's own. */
export async function removeAbsence(
  tx: Transaction,
  authority: AuthorityId,
  id: AbsenceId,
  by: PersonId,
  of?: PersonId,
): Promise<{ outcome: "removed" } | { outcome: "not-found" }> {
  const [row] = await tx<{ person: PersonId }[]>`
    delete from absence where authority = ${authority} and id = ${id}
    and (${of ?? null}::bigint is null or person = ${of ?? null}) returning person`;
  if (!row) return { outcome: "not-found" };
  await append(tx, {
    authority,
    direction: "within",
    kind: "absence-removed",
    person: by,
    subject: [row.person],
  });
  return { outcome: "removed" };
}

/** "2026-12-21", and a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).year > 1900;
  } catch {
    return false;
  }
}

function columns(tx: Transaction) {
  return tx`id, person, first_day::text as "firstDay", last_day::text as "lastDay", substitute`;
}
