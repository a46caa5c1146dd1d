import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { count, cut, followersThatFail, poison } from "#test/followers-that-fail.ts";
import { setAside } from "./subscription-failures.ts";

const { db } = await testDatabase({ after });
const here = await exampleAuthority(db);
const there = await exampleAuthority(db);
const { follower, caughtUp } = followersThatFail(db, here.authority.id);

test("poison at the start, in the middle and at the end of a batch is set aside, and the rest is done in order", async () => {
  const it = follower("poisoned", poison(0, 100, 199));
  await it.write(200);
  const sequencer = it.start();
  await caughtUp(it);
  await it.write(3, { from: 200 });
  await caughtUp(it);
  await sequencer.stop();
  assert.deepEqual(
    await it.done(),
    count(203).filter((n) => ![0, 100, 199].includes(n)),
  );
  const error = "TypeError: not to be digested";
  assert.deepEqual(
    await it.aside(),
    [0, 100, 199].map((n) => ({ n, error, tries: 0, again: false })),
  );
});

test("one authority's poison keeps nothing from another", async () => {
  const it = follower("of two", poison(1));
  for (const { authority } of [here, there]) await it.write(3, { authority: authority.id });
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  assert.deepEqual(await it.done(), [0, 2, 0, 2]);
  assert.equal((await it.aside()).length, 2);
});

test("many in a row that fail are set aside one by one, and what comes behind them is done", async () => {
  const it = follower("in a row", poison(...count(8)));
  await it.write(10);
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  assert.deepEqual(await it.done(), [8, 9]);
  assert.equal((await it.aside()).length, 8);
});

test("a database that is cut off in the middle loses nothing and sets nothing aside", async () => {
  let cuts = 0;
  const it = follower("cut", {
    after: async (entry, tx) => {
      if (entry.facts["n"] === 5 && cuts++ < 4) await cut(entry, tx);
    },
  });
  await it.write(10);
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  assert.equal(cuts, 5);
  assert.deepEqual(await it.done(), count(10));
  assert.deepEqual(await it.aside(), []);
});

test("what the surroundings fail is waited for however often, and what is behind it keeps its place", async () => {
  let failures = 0;
  const it = follower("waits", {
    fails: (entry) => {
      if (entry.facts["n"] === 1 && failures++ < 5)
        throw Object.assign(new Error("not now"), { code: "40001" });
    },
  });
  await it.write(4);
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  assert.deepEqual(await it.done(), count(4));
  assert.deepEqual(await it.aside(), []);
});

test("a reader that waits for its surroundings stops when it is told to", async () => {
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  let tries = 0;
  const it = follower("stops", {
    fails: () => {
      if (++tries === 6) fail();
      throw Object.assign(new Error("shutting down"), { code: "57P01" });
    },
  });
  await it.write(1);
  const sequencer = it.start();
  await failed;
  await sequencer.stop();
  assert.deepEqual([await it.done(), await it.aside()], [[], []]);
});

test("nothing is set aside that another has dealt with meanwhile", async () => {
  const it = follower("meanwhile");
  await it.write(1);
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  const gone = { number: "1", error: new Error("old") };
  assert.equal(await db.system((tx) => setAside(tx, it.subscription, gone)), false);
});
