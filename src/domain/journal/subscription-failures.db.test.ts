import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { count, cut, followersThatFail, poison, until } from "#test/followers-that-fail.ts";
import { retryFailures } from "./subscription-failures.ts";

const { db } = await testDatabase({ after });
const here = await exampleAuthority(db);
const there = await exampleAuthority(db);
const { follower, caughtUp } = followersThatFail(db, here.authority.id);

test("what was set aside is tried again when Torg starts, and counts once", async () => {
  const { fails, cure } = poison(1);
  const it = follower("again", { fails, late: () => "always" });
  await it.write(3);
  const first = it.start();
  await caughtUp(it);
  await first.stop();
  cure();
  await it.write(1, { from: 3 });
  const second = it.start();
  await until(async () => (await it.aside()).length === 0);
  await second.stop();
  assert.deepEqual(
    (await it.done()).toSorted((a, b) => a - b),
    count(4),
  );
});

test("a running Torg looks each minute for what is due", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { fails, cure } = poison(0);
  const it = follower("each minute", { fails, late: () => "always" });
  await it.write(2);
  const sequencer = it.start();
  await caughtUp(it);
  cure();
  await db.system(retryFailures);
  t.mock.timers.tick(60_000);
  await until(async () => (await it.aside()).length === 0);
  await sequencer.stop();
  assert.deepEqual(await it.done(), [1, 0]);
});

test("it is tried three times more, and then only when an operator asks for it", async () => {
  const { fails, cure } = poison(0);
  let handled = 0;
  const it = follower("thrice", {
    fails: (entry, tx) => {
      if (entry.facts["n"] === 0) handled++;
      return fails(entry, tx);
    },
    late: () => "always",
  });
  await it.write(1);
  const ends = [];
  for (const from of count(5)) {
    const sequencer = it.start();
    await until(async () => (await it.aside())[0]?.tries === Math.min(from, 3));
    await it.write(1, { from: from + 1 });
    await caughtUp(it);
    await sequencer.stop();
    ends.push((await it.aside())[0]?.again);
  }
  assert.deepEqual(ends, [true, true, true, false, false]);
  // With what is ahead of it, alone, once more, and three times late.
  assert.equal(handled, 6);
  cure();
  await db.system(retryFailures);
  const sequencer = it.start();
  await until(async () => (await it.aside()).length === 0);
  await sequencer.stop();
  assert.deepEqual(await it.done(), [1, 2, 3, 4, 5, 0]);
});

test("what must keep its order is tried again only where nothing of its account has gone before it", async () => {
  const { fails, cure } = poison(0, 1);
  const it = follower("ordered", { fails, late: () => "if-account-rests" });
  await it.write(1, { account: here.office.id });
  await it.write(1, { from: 1, account: here.voice.id });
  await it.write(1, { from: 2, account: here.voice.id });
  await it.write(1, { from: 3, account: here.office.id, authority: there.authority.id });
  const first = it.start();
  await caughtUp(it);
  await first.stop();
  cure();
  const second = it.start();
  await until(async () => (await it.aside()).every(({ again }) => !again));
  await second.stop();
  assert.deepEqual(await it.done(), [2, 3, 0]);
  assert.deepEqual(
    (await it.aside()).map(({ n }) => n),
    [1],
  );
});

test("what must keep its place in a thread is tried again only where the thread has rested", async () => {
  const { fails, cure } = poison(0, 1);
  const it = follower("threads", { fails, late: () => "if-thread-rests" });
  for (const [n, thread] of ["7", "8", "8"].entries()) await it.write(1, { facts: { n, thread } });
  const first = it.start();
  await caughtUp(it);
  await first.stop();
  cure();
  const second = it.start();
  await until(async () => (await it.aside()).every(({ again }) => !again));
  await second.stop();
  assert.deepEqual(await it.done(), [2, 0]);
});

test("cut off between its effect and its end, what is tried again is still set aside, and done once", async () => {
  const { fails, cure } = poison(0);
  let cuts = 0;
  const it = follower("cut again", {
    fails,
    after: async (entry, tx) => {
      if (entry.facts["n"] === 0 && cuts++ === 0) await cut(entry, tx);
    },
    late: () => "always",
  });
  await it.write(2);
  const first = it.start();
  await caughtUp(it);
  await first.stop();
  cure();
  const second = it.start();
  await until(async () => cuts === 1);
  await second.stop();
  assert.deepEqual(
    (await it.aside()).map(({ n, tries, again }) => [n, tries, again]),
    [[0, 0, true]],
  );
  assert.deepEqual(await it.done(), [1]);
  const third = it.start();
  await until(async () => (await it.aside()).length === 0);
  await third.stop();
  assert.deepEqual(await it.done(), [1, 0]);
});
