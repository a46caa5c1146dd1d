import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import type { PersonId } from "#domain/people/person.ts";
import { openDatabase } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { testDatabase } from "#test/database.ts";
import { openNotificationWorld } from "#test/notification-world.ts";
import { openLine, type Line } from "../live/line.ts";
import { startCompany } from "./company.ts";

const stopping = new AbortController();
const { db, url } = await testDatabase({ after });
const other = openDatabase(url, { connections: 3, applicationName: "torg-test-2" });
after(async () => {
  stopping.abort();
  await other.close();
});
const w = await openNotificationWorld(db);
const { id } = w.authority;
const direct = await w.hear("Bara till er", [w.office.id], undefined, "direct");

/** Two processes: what one hears the other hears. */
const here = startCompany({ db, log: silentLog, stopping: stopping.signal });
const there = startCompany({ db: other, log: silentLog, stopping: stopping.signal });

type Told = { whole?: boolean; threads: { thread: string; people: { name: string; doing: string }[] }[] };

/** A deck's open line, and what it has been told. */
async function sit(company: typeof here, person: string, accounts: AccountId[]) {
  const all: Account[] = [];
  for (const account of accounts) {
    const found = await db.read(id, (tx) => findAccount(tx, id, account));
    if (found) all.push(found);
  }
  const seat = {
    site: { authority: w.authority, origin: "https://exempel.test" },
    language: "sv" as const,
    accounts: all,
    acting: all[0],
    moderator: false,
    admin: false,
    person: person as PersonId,
  };
  const who = { seat, session: "1" as Line["session"], person, deck: undefined, columns: [] };
  const { line, body } = openLine(who, (closed) => company.leave(closed));
  company.join(line);
  const reader = body.getReader();
  const next = async (): Promise<Told> => {
    const { value } = await reader.read();
    return JSON.parse(/^data: (.*)$/m.exec(new TextDecoder().decode(value))?.[1] ?? "{}") as Told;
  };
  return { line, next };
}

const sign = (thread: string, doing: "reading" | "writing" | "gone", person = "11", name = "Maria") => ({
  authority: id,
  thread,
  person,
  name,
  tab: "a",
  doing,
});
const of = (told: Told, thread: string) => told.threads.find((one) => one.thread === thread)?.people;

test("what somebody does is heard in another process at once, but not by themselves", async () => {
  const bo = await sit(there, "12", [w.office.id]);
  const maria = await sit(here, "11", [w.office.id]);
  assert.deepEqual(await bo.next(), { whole: true, threads: [] });
  assert.deepEqual(await maria.next(), { whole: true, threads: [] });
  await here.tell(sign(w.thread, "writing"));
  assert.deepEqual(of(await bo.next(), w.thread), [{ name: "Maria", doing: "writing" }]);
  assert.deepEqual(of(await maria.next(), w.thread), []);
  await there.tell(sign(w.thread, "reading", "12", "Bo"));
  assert.deepEqual(of(await maria.next(), w.thread), [{ name: "Bo", doing: "reading" }]);
  await here.tell(sign(w.thread, "gone"));
  await there.tell(sign(w.thread, "gone", "12", "Bo"));
  for (const one of [bo, maria]) one.line.close();
});

test("a deck that opens is told who is there, in whichever process they are", async () => {
  await here.tell(sign(w.thread, "reading"));
  // What one process says in order another hears in order: once this has come, so has the sign.
  const bo = await sit(there, "12", [w.office.id]);
  const first = await bo.next();
  const told = first.threads.length > 0 ? first : await bo.next();
  assert.deepEqual(of(told, w.thread), [{ name: "Maria", doing: "reading" }]);
  await here.tell(sign(w.thread, "gone"));
  bo.line.close();
});

test("nobody hears of a direct message to an account that they may not speak for", async () => {
  const without = await sit(here, "13", []);
  const elsewhere = await sit(here, "14", [w.voice.id]);
  const granted = await sit(here, "12", [w.office.id]);
  for (const one of [without, elsewhere, granted]) await one.next();
  await here.tell(sign(direct, "writing"));
  assert.deepEqual(of(await granted.next(), direct), [{ name: "Maria", doing: "writing" }]);
  assert.equal(await here.maySee(without.line.seat, direct), false);
  assert.equal(await here.maySee(elsewhere.line.seat, direct), false);
  // The thread that all may see is the next, and the first, that they hear of.
  await here.tell(sign(w.thread, "writing"));
  for (const one of [without, elsewhere]) {
    const told = await one.next();
    assert.deepEqual(
      told.threads.map(({ thread }) => thread),
      [w.thread],
    );
  }
  const late = await sit(here, "15", []);
  assert.deepEqual(
    (await late.next()).threads.map(({ thread }) => thread),
    [w.thread],
  );
  for (const one of [without, elsewhere, granted, late]) one.line.close();
});

test("nothing that somebody does is written down", async () => {
  const [row] = await db.system(
    (tx) =>
      tx<{ count: number }[]>`select count(*)::int as count from journal where facts::text like '%Maria%'`,
  );
  assert.equal(row?.count, 0);
});
