import assert from "node:assert/strict";
import { test } from "node:test";
import { createWaitingLine, type LineBounds } from "./waiting-line.ts";

const roomy: LineBounds = { inATurn: 2, patienceMs: 60_000, places: 10, placesOfOne: 10 };

test("those who come are let in one after the other, a few at each turn of the event loop", async () => {
  const { line, said } = lineWith(roomy);
  for (const who of ["a", "b", "c", "d", "e"]) line.join(waiting(who, said));
  assert.deepEqual(said, [], "what is still to come of them comes first");
  await turn();
  assert.deepEqual(said, ["a in", "b in"]);
  await turn();
  await turn();
  assert.deepEqual(said, ["a in", "b in", "c in", "d in", "e in"]);
});

test("whoever finds no room waits until there is some", async () => {
  const house = { hasRoom: false };
  const { line, said } = lineWith(roomy, house);
  line.join(waiting("a", said));
  await turn();
  assert.deepEqual(said, []);
  house.hasRoom = true;
  line.look();
  await turn();
  assert.deepEqual(said, ["a in"]);
});

test("whoever has waited for too long goes home", async () => {
  const { line, said } = lineWith({ ...roomy, patienceMs: 10 }, { hasRoom: false });
  await new Promise<void>((resolve) => line.join({ ...waiting("a", said), goHome: resolve }));
  line.join(waiting("b", said));
  assert.deepEqual(said, []);
});

test("there are only so many places, and one has a part of them", () => {
  const { line, said } = lineWith({ ...roomy, places: 3, placesOfOne: 2 }, { hasRoom: false });
  for (const who of ["a", "a", "a", "b", "c"]) line.join(waiting(who, said));
  assert.deepEqual(said, ["a home", "c home"]);
});

test("a place that has become free is another's", async () => {
  const { line, said } = lineWith({ ...roomy, placesOfOne: 1 });
  line.join(waiting("a", said));
  await turn();
  line.join(waiting("a", said));
  await turn();
  assert.deepEqual(said, ["a in", "a in"]);
});

function lineWith(bounds: LineBounds, house = { hasRoom: true }) {
  return { line: createWaitingLine(bounds, () => house.hasRoom), said: [] as string[] };
}

function waiting(who: string, said: string[]) {
  return { of: who, goIn: () => void said.push(`${who} in`), goHome: () => void said.push(`${who} home`) };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
