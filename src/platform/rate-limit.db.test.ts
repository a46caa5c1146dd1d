import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { forgetLimits, withinLimit } from "./rate-limit.ts";

const { db } = await testDatabase({ after });
const { authority } = await exampleAuthority(db);
const now = Temporal.Instant.from("2026-11-22T04:00:00Z");

test("counters are forgotten a day after their window began, and not before", async () => {
  const count = (at: Temporal.Instant) =>
    db.as(authority.id, (tx) =>
      withinLimit(tx, authority.id, { key: "knocks", max: 1, seconds: 172_800 }, at),
    );
  assert.equal(await count(now), true);
  for (const [hours, free] of [
    [23, false],
    [25, true],
  ] as const) {
    const then = now.add({ hours });
    await db.as(authority.id, (tx) => forgetLimits(tx, authority.id, then));
    assert.equal(await count(then), free, String(hours));
  }
});
