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

test("a line that is repeated has the facts of any other, and leaves out the same", () => {
  const lines: string[] = [];
  const log = createLog({
    level: "info",
    write: (line) => void lines.push(line),
    now: () => Temporal.Instant.from("2026-11-22T04:00:00Z"),
  });
  const secret = `/sign-in/${"s3cret".repeat(7)}`;
  const facts = { path: `/"a"${secret}`, status: 200, cookie: "s3cret", absent: undefined };
  log.info("answered", { ...facts, request: `"1"${secret}` });
  log.repeated("answered", facts, "request")(`"1"${secret}`);
  const [one, other] = lines.map((line) => JSON.parse(line) as unknown);
  assert.deepEqual(one, other);
  assert.doesNotMatch(lines.join(""), /s3cret/);
});

test("a line that is repeated is not said where nobody wants its level", () => {
  const lines: string[] = [];
  const log = createLog({
    level: "warn",
    write: (line) => void lines.push(line),
    now: () => Temporal.Instant.from("2026-11-22T04:00:00Z"),
  });
  log.repeated("answered", {}, "request")("1");
  assert.deepEqual(lines, []);
});
