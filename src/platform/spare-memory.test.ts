import assert from "node:assert/strict";
import { test } from "node:test";
import { spareMemory } from "./spare-memory.ts";

test("memory is swept once when work has come to rest, and again after more work", async () => {
  const shares = [1, 0.5, 0.01, 0.4, 0.01, 0.01, 0.3, 0, 0.2, 0];
  let at = 0;
  const sweptAt: number[] = [];
  const memory = spareMemory({
    used: () => shares[at++] ?? 0,
    sweep: () => Promise.resolve(void sweptAt.push(at)),
  });
  memory.stop();
  for (let look = 0; look < 7; look++) await memory.look();
  // 0.4, 0.2 were what the sweeps themselves took.
  assert.deepEqual(sweptAt, [3, 8]);
});

test("what has become useless at rest is let go, and swept where it is much", async () => {
  const freed = [0, 10, 2 ** 24, 0];
  const sweptAt: number[] = [];
  let at = -1;
  const memory = spareMemory({
    letGo: () => freed[at] ?? 0,
    used: () => 0,
    sweep: () => Promise.resolve(void sweptAt.push(at)),
  });
  memory.stop();
  for (at = 0; at < freed.length; at++) await memory.look();
  assert.deepEqual(sweptAt, [0, 2]);
});

test("a sweep frees what nothing holds any more", async () => {
  const memory = spareMemory({ used: () => 0 });
  memory.stop();
  const held = new WeakRef({ large: Array.from({ length: 100_000 }) });
  await new Promise((resolve) => setImmediate(resolve));
  await memory.look();
  assert.equal(held.deref(), undefined);
});
