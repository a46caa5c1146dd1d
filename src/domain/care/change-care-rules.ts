import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { ClosedDay, TargetId } from "./care-rules.ts";
import { eves, type Eve } from "#domain/checks/swedish-holidays.ts";
import type { Opening } from "./office-time.ts";
import { recountDue } from "./recount-due.ts";

/** Who changes the rules, and when. */
export type By = { person: PersonId; now: Temporal.Instant };
export type RuleChanged = { outcome: "changed" } | { outcome: "already" };

/** When somebody is there: hours for each weekday, Monday first, and on which eves nobody is. */
export async function setOfficeHours(
  tx: Transaction,
  authority: AuthorityId,
  hours: { week: readonly (readonly Opening[])[]; eves: readonly Eve[]; deputyAfter: number },
  by: By,
): Promise<void> {
  const closed = eves.filter((eve) => hours.eves.includes(eve));
  await tx`
    insert into care_setting (authority, eves, deputy_after) values (${authority}, ${closed}, ${hours.deputyAfter})
    on conflict (authority) do update set eves = excluded.eves, deputy_after = excluded.deputy_after`;
  await tx`delete from office_hours where authority = ${authority}`;
  const openings = hours.week.flatMap((day, index) => day.map((one) => ({ ...one, weekday: index + 1 })));
  await tx`
    insert into office_hours (authority, weekday, opens, closes)
    select ${authority}, * from unnest(${openings.map((one) => one.weekday)}::smallint[],
      ${openings.map((one) => one.opens)}::smallint[], ${openings.map((one) => one.closes)}::smallint[])`;
  await record(tx, authority, "office-hours-changed", { week: hours.week, eves: closed }, by);
}

/** A day on which nobody is there although the calendar says nothing. */
export async function addClosedDay(
  tx: Transaction,
  authority: AuthorityId,
  { day, name }: ClosedDay,
  by: By,
): Promise<RuleChanged> {
  const added = await tx`
    insert into closed_day (authority, day, name) values (${authority}, ${day}::text::date, ${name})
    on conflict do nothing returning 1`;
  if (added.length === 0) return { outcome: "already" };
  await record(tx, authority, "closed-day-added", { day, name }, by);
  return { outcome: "changed" };
}

export async function removeClosedDay(
  tx: Transaction,
  authority: AuthorityId,
  day: string,
  by: By,
): Promise<RuleChanged> {
  const removed =
    await tx`delete from closed_day where authority = ${authority} and day = ${day}::text::date returning 1`;
  if (removed.length === 0) return { outcome: "already" };
  await record(tx, authority, "closed-day-removed", { day }, by);
  return { outcome: "changed" };
}

/** Sets how soon an account answers, or all of them; within a tag, or in general. */
export async function setTarget(
  tx: Transaction,
  authority: AuthorityId,
  target: { account: AccountId | null; tag: string | null; minutes: number },
  by: By,
): Promise<void> {
  await tx`
    insert into care_target (authority, account, tag, minutes)
    values (${authority}, ${target.account}, ${target.tag}, ${target.minutes})
    on conflict (authority, account, tag) do update set minutes = excluded.minutes`;
  await record(tx, authority, "care-target-set", target, by);
}

export async function removeTarget(
  tx: Transaction,
  authority: AuthorityId,
  id: TargetId | string,
  by: By,
): Promise<RuleChanged> {
  const [removed] = await tx<{ account: string | null; tag: string | null }[]>`
    delete from care_target where authority = ${authority} and id = ${id} returning account, tag`;
  if (!removed) return { outcome: "already" };
  await record(tx, authority, "care-target-removed", removed, by);
  return { outcome: "changed" };
}

async function record(
  tx: Transaction,
  authority: AuthorityId,
  kind: string,
  body: object,
  { person, now }: By,
): Promise<void> {
  await append(tx, { authority, direction: "within", kind, person, payload: { body } });
  await recountDue(tx, authority, now);
}
