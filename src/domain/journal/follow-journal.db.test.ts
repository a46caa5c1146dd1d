import assert from "node:assert/strict";
import { after, test } from "node:test";
import { silentLog } from "#platform/log.ts";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { append } from "./append.ts";
import { entriesAfter, journalHead, type Entry } from "./entry.ts";
import { followJournal, type JournalFollower } from "./follow-journal.ts";
import { startSequencer } from "./sequencer.ts";

const { db } = await testDatabase({ after });
const { authority } = await exampleAuthority(db);

const write = (kind: string) =>
  db.as(authority.id, (tx) => append(tx, { authority: authority.id, direction: "within", kind }));
const head = () => db.system(journalHead);

/** The numbers that are heard, and a promise for the moment when there are enough. */
function ear(follower: JournalFollower, enough: number) {
  const numbers: string[] = [];
  const { promise: full, resolve } = Promise.withResolvers<void>();
  follower.onEntries((entries) => {
    numbers.push(...entries.map((entry) => entry.number));
    if (numbers.length >= enough) resolve();
  });
  return { numbers, full };
}

/** Numbers what is written, and waits until that is done. */
async function numbered(count: number): Promise<Entry[]> {
  const before = await head();
  const sequencer = startSequencer({ db, subscriptions: [], log: silentLog });
  for (let n = 0; n < count; n++) await write("numbered");
  const fresh = () => db.system((tx) => entriesAfter(tx, before, 100));
  while ((await fresh()).length < count);
  await sequencer.stop();
  return fresh();
}

// What making an authority has written.
await numbered(1);

test("the process that numbers and another one both hear each entry once, in order, without a gap", async () => {
  const from = BigInt(await head());
  const [here, elsewhere] = [
    await followJournal({ db, log: silentLog }),
    await followJournal({ db, log: silentLog }),
  ];
  const ears = [ear(here, 80), ear(elsewhere, 80)];
  const sequencer = startSequencer({ db, subscriptions: [], log: silentLog, follower: here });
  const writers = Array.from({ length: 4 }, async () => {
    for (let n = 0; n < 20; n++) await write("many");
  });
  await Promise.all([...writers, ...ears.map(({ full }) => full)]);
  await sequencer.stop();
  await Promise.all([here.stop(), elsewhere.stop()]);
  const each = Array.from({ length: 80 }, (_, n) => String(from + BigInt(n) + 1n));
  for (const { numbers } of ears) assert.deepEqual(numbers, each);
});

test("what is handed over is heard at once and not again when it is read", async () => {
  const follower = await followJournal({ db, log: silentLog });
  const { numbers } = ear(follower, 2);
  follower.lead(true);
  const entries = await numbered(2);
  follower.hear(entries);
  assert.deepEqual(
    numbers,
    entries.map(({ number }) => number),
  );
  follower.hear(entries);
  // Asks the database for what it may have missed.
  follower.lead(false);
  await follower.stop();
  assert.equal(numbers.length, 2);
  assert.equal(follower.position(), entries[1]?.number);
});

test("what is handed over with a gap before it is not heard until the gap has been", async () => {
  const follower = await followJournal({ db, log: silentLog });
  const { numbers, full } = ear(follower, 3);
  follower.lead(true);
  const entries = await numbered(3);
  follower.hear(entries.slice(2));
  await full;
  await follower.stop();
  assert.deepEqual(
    numbers,
    entries.map(({ number }) => number),
  );
});

test("a process that has ceased to hear what it numbers asks for it, for another may number by now", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const follower = await followJournal({ db, log: silentLog });
  const { numbers, full } = ear(follower, 2);
  follower.lead(true);
  const heard = await numbered(1);
  follower.hear(heard);
  const unheard = await numbered(1);
  t.mock.timers.tick(10_000);
  await full;
  await follower.stop();
  assert.deepEqual(
    numbers,
    [...heard, ...unheard].map(({ number }) => number),
  );
});

test("whoever gives way waits until the listeners are done, but not for one that never is", async () => {
  const follower = await followJournal({ db, log: silentLog });
  follower.lead(true);
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const stopListening = follower.onEntries(() => done);
  await follower.told();
  follower.hear(await numbered(1));
  let told = false;
  const waiting = follower.told().then(() => (told = true));
  await new Promise((turn) => setImmediate(turn));
  assert.equal(told, false);
  resolve();
  await waiting;
  stopListening();
  follower.onEntries(() => new Promise(() => {}));
  follower.hear(await numbered(1));
  await follower.told();
  await follower.stop();
});
