import assert from "node:assert/strict";
import { after, test } from "node:test";
import { silentLog } from "#platform/log.ts";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { append, payloadDigest, type NewEntry } from "./append.ts";
import type { Entry } from "./entry.ts";
import { entryBodies } from "./entry-bodies.ts";
import { followJournal } from "./follow-journal.ts";
import { startSequencer } from "./sequencer.ts";
import type { Subscription } from "./subscription.ts";

const { db } = await testDatabase({ after });
const { authority } = await exampleAuthority(db);
const other = await exampleAuthority(db);

const fact = (kind: string, more: Partial<NewEntry> = {}): NewEntry => ({
  authority: authority.id,
  direction: "within",
  kind,
  ...more,
});
const write = (kind: string, more: Partial<NewEntry> = {}) =>
  db.as(more.authority ?? authority.id, (tx) => append(tx, fact(kind, more)));

/** A subscription that keeps what it is given, and a promise for the moment when it has enough. */
function collector(name: string, kinds: string[], enough: number, handle?: (entries: Entry[]) => void) {
  const entries: Entry[] = [];
  const { promise: full, resolve } = Promise.withResolvers<void>();
  const subscription: Subscription = {
    name,
    kinds,
    async handle(_tx, _authority, batch) {
      handle?.(batch);
      entries.push(...batch);
      if (entries.length >= enough) resolve();
    },
  };
  return { entries, subscription, full };
}

test("every committed entry reaches each subscription once, in order, with its number", async () => {
  const seen = collector("each-once", ["a"], 60);
  const sequencer = startSequencer({ db, subscriptions: [seen.subscription], log: silentLog });
  const writers = Array.from({ length: 60 }, (_, index) =>
    write("a", { authority: index % 2 ? authority.id : other.authority.id }),
  );
  const ids = await Promise.all(writers);
  await seen.full;
  await sequencer.stop();
  assert.deepEqual(seen.entries.map((entry) => entry.id).toSorted(), ids.toSorted());
  const numbers = seen.entries.map((entry) => Number(entry.number));
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(numbers).size, 60);
});

test("an entry whose transaction is slow is not overtaken and lost", async () => {
  const seen = collector("slow-one", ["slow", "quick"], 2);
  const sequencer = startSequencer({ db, subscriptions: [seen.subscription], log: silentLog });
  const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const slow = db.as(authority.id, async (tx) => {
    await append(tx, fact("slow"));
    wrote();
    await held;
  });
  await written;
  await write("quick");
  letGo();
  await slow;
  await seen.full;
  await sequencer.stop();
  assert.deepEqual(seen.entries.map((entry) => entry.kind).toSorted(), ["quick", "slow"]);
});

test("what was written while no sequencer ran is handed out when one starts", async () => {
  const id = await write("offline");
  const seen = collector("late", ["offline"], 1);
  const sequencer = startSequencer({ db, subscriptions: [seen.subscription], log: silentLog });
  await seen.full;
  await sequencer.stop();
  assert.equal(seen.entries[0]?.id, id);
});

test("of two sequencers one works, and the other takes over when it stops", async () => {
  const first = collector("takes-over", ["over"], 1);
  const one = startSequencer({ db, subscriptions: [first.subscription], log: silentLog });
  const two = startSequencer({ db, subscriptions: [first.subscription], log: silentLog });
  await write("over");
  await first.full;
  await one.stop();
  const second = collector("takes-over-2", ["over-2"], 1);
  const three = startSequencer({ db, subscriptions: [second.subscription], log: silentLog });
  await two.stop();
  await write("over-2");
  await second.full;
  await three.stop();
  assert.equal(first.entries.length, 1);
  assert.equal(second.entries.length, 1);
});

test("a subscription is moved past what does not concern it, and hears what does after that", async () => {
  const seen = collector("mostly-idle", ["mine"], 2);
  const busy = collector("busy", ["noise", "noise-last"], 6);
  const subscriptions = [seen.subscription, busy.subscription];
  const sequencer = startSequencer({ db, subscriptions, log: silentLog });
  await write("mine");
  for (let n = 0; n < 5; n++) await write("noise");
  await write("noise-last");
  await busy.full;
  await write("mine");
  await seen.full;
  await sequencer.stop();
  assert.deepEqual(
    seen.entries.map((entry) => entry.kind),
    ["mine", "mine"],
  );
});

