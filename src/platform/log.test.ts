import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "./log.ts";

test("a link that signs in reaches no line: not in a message, a fact, an error or its stack", () => {
  let lines = "";
  const log = createLog({
    level: "info",
    write: (line) => void (lines += line),
    now: () => Temporal.Instant.from("2026-11-22T04:00:00Z"),
  });
  const link = `/en/sign-in/${"s3cret".repeat(7)}`;
  log.info(`opened ${link}`, {
    path: link,
    error: new Error(`no ${link}`),
    cookie: "s3cret",
    deep: { token: "s3cret" },
  });
  assert.ok(lines.includes("/sign-in/[left out]"));
  assert.ok(!lines.includes("s3cret"));
});
