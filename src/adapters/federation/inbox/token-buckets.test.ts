import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenBuckets } from "./token-buckets.ts";

test("a key has its burst, then its pace, and spends nobody else's", () => {
  const buckets = new TokenBuckets({ burst: 2, perSecond: 1 });
  const now = Temporal.Instant.from("2026-11-22T12:00:00Z");
  const taken = (key: string, seconds: number) => buckets.take(key, now.add({ seconds }));
  assert.deepEqual([taken("a", 0), taken("a", 0), taken("a", 0)], [true, true, false]);
  assert.equal(taken("b", 0), true);
  assert.deepEqual([taken("a", 1), taken("a", 1)], [true, false]);
  assert.deepEqual([taken("a", 60), taken("a", 60), taken("a", 60)], [true, true, false]);
});