test("an entry that cannot be digested is set aside with its reason, and the rest goes on", async () => {
  const seen = collector("stumbles", ["good", "bad"], 2, (batch) => {
    if (batch.some((entry) => entry.kind === "bad")) throw new Error("cannot be digested");
  });
  const sequencer = startSequencer({ db, subscriptions: [seen.subscription], log: silentLog });
  await write("good");
  await write("bad");
  await write("good");
  await seen.full;
  await sequencer.stop();
  const failures = await db.system(
    (tx) => tx`select error from subscription_failure where name = 'stumbles'`,
  );
  assert.deepEqual(
    failures.map((row) => row["error"]),
    ["Error: cannot be digested"],
  );
});

test("a batch with an entry that cannot be digested is tried once, and not again before each that precedes it", async () => {
  const isPoor = (entry: Entry) => entry.kind === "poor";
  let tries = 0;
  const seen = collector("stumbles-late", ["fine", "poor"], 21, (batch) => {
    tries++;
    if (batch.some(isPoor)) throw new Error("cannot be digested");
  });
  for (let n = 0; n < 20; n++) await write("fine");
  await write("poor");
  await write("fine");
  const sequencer = startSequencer({ db, subscriptions: [seen.subscription], log: silentLog });
  await seen.full;
  await sequencer.stop();
  // The batch, each of them, and what is left.
  // The batch, each before it, it twice, and what is left.
  assert.ok(tries <= 1 + 20 + 2 + 1, `${tries} tries`);
});

test("a follower hears each new entry of every authority, also after it stood still", async () => {
  const sequencer = startSequencer({ db, subscriptions: [], log: silentLog });
  const follower = await followJournal({ db, log: silentLog });
  const heard: string[] = [];
  const { promise: full, resolve } = Promise.withResolvers<void>();
  follower.onEntries((entries) => {
    heard.push(...entries.map((entry) => entry.id));
    if (heard.length >= 3) resolve();
  });
  const ids = [await write("x"), await write("x", { authority: other.authority.id }), await write("x")];
  await full;
  await follower.stop();
  await sequencer.stop();
  assert.deepEqual(heard, ids);
});

test("the journal can be neither changed nor emptied", async () => {
  const id = await write("kept");
  await assert.rejects(
    db.as(
      authority.id,
      (tx) => tx`update journal set kind = 'forged' where authority = ${authority.id} and id = ${id}`,
    ),
    /append-only/,
  );
  await assert.rejects(
    db.as(authority.id, (tx) => tx`delete from journal where authority = ${authority.id} and id = ${id}`),
    /append-only/,
  );
});

test("one authority sees no entry of another, however it asks", async () => {
  await write("theirs", { authority: other.authority.id });
  const rows = await db.read(authority.id, (tx) => tx`select from journal where kind = 'theirs'`);
  assert.equal(rows.length, 0);
  await assert.rejects(
    db.as(authority.id, (tx) => append(tx, fact("forged", { authority: other.authority.id }))),
    /row-level security/,
  );
});

test("the digest of an entry proves its payload", async () => {
  const id = await write("said", { payload: { body: { b: 1, a: "ö" }, raw: Buffer.from("raw") } });
  const kept = await db.read(authority.id, async (tx) => {
    assert.deepEqual((await entryBodies(tx, authority.id, [id], 1_000)).get(id), { a: "ö", b: 1 });
    const [row] = await tx<{ digest: Buffer; salt: Buffer; body: string; raw: Buffer }[]>`
      select digest, salt, body, raw from journal join journal_payload payload
      on payload.authority = journal.authority and payload.entry = journal.id
      where journal.authority = ${authority.id} and journal.id = ${id}`;
    return row ?? assert.fail();
  });
  assert.equal(kept.body, '{"a":"ö","b":1}');
  assert.deepEqual(payloadDigest(kept.salt, kept.body, kept.raw), kept.digest);
});

test("a subscription whose turn it is not gets what has gathered meanwhile when its turn comes", async () => {
  const batches: number[] = [];
  const seen = collector("gives-way", ["patient"], 5, (entries) => void batches.push(entries.length));
  const { promise: turn, resolve: begin } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const subscription: Subscription = {
    ...seen.subscription,
    turn: () => {
      ask();
      return turn;
    },
  };
  const sequencer = startSequencer({ db, subscriptions: [subscription], log: silentLog });
  await asked;
  for (let count = 0; count < 5; count++) await write("patient");
  assert.deepEqual(batches, []);
  // It is given what has been numbered, and that is done after each commit.
  const numbered = async () =>
    db.system((tx) => tx`select from journal where number is null and kind = 'patient'`);
  while ((await numbered()).length > 0);
  begin();
  await seen.full;
  await sequencer.stop();
  assert.deepEqual(batches, [5]);
});
