import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics } from "./metrics.ts";

test("answers are told by route and status, with how many took no longer than each bound", async () => {
  const { requests, registry } = createMetrics();
  for (const seconds of [0.001, 0.005, 0.3]) requests("/a", 200)(seconds);
  requests("/a", 404)(3);
  requests('/"b"', 200)(0.01);
  const text = await registry.metrics();
  for (const line of [
    "# TYPE torg_requests_total counter",
    'torg_requests_total{route="/a",status="200"} 3',
    'torg_requests_total{route="/a",status="404"} 1',
    'torg_requests_total{route="/\\"b\\"",status="200"} 1',
    "# TYPE torg_request_seconds histogram",
    'torg_request_seconds_bucket{le="0.005",route="/a"} 2',
    'torg_request_seconds_bucket{le="0.1",route="/a"} 2',
    'torg_request_seconds_bucket{le="0.5",route="/a"} 3',
    'torg_request_seconds_bucket{le="+Inf",route="/a"} 4',
    'torg_request_seconds_sum{route="/a"} 3.306',
    'torg_request_seconds_count{route="/a"} 4',
  ])
    assert.ok(text.split("\n").includes(line), `${line}\n${text}`);
});
