import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlaces } from "./places.ts";

/** Work that ends when it is told to, and says when it has begun. */
function task(name: string, begun: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { end: () => resolve(name), work: () => (begun.push(name), promise) };
}

test("no more are at work than there are places, and who asked first is next", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const places = createPlaces({ most: 2, patienceMs: 100 });
  const begun: string[] = [];
  const tasks = ["a", "b", "c", "d"].map((name) => task(name, begun));
  const [a, b, c, d] = tasks.map(({ work }) => places.take(work));
  assert.deepEqual(begun, ["a", "b"]);
  tasks[1]?.end();
  assert.equal(await b, "b");
  await turn();
  assert.deepEqual(begun, ["a", "b", "c"]);
  for (const { end } of tasks) end();
  assert.deepEqual(await Promise.all([a, c, d]), ["a", "c", "d"]);
  assert.deepEqual(begun, ["a", "b", "c", "d"]);
});

test("who keeps waiting for somebody else gives the place to the next, once, and goes on", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const places = createPlaces({ most: 1, patienceMs: 100 });
  const begun: string[] = [];
  const tasks = ["slow", "next", "last"].map((name) => task(name, begun));
  const [slow, next, last] = tasks.map(({ work }) => places.take(work));
  t.mock.timers.tick(99);
  await turn();
  assert.deepEqual(begun, ["slow"]);
  t.mock.timers.tick(1);
  await turn();
  assert.deepEqual(begun, ["slow", "next"]);
  tasks[0]?.end();
  assert.equal(await slow, "slow");
  await turn();
  assert.deepEqual(begun, ["slow", "next"], "its place had been given away already");
  for (const { end } of tasks) end();
  assert.deepEqual(await Promise.all([next, last]), ["next", "last"]);
});

test("it is quiet when nobody is at work, also while somebody who gave the place up still waits", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const places = createPlaces({ most: 2, patienceMs: 100 });
  await new Promise<void>((resolve) => places.whenQuiet(resolve));
  const [slow, quick] = [task("slow", []), task("quick", [])];
  const both = [places.take(slow.work), places.take(quick.work)];
  let told = 0;
  places.whenQuiet(() => told++);
  const cancel = places.whenQuiet(() => assert.fail("it was taken back"));
  cancel();
  quick.end();
  await both[1];
  await turn();
  assert.equal(told, 0);
  t.mock.timers.tick(100);
  assert.equal(told, 1);
  slow.end();
  await both[0];
});

test("a place is free again when the work in it fails", async () => {
  const places = createPlaces({ most: 1, patienceMs: 60_000 });
  await assert.rejects(places.take(() => Promise.reject(new Error("no"))));
  assert.equal(await places.take(() => Promise.resolve("yes")), "yes");
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
