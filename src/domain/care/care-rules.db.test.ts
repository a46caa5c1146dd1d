import assert from "node:assert/strict";
import { after, test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { endPerson } from "#domain/people/end-person.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { TenantId, Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, type Example } from "#test/example.ts";
import { listAbsences, removeAbsence, setAbsence, standInFor, type AbsenceId } from "./absence.ts";
import { accountCare, setAccountCare } from "./account-care.ts";
import { loadCareRules } from "./care-rules.ts";
import {
  addClosedDay,
  removeClosedDay,
  removeTarget,
  setOfficeHours,
  setTarget,
} from "./change-care-rules.ts";
import { dueOf, officeSecondsBetween } from "./due.ts";
import { tellAllOverdue, tellOverdue } from "./overdue.ts";

const { db } = await testDatabase({ after });
const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime("Europe/Stockholm").toInstant();
const said = (instant: Temporal.Instant | null) =>
  instant?.toZonedDateTimeISO("Europe/Stockholm").toPlainDateTime().toString({ smallestUnit: "minute" });
const noon = at("2026-11-23T12:00");
let serial = 0;

async function world() {
  const example = await exampleAuthority(db);
  const { id } = example.authority;
  const by = { person: example.person, now: noon };
  return { ...example, id, by, as: <T>(work: (tx: Transaction) => Promise<T>) => db.as(id, work) };
}

async function colleague({ authority }: Example, accounts: AccountId[] = []): Promise<PersonId> {
  const details = {
    name: "Bo Exempel",
    email: `bo${++serial}@example.se`,
    roles: [],
    language: "sv" as const,
  };
  return db.as(authority.id, async (tx) => {
    const added = await addPerson(tx, authority.id, details, undefined);
    if (added.outcome !== "added") throw new Error(added.outcome);
    for (const account of accounts)
      await grantAccount(tx, authority.id, { person: added.id, account }, undefined);
    return added.id;
  });
}

async function waiting(
  authority: TenantId,
  account: AccountId,
  more: {
    askedAt?: string;
    dueAt?: string | null;
    person?: PersonId;
    office?: AccountId;
    tags?: string[];
  } = {},
): Promise<string> {
  return db.as(authority, async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      insert into care (authority, thread, account, network, status, assignee_person, assignee_account, asked_at, due_at)
      values (${authority}, next_id(), ${account}, 'fediverse', 'new', ${more.person ?? null}, ${more.office ?? null},
        ${at(more.askedAt ?? "2026-11-23T09:00")}, ${more.dueAt ? at(more.dueAt) : null}) returning id`;
    assert.ok(row);
    for (const tag of more.tags ?? [])
      await tx`insert into care_tag (authority, care, tag) values (${authority}, ${row.id}, ${tag})`;
    return row.id;
  });
}

const dueIn = (authority: TenantId, care: string) =>
  db.read(authority, async (tx) => {
    const [row] = await tx<{ due: Temporal.Instant | null; told: number }[]>`
      select due_at as due, told from care where authority = ${authority} and id = ${care}`;
    return { due: said(row?.due ?? null), told: row?.told };
  });

const tellings = (authority: TenantId, care: string) =>
  db.read(
    authority,
    (tx) => tx<{ subject: string[]; facts: { level: number; thread: string } }[]>`
      select subject, facts from journal where authority = ${authority} and kind = 'care-overdue'
      and ${care} = any(subject) order by id`,
  );

test("without targets nothing is due", async () => {
  const { id, office, as } = await world();
  assert.equal(await as((tx) => dueOf(tx, id, { account: office.id, tags: [], askedAt: noon })), null);
});

test("the shortest target that holds for the account and a tag wins", async () => {
  const { id, office, voice, as, by } = await world();
  await as(async (tx) => {
    await setTarget(tx, id, { account: null, tag: null, minutes: 16 * 60 }, by);
    await setTarget(tx, id, { account: office.id, tag: null, minutes: 8 * 60 }, by);
    await setTarget(tx, id, { account: null, tag: "kris", minutes: 60 }, by);
    await setTarget(tx, id, { account: voice.id, tag: "kris", minutes: 30 }, by);
  });
  const due = async (account: AccountId, tags: string[]) =>
    said(await as((tx) => dueOf(tx, id, { account, tags, askedAt: at("2026-11-23T09:00") })));
  assert.equal(await due(voice.id, []), "2026-11-24T16:30");
  assert.equal(await due(office.id, []), "2026-11-24T08:30");
  assert.equal(await due(office.id, ["park", "Kris"]), "2026-11-23T10:00");
  assert.equal(await due(voice.id, ["kris"]), "2026-11-23T09:30");
});

test("one target for each account and tag: another time takes its place", async () => {
  const { id, as, by } = await world();
  await as((tx) => setTarget(tx, id, { account: null, tag: null, minutes: 60 }, by));
  await as((tx) => setTarget(tx, id, { account: null, tag: null, minutes: 90 }, by));
  const { targets } = await as((tx) => loadCareRules(tx, id));
  assert.deepEqual(
    targets.map((target) => target.minutes),
    [90],
  );
});

test("changing targets, hours and closed days counts anew what waits, and nothing else", async () => {
  const { id, office, as, by } = await world();
  const care = await waiting(id, office.id, { askedAt: "2026-11-23T16:00", tags: ["kris"] });
  const answered = await waiting(id, office.id);
  await as((tx) => tx`update care set asked_at = null where authority = ${id} and id = ${answered}`);
  await as((tx) => setTarget(tx, id, { account: null, tag: "kris", minutes: 60 }, by));
  assert.equal((await dueIn(id, care)).due, "2026-11-24T08:30");
  await as((tx) => addClosedDay(tx, id, { day: "2026-11-24", name: "Planeringsdag" }, by));
  assert.equal((await dueIn(id, care)).due, "2026-11-25T08:30");
  const long = Array.from({ length: 7 }, () => [{ opens: 8 * 60, closes: 18 * 60 }]);
  await as((tx) => setOfficeHours(tx, id, { week: long, eves: [], deputyAfter: 60 }, by));
  assert.equal((await dueIn(id, care)).due, "2026-11-23T17:00");
  await as((tx) => setOfficeHours(tx, id, { week: [], eves: [], deputyAfter: 60 }, by));
  assert.equal((await dueIn(id, care)).due, undefined);
  await as((tx) => setOfficeHours(tx, id, { week: long.slice(0, 5), eves: [], deputyAfter: 60 }, by));
  await as((tx) => removeClosedDay(tx, id, "2026-11-24", by));
  const { targets } = await as((tx) => loadCareRules(tx, id));
  await as((tx) => removeTarget(tx, id, targets[0]?.id ?? "0", by));
  assert.equal((await dueIn(id, care)).due, undefined);
  assert.equal((await dueIn(id, answered)).due, undefined);
  assert.deepEqual(await as((tx) => removeTarget(tx, id, targets[0]?.id ?? "0", by)), { outcome: "already" });
  assert.deepEqual(await as((tx) => removeClosedDay(tx, id, "2026-11-24", by)), { outcome: "already" });
});

test("office time between two moments follows the authority's hours", async () => {
  const { id, as } = await world();
  const seconds = await as((tx) =>
    officeSecondsBetween(tx, id, at("2026-11-20T16:00"), at("2026-11-23T09:00")),
  );
  assert.equal(seconds, 90 * 60);
});

test("who is assigned is told once that it is overdue, then the deputy once, after the stated office time", async () => {
  const example = await world();
  const { id, office, as, by } = example;
  const [assignee, deputy] = [await colleague(example, [office.id]), await colleague(example)];
  await as((tx) => setAccountCare(tx, id, office.id, { deputy, ways: { sv: "", en: "" } }, by.person));
  const care = await waiting(id, office.id, { dueAt: "2026-11-23T15:00", person: assignee });
  const tell = (time: string) => as((tx) => tellOverdue(tx, id, at(time)));
  await tell("2026-11-23T14:59");
  assert.equal((await tellings(id, care)).length, 0);
  for (const time of ["2026-11-23T15:00", "2026-11-23T15:01", "2026-11-24T08:00", "2026-11-24T10:29"])
    await tell(time);
  const [first, ...none] = await tellings(id, care);
  assert.deepEqual([first?.subject, first?.facts.level, none], [[care, assignee], 1, []]);
  for (const time of ["2026-11-24T10:30", "2026-11-24T10:31", "2026-11-25T10:30"]) await tell(time);
  const told = await tellings(id, care);
  assert.deepEqual(
    told.map((one) => [one.subject, one.facts.level]),
    [
      [[care, assignee], 1],
      [[care, deputy], 2],
    ],
  );
});

test("two processes at once tell once", async () => {
  const { id, office } = await world();
  const care = await waiting(id, office.id, { dueAt: "2026-11-23T10:00" });
  await Promise.all([1, 2, 3].map(() => tellAllOverdue(db, [id], noon)));
  assert.equal((await tellings(id, care)).length, 1);
});

test("who is away is passed over for the substitute, and without one everybody who speaks for the account is told", async () => {
  const example = await world();
  const { id, office, voice, person, as, by } = example;
  const [away, substitute] = [await colleague(example, [office.id]), await colleague(example, [office.id])];
  const days = { firstDay: "2026-11-23", lastDay: "2026-11-27" };
  await as((tx) => setAbsence(tx, id, { person: away, ...days, substitute }, by.person));
  await as((tx) => setAbsence(tx, id, { person, ...days, substitute: null }, by.person));
  const dueAt = "2026-11-23T10:00";
  const cares = {
    substituted: await waiting(id, office.id, { dueAt, person: away }),
    unsubstituted: await waiting(id, voice.id, { dueAt, person }),
    unassigned: await waiting(id, office.id, { dueAt }),
    office: await waiting(id, voice.id, { dueAt, office: office.id }),
  };
  await as((tx) => tellOverdue(tx, id, noon));
  const told = async (care: string) => (await tellings(id, care)).map((one) => one.subject.slice(1));
  assert.deepEqual(await told(cares.substituted), [[substitute]]);
  assert.deepEqual(await told(cares.unsubstituted), [[person]]);
  assert.deepEqual(await told(cares.unassigned), [[person, away, substitute]]);
  assert.deepEqual(await told(cares.office), [[person, away, substitute]]);
});

test("what is no longer overdue by new rules is told of again when it is", async () => {
  const { id, office, as, by } = await world();
  await as((tx) => setTarget(tx, id, { account: null, tag: null, minutes: 60 }, by));
  const care = await waiting(id, office.id, { dueAt: "2026-11-23T10:00" });
  await as((tx) => tellOverdue(tx, id, noon));
  assert.equal((await dueIn(id, care)).told, 1);
  await as((tx) => setTarget(tx, id, { account: null, tag: null, minutes: 300 }, by));
  assert.deepEqual(await dueIn(id, care), { due: "2026-11-23T14:00", told: 0 });
  await as((tx) => tellOverdue(tx, id, at("2026-11-23T14:00")));
  assert.equal((await tellings(id, care)).length, 2);
});

test("an absence has days, and a substitute who is there; one who is away as well is passed over", async () => {
  const example = await world();
  const { id, person, as } = example;
  const [bo, cy] = [await colleague(example), await colleague(example)];
  const set = (who: PersonId, firstDay: string, lastDay: string, substitute: PersonId | null) =>
    as((tx) => setAbsence(tx, id, { person: who, firstDay, lastDay, substitute }, person));
  assert.equal((await set(person, "2026-12-24", "2026-12-23", bo)).outcome, "bad-days");
  assert.equal((await set(person, "2026-02-30", "2026-12-23", bo)).outcome, "bad-days");
  assert.equal((await set(person, "2026-12-21", "2026-12-23", person)).outcome, "bad-substitute");
  assert.equal((await set(person, "2026-12-21", "2026-12-23", "1" as PersonId)).outcome, "bad-substitute");
  assert.equal((await set(person, "2026-12-21", "2026-12-23", bo)).outcome, "set");
  assert.equal((await set(person, "2026-12-23", "2026-12-30", bo)).outcome, "overlaps");
  const standIn = (time: string) => as((tx) => standInFor(tx, id, person, at(time)));
  assert.deepEqual(await standIn("2026-12-20T23:59"), { away: false });
  assert.deepEqual(await standIn("2026-12-21T00:00"), { away: true, lastDay: "2026-12-23", substitute: bo });
  assert.deepEqual(await standIn("2026-12-23T23:59"), { away: true, lastDay: "2026-12-23", substitute: bo });
  assert.deepEqual(await standIn("2026-12-24T00:00"), { away: false });
  await set(bo, "2026-12-22", "2026-12-22", cy);
  assert.deepEqual(await standIn("2026-12-22T12:00"), { away: true, lastDay: "2026-12-23", substitute: cy });
  await set(cy, "2026-12-22", "2026-12-22", person);
  assert.deepEqual(await standIn("2026-12-22T12:00"), {
    away: true,
    lastDay: "2026-12-23",
    substitute: null,
  });
  await as((tx) => endPerson(tx, id, bo, person, noon));
  assert.deepEqual(await standIn("2026-12-21T12:00"), {
    away: true,
    lastDay: "2026-12-23",
    substitute: null,
  });
  const mine = await as((tx) => listAbsences(tx, id, Temporal.PlainDate.from("2026-12-23"), person));
  assert.equal(mine.length, 1);
  const [own] = mine;
  const remove = (of?: PersonId) => as((tx) => removeAbsence(tx, id, own?.id as AbsenceId, cy, of));
  assert.deepEqual(await remove(cy), { outcome: "not-found" });
  assert.deepEqual(await remove(), { outcome: "removed" });
});

test("an account keeps its deputy and where to turn, in each language", async () => {
  const { id, office, voice, person, as } = await world();
  const kept = { deputy: person, ways: { sv: "Ring 0150-570 00.", en: "" } };
  await as((tx) => setAccountCare(tx, id, office.id, kept, person));
  assert.deepEqual(await as((tx) => accountCare(tx, id, office.id)), kept);
  assert.deepEqual(await as((tx) => accountCare(tx, id, voice.id)), {
    deputy: null,
    ways: { sv: "", en: "" },
  });
});

test("one authority's rules are not another's", async () => {
  const [a, b] = [await world(), await world()];
  await a.as((tx) => setTarget(tx, a.id, { account: null, tag: null, minutes: 60 }, a.by));
  assert.deepEqual((await b.as((tx) => loadCareRules(tx, b.id))).targets, []);
  const foreign = (await a.as((tx) => loadCareRules(tx, a.id))).targets[0]?.id ?? "";
  assert.deepEqual(await b.as((tx) => removeTarget(tx, b.id, foreign, b.by)), { outcome: "already" });
});
