import assert from "node:assert/strict";
import { test } from "node:test";
import type { SafeFetchResult } from "#platform/safe-fetch.ts";
import { judgeAnswer } from "./judge-answer.ts";

const now = Temporal.Instant.from("2026-11-22T08:00:00Z");

test("what a peer took is delivered, what it refused is not tried again", () => {
  for (const status of [200, 202, 204]) assert.equal(judged(answered(status)).outcome, "delivered");
  for (const status of [301, 400, 401, 403, 404, 410, 413, 422])
    assert.equal(judged(answered(status)).outcome, "refused");
  assert.deepEqual(judged(answered(422, {}, "<h1>Nej</h1> tack")), {
    outcome: "refused",
    error: "answered 422: Nej tack",
  });
});

test("a host in trouble is tried again", () => {
  for (const status of [408, 429, 500, 502, 503]) assert.equal(judged(answered(status)).outcome, "failed");
  assert.equal(judged({ ok: false, reason: "timeout", message: "late" }).outcome, "failed");
  assert.equal(judged({ ok: false, reason: "network", message: "no" }).outcome, "failed");
});

test("an address that may not be reached is refused with the reason", () => {
  const verdict = judged({ ok: false, reason: "blocked-address", message: "127.0.0.1" });
  assert.deepEqual(verdict, { outcome: "refused", error: "blocked-address: 127.0.0.1" });
});

test("a peer may ask for patience, in seconds or until a time, a day at most", () => {
  const until = (header: string) => {
    const verdict = judged(answered(503, { "retry-after": header }));
    return verdict.outcome === "failed" ? verdict.retryAt?.toString() : "not failed";
  };
  assert.equal(until("120"), "2026-11-22T08:02:00Z");
  assert.equal(until("Sun, 22 Nov 2026 09:00:00 GMT"), "2026-11-22T09:00:00Z");
  assert.equal(until("999999999"), "2026-11-23T08:00:00Z");
  assert.equal(until("soon"), undefined);
  assert.equal(until("Sat, 21 Nov 2026 09:00:00 GMT"), undefined);
});

function judged(answer: SafeFetchResult) {
  return judgeAnswer(answer, now);
}

function answered(status: number, headers: Record<string, string> = {}, body = ""): SafeFetchResult {
  return {
    ok: true,
    status,
    headers: { get: (name) => headers[name] },
    body: new Uint8Array(),
    text: () => body,
    json: () => undefined,
    url: "https://a.test/inbox",
  };
}

test("an answer made to be slow to read is not read to its end, nor its control characters kept", () => {
  const body = Buffer.from(`no\0${"<".repeat(1_000_000)}`);
  const verdict = judgeAnswer(
    {
      ok: true,
      status: 400,
      headers: { get: () => undefined },
      body,
      text: () => body.toString(),
      json: () => undefined,
      url: "https://evil.example/inbox",
    },
    now,
  );
  assert.equal(verdict.outcome, "refused");
  assert.ok(verdict.outcome === "refused" && verdict.error.startsWith("answered 400: no<"));
});
