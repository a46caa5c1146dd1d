import assert from "node:assert/strict";
import { after, test } from "node:test";
import { silentLog } from "#platform/log.ts";
import type { Transaction } from "#platform/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import type { NewEntry } from "./append.ts";
import { appendMany } from "./append-many.ts";
import type { Entry } from "./entry.ts";
import { startSequencer } from "./sequencer.ts";
import { retryFailures, setAside } from "./subscription-failures.ts";
import type { Subscription } from "./subscription.ts";

const { db } = await testDatabase({ after });
const here = await exampleAuthority(db);
const there = await exampleAuthority(db);

type Fails = (entry: Entry, tx: Transaction) => unknown;

/** A subscription whose effect is an entry for each that it was handed; `fails` throws before, `after` behind it. */
function follower(name: string, how: { fails?: Fails; after?: Fails; late?: Subscription["late"] } = {}) {
  const { late } = how;
  const subscription: Subscription = {
    name,
    kinds: [name],
    async handle(tx, authority, entries) {
      for (const entry of entries) {
        await how.fails?.(entry, tx);
        const effect = { authority, direction: "within", kind: `${name}-done` } as const;
        await appendMany(tx, [{ ...effect, facts: { of: entry.facts["n"] } }]);
        await how.after?.(entry, tx);
      }
    },
    ...(late ? { late } : {}),
  };
  const write = async (count: number, more: Partial<NewEntry> & { from?: number } = {}) => {
    const { from = 0, ...rest } = more;
    const authority = rest.authority ?? here.authority.id;
    const entries = Array.from({ length: count }, (_, n) => n + from);
    await db.as(authority, (tx) =>
      appendMany(
        tx,
        entries.map((n) => ({ direction: "within", kind: name, facts: { n }, ...rest, authority }) as const),
      ),
    );
  };
  return {
    name,
    subscription,
    write,
    start: () => startSequencer({ db, subscriptions: [subscription], log: silentLog }),
    done: async () => {
      const rows = await db.system(
        (tx) => tx<{ of: number }[]>`
          select (facts->>'of')::int as of from journal where kind = ${`${name}-done`} order by id`,
      );
      return rows.map(({ of }) => of);
    },
    /** What is set aside: which, why, how often it was tried since, and whether it will be. */
    aside: async () => {
      const rows = await db.system(
        (tx) => tx<{ n: number; error: string; tries: number; again: boolean }[]>`
          select (facts->>'n')::int as n, error, tries, again_at is not null as again
          from subscription_failure failure join journal on journal.number = failure.number
          where name = ${name} order by failure.number`,
      );
      return rows.map((row) => ({ ...row }));
    },
  };
}
type Follower = ReturnType<typeof follower>;

/** It has dealt with everything of its kind. */
async function caughtUp({ name }: Follower): Promise<void> {
  await until(async () => {
    const [row] = await db.system(
      (tx) => tx<{ done: boolean }[]>`
        select coalesce((select position from subscription where name = ${name}), 0) >= max(number)
          and bool_and(number is not null) as done from journal where kind = ${name}`,
    );
    return row?.done === true;
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** It cannot be handled while it is poisoned. */
function poison(...numbers: number[]) {
  const poisoned = new Set<unknown>(numbers);
  const fails: Fails = (entry) => {
    if (poisoned.has(entry.facts["n"])) throw new TypeError("not to be digested");
  };
  return { fails, cure: () => poisoned.clear() };
}

const cut: Fails = (_entry, tx) => tx`select pg_terminate_backend(pg_backend_pid())`;
const count = (length: number) => Array.from({ length }, (_, n) => n);

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

test("nothing is set aside that another has dealt with meanwhile", async () => {
  const it = follower("meanwhile");
  await it.write(1);
  const sequencer = it.start();
  await caughtUp(it);
  await sequencer.stop();
  const gone = { number: "1", error: new Error("old") };
  assert.equal(await db.system((tx) => setAside(tx, it.subscription, gone)), false);
});
