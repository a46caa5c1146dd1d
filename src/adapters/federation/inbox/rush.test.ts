import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createRush } from "./rush.ts";

mock.timers.enable({ apis: ["setTimeout"] });

function begin(count: number) {
  const rush = createRush();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = Array.from({ length: count }, () => rush.during(() => promise));
  let over = false;
  const waited = rush.over().then(() => (over = true));
  return { rush, isOver: () => over, waited, finish: async () => (resolve(), Promise.all(done)) };
}

test("what was accepted is handled at once while few are under way", async () => {
  const few = begin(15);
  await few.waited;
  assert.ok(few.isOver());
});

test("it waits while many are under way, and goes on when they are done", async () => {
  const rush = begin(16);
  await rush.finish();
  assert.ok(!rush.isOver());
  mock.timers.tick(30);
  await rush.waited;
  assert.ok(rush.isOver());
});

test("a rush that does not end is not waited for", async () => {
  const { rush, isOver, waited } = begin(16);
  for (let ms = 0; ms < 400; ms += 10) {
    assert.ok(!isOver(), `${ms} ms`);
    void rush.during(() => new Promise<void>(() => {}));
    mock.timers.tick(10);
    // What the timers have let go on goes on before we look.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  await waited;
  assert.ok(isOver());
});

test("what others draw out counts for a tenth of a second, once", async () => {
  const rush = createRush();
  const { promise, resolve } = Promise.withResolvers<void>();
  const drawnOut = Array.from({ length: 15 }, () => rush.duringPart(() => promise));
  mock.timers.tick(99);
  void rush.during(async () => {});
  let over = false;
  const waited = rush.over().then(() => (over = true));
  await Promise.resolve();
  assert.ok(!over, "fifteen and one are many");
  mock.timers.tick(30);
  await waited;
  // They ended before, and end again.
  resolve();
  await Promise.all(drawnOut);
  void Array.from({ length: 15 }, () => rush.during(() => new Promise<void>(() => {})));
  await rush.over();
  void rush.during(() => new Promise<void>(() => {}));
  const again = rush.over().then(() => "over");
  assert.equal(await Promise.race([again, Promise.resolve("waits")]), "waits");
});
