import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { inBatches } from "./in-batches.ts";

const [one, other] = ["1", "2"] as unknown as [AuthorityId, AuthorityId];

test("what comes while a batch is under way goes together in the next, in order, each authority for itself", async () => {
  const seen: string[] = [];
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const ask = inBatches({ most: 3 }, async (authority, items: string[]) => {
    seen.push(`${authority}:${items.join()}`);
    begun.resolve();
    if (authority === one) await held.promise;
    return items.map((item) => item.toUpperCase());
  });
  const first = ask(one, "a");
  await begun.promise;
  const rest = ["b", "c", "d", "e"].map((item) => ask(one, item));
  assert.equal(await ask(other, "x"), "X");
  held.resolve();
  assert.deepEqual(await Promise.all([first, ...rest]), ["A", "B", "C", "D", "E"]);
  assert.deepEqual(seen, ["1:a", "2:x", "1:b,c,d", "1:e"]);
});

test("a batch is no heavier than it may be, but one alone may be", async () => {
  const seen: string[] = [];
  const batches = { most: 10, heaviest: 5, weigh: (item: string) => item.length };
  const ask = inBatches(batches, (_, items: string[]) => {
    seen.push(items.join());
    return Promise.resolve(items);
  });
  await Promise.all(["aa", "bbb", "c", "ddddddd", "e"].map((item) => ask(one, item)));
  assert.deepEqual(seen, ["aa,bbb", "c", "ddddddd", "e"]);
});

test("one that fails takes none of its batch with it", async () => {
  const ask = inBatches({ most: 10 }, (_, items: string[]) =>
    items.includes("bad") ? Promise.reject(new Error("bad")) : Promise.resolve(items),
  );
  const outcomes = await Promise.allSettled(["a", "bad", "b"].map((item) => ask(one, item)));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});

test("what nobody waits for is gathered for a while, and a whole batch goes at once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  const noMore = (tell: () => void) => (waiting.add(tell), () => void waiting.delete(tell));
  const gather = { ms: 50, noMore };
  const ask = inBatches({ most: 3, gather }, (_, items: string[]) => {
    seen.push(items.join());
    return Promise.resolve(items);
  });
  const first = ask(one, "a");
  await turn();
  const second = ask(one, "b");
  await turn();
  assert.deepEqual(seen, []);
  t.mock.timers.tick(50);
  assert.deepEqual(await Promise.all([first, second]), ["a", "b"]);
  const whole = ["c", "d", "e"].map((item) => ask(one, item));
  await Promise.all(whole);
  assert.deepEqual(seen, ["a,b", "c,d,e"]);
  const begun = ask(one, "f");
  await turn();
  await Promise.all([begun, ask(one, "g"), ask(one, "h")]);
  assert.deepEqual(seen, ["a,b", "c,d,e", "f,g,h"]);
  const last = ask(one, "i");
  await turn();
  for (const tell of waiting) tell();
  await last;
  assert.equal(waiting.size, 0);
});
