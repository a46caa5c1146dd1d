import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import type { Env } from "#context.ts";
import { createMetrics } from "#platform/metrics.ts";
import { holdBack } from "./hold-back.ts";

test("a flood is slowed with 503 and a time to come back, and those let in are answered", async () => {
  const metrics = createMetrics();
  const opened = Promise.withResolvers<void>();
  const app = new Hono<Env>();
  app.post("/ap/inbox", holdBack({ metrics }, 2), async (c) => {
    await opened.promise;
    return c.body(null, 202);
  });
  const send = async () => app.request("/ap/inbox", { method: "POST" });
  const letIn = [send(), send()];
  const refused = await send();
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "15"]);
  opened.resolve();
  assert.deepEqual(
    (await Promise.all(letIn)).map((answer) => answer.status),
    [202, 202],
  );
  assert.equal((await send()).status, 202);
  assert.match(await metrics.registry.metrics(), /torg_inbox_refused_total\{reason="too-busy"\} 1/);
});
