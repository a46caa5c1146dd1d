import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace } from "./pace.ts";

test("one is asked so often a minute and no more, all together so often, and then again", () => {
  let now = Temporal.Instant.from("2026-11-23T08:00:00Z");
  const pace = createPace(() => now, { ofOne: 2, ofAll: 3 });
  assert.deepEqual(
    ["a", "a", "a", "b", "c"].map((whom) => pace(whom)),
    [true, true, false, true, false],
  );
  now = now.add({ seconds: 60 });
  assert.equal(pace("a"), true);
});
