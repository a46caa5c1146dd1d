import assert from "node:assert/strict";
import { test } from "node:test";
import type { TenantId } from "./database.ts";
import { createFreshCache, dropOldOfAll } from "./fresh-cache.ts";

const [one, other] = ["1", "2"] as TenantId[] as [TenantId, TenantId];
const page = (bytes = 10, authority = one) => ({ authority, value: "page", bytes, until: 1_000 });

test("what was begun before a change is not kept after it", () => {
  const cache = createFreshCache<string>({ maxBytes: 10_000 });
  const early = cache.begin();
  cache.empty(one);
  cache.put(early, "k", page());
  assert.equal(cache.get("k", 0), undefined);
  cache.put(early, "k", page(10, other));
  assert.equal(cache.get("k", 0), "page", "another authority's facts are as they were");
  const beforeAll = cache.begin();
  cache.empty();
  cache.put(beforeAll, "k", page());
  assert.equal(cache.get("k", 0), undefined);
  cache.put(cache.begin(), "k", page());
  cache.empty(other);
  assert.equal(cache.get("k", 0), "page");
});

test("the cache stays within its bytes, and what is asked for least leaves first", () => {
  const cache = createFreshCache<string>({ maxBytes: 2_000 });
  for (const key of ["a", "b"]) cache.put(cache.begin(), key, page(900));
  cache.get("a", 0);
  cache.put(cache.begin(), "c", page(900));
  assert.ok(cache.get("a", 0));
  assert.equal(cache.get("b", 0), undefined);
  assert.ok(cache.size().bytes <= 2_000);
});

test("nothing outlives its time", () => {
  const cache = createFreshCache<string>({ maxBytes: 2_000 });
  cache.put(cache.begin(), "a", page());
  assert.equal(cache.get("a", 999), "page");
  assert.equal(cache.get("a", 1_000), undefined);
  assert.deepEqual(cache.size(), { values: 0, bytes: 0 });
});

test("what has had its time is dropped though nobody asks for it", () => {
  const [cache, another] = [
    createFreshCache<string>({ maxBytes: 2_000 }),
    createFreshCache<string>({ maxBytes: 2_000 }),
  ];
  const short = (bytes: number) => ({ ...page(bytes), until: 100 });
  cache.put(cache.begin(), "a", short(100));
  cache.put(cache.begin(), "b", page(200));
  another.put(another.begin(), "a", short(50));
  assert.equal(dropOldOfAll(99), 0);
  assert.equal(dropOldOfAll(100), 150);
  assert.deepEqual(cache.size(), { values: 1, bytes: 200 });
  assert.equal(cache.get("b", 100), "page");
});
