import assert from "node:assert/strict";
import { test } from "node:test";
import type { TenantId } from "./database.ts";
import { createFragments, type Ingredient } from "./fragments.ts";
import { raw } from "./html.ts";

const [one, other] = ["1", "2"] as TenantId[] as [TenantId, TenantId];

test("a fragment is made once for the same ingredients, and anew for any others", () => {
  const fragments = createFragments({ maxBytes: 100_000, now: () => 0 });
  let made = 0;
  const get = (madeOf: readonly Ingredient[], authority = one) =>
    fragments.get(authority, madeOf, () => raw(String(++made))).text;
  const post = { words: "a" };
  const different: Ingredient[][] = [
    [],
    [post],
    [{ words: "a" }],
    [post, "a"],
    ["a", post],
    [post, "a", "b"],
    [post, "ab"],
    [post, 'a"1:b'],
    [post, undefined],
    [post, "undefined"],
    [post, true],
    [post, 1],
    [post, "1"],
    [post, 11],
    [post, 1, 1],
  ];
  const first = different.map((madeOf) => get(madeOf));
  assert.equal(new Set(first).size, different.length);
  assert.deepEqual(
    different.map((madeOf) => get(madeOf)),
    first,
  );
  assert.equal(get([post], other), String(different.length + 1));
});

test("fragments stay within their bytes", () => {
  const fragments = createFragments({ maxBytes: 10_000, now: () => 0 });
  for (let n = 0; n < 100; n++) fragments.get(one, [n], () => raw("x".repeat(500)));
  assert.ok(fragments.size().bytes <= 10_000);
  assert.ok(fragments.size().values > 3);
});
