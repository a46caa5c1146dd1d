import assert from "node:assert/strict";
import { test } from "node:test";
import { begunOnce } from "./begun-once.ts";

test("it is begun once for all who come, and anew by who comes after it failed", async () => {
  let begun = 0;
  const begin = begunOnce(async () => {
    if (++begun === 1) throw new Error("cut");
    return begun;
  });
  const both = await Promise.allSettled([begin(), begin()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(begun, 1);
  assert.deepEqual(await Promise.all([begin(), begin()]), [2, 2]);
  assert.equal(await begin(), 2);
});
