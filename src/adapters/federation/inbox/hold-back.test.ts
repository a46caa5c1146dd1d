import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { Hono } from "hono";
import type { Env } from "#context.ts";
import { systemClock } from "#platform/clock.ts";
import { createLog, silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { holdBack, type Bounds } from "./hold-back.ts";

const line = { inATurn: 8, patienceMs: 10, places: 10, placesOfOne: 10 };
const roomy: Bounds = { atWork: 2, bytes: 1_000, bytesOfOne: 600, bodyMs: 10_000, line, toldMs: 10 };

test("a flood is slowed with 503 and a time to come back, and those let in are answered", async () => {
  const opened = Promise.withResolvers<void>();
  const { send, metrics } = doorWith(roomy, { work: opened.promise });
  const letIn = [send(), send()];
  await turn();
  const refused = await send();
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "15"]);
  opened.resolve();
  assert.deepEqual(await statuses(letIn), [202, 202]);
  assert.equal((await send()).status, 202);
  assert.match(await metrics.registry.metrics(), /torg_inbox_refused_total\{reason="too-busy"\} 1/);
});

test("those whose bodies are slow to come keep nobody else out, and are let go", async () => {
  const never = new Promise<void>(() => {});
  const { send } = doorWith({ ...roomy, bodyMs: 50 });
  const slow = Array.from({ length: 5 }, () => send({ body: never }));
  assert.equal((await send()).status, 202);
  assert.deepEqual(await statuses(slow), [408, 408, 408, 408, 408]);
});

test("those whose bodies come at the same moment are no more at work than may be", async () => {
  const opened = Promise.withResolvers<void>();
  const come = Promise.withResolvers<void>();
  const { send } = doorWith(roomy, { work: opened.promise });
  const sent = Array.from({ length: 5 }, () => send({ body: come.promise }));
  come.resolve();
  setImmediate(() => opened.resolve());
  assert.deepEqual(await statuses(sent), [202, 202, 503, 503, 503]);
});

test("large bodies under way are bounded together, and one network has only its part of that", async () => {
  const come = Promise.withResolvers<void>();
  const { send } = doorWith({ ...roomy, atWork: 10 });
  const large = (address: string) => send({ size: 400, address, body: come.promise });
  const first = large("192.0.2.1");
  assert.equal((await large("192.0.2.9")).status, 503, "more than its part");
  const second = large("198.51.100.1");
  assert.equal((await large("203.0.113.1")).status, 503, "more than all may have");
  assert.equal((await send({ address: "203.0.113.1" })).status, 202, "a small one still fits");
  come.resolve();
  assert.deepEqual(await statuses([first, second]), [202, 202]);
  assert.equal((await large("192.0.2.9")).status, 202);
});

test("before the app those for whom there is no room wait, then go in, and all else passes by", async (t) => {
  const { ask, held, countHeld, release } = await houseWith(t, {
    ...roomy,
    line: { ...line, patienceMs: 60_000 },
  });
  const asked = [ask("POST", "/ap/inbox"), ask("POST", "/ap/accounts/1/inbox"), ask("POST", "/ap/inbox")];
  await held(2);
  const page = await ask("GET", "/ap/inbox");
  assert.equal(page.status, 200);
  assert.equal(countHeld(), 2, "the third waits");
  release();
  await held(1);
  release();
  assert.deepEqual(await statuses(asked), [202, 202, 202]);
});

test("a language before the path of an inbox is no way past those who wait", async (t) => {
  const { ask, held, countHeld, release } = await houseWith(t, {
    ...roomy,
    line: { ...line, patienceMs: 60_000 },
  });
  const asked = [
    ask("POST", "/ap/inbox"),
    ask("POST", "/ap/inbox"),
    ask("POST", "/en/ap/accounts/1/inbox?a"),
  ];
  await held(2);
  assert.equal((await ask("POST", "/@a/inbox")).status, 200, "what is none passes by");
  assert.equal(countHeld(), 2, "the third waits");
  release();
  await held(1);
  release();
  assert.deepEqual(await statuses(asked), [202, 202, 202]);
});

test("whoever has waited in vain is refused before the app, with a time to come back, and the log counts them", async (t) => {
  const { ask, held, countHeld, release, metrics, lines } = await houseWith(t, roomy);
  const letIn = [ask("POST", "/ap/inbox"), ask("POST", "/ap/inbox")];
  await held(2);
  const refused = await Promise.all([ask("POST", "/ap/inbox"), ask("POST", "/ap/inbox")]);
  assert.deepEqual(
    refused.map(({ status, headers }) => [status, headers.get("retry-after")]),
    [
      [503, "15"],
      [503, "15"],
    ],
  );
  assert.equal(await refused[0]?.text(), "Refused: too-busy\n");
  assert.equal(countHeld(), 2, "neither came as far as the app");
  const text = await metrics.registry.metrics();
  assert.match(text, /torg_inbox_refused_total\{reason="too-busy"\} 2/);
  assert.match(text, /torg_requests_total\{route="\/ap\/inbox",status="503"\} 2/);
  const counted = () =>
    [...lines.join("").matchAll(/"refused":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  while (counted() < 2) await turn();
  release();
  await Promise.all(letIn);
});

type Sent = { size?: number; address?: string; body?: Promise<void> };

/** A door, and what is behind it held up as told. */
function doorWith(bounds: Bounds, { work = Promise.resolve() }: { work?: Promise<void> } = {}) {
  const metrics = createMetrics();
  const door = holdBack({ metrics, log: silentLog }, bounds);
  const bodies = new Map<string, Promise<void>>();
  let serial = 0;
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("address", c.req.header("x-from") ?? "");
    await next();
  });
  app.post("/ap/inbox", door.guard, async (c) => {
    const body = await door.read(bodies.get(c.req.header("x-serial") ?? "") ?? Promise.resolve());
    if (body === "late") return c.body(null, 408);
    return (await door.work(() => work)) === "too-busy" ? c.body(null, 503) : c.body(null, 202);
  });
  const send = async ({ size = 10, address = "192.0.2.1", body }: Sent = {}) => {
    const key = String(++serial);
    if (body) bodies.set(key, body);
    return app.request("/ap/inbox", {
      method: "POST",
      headers: { "content-length": String(size), "x-from": address, "x-serial": key },
    });
  };
  return { send, metrics };
}

/** A server with a door before it, behind which whatever is at work is held until it is released. */
async function houseWith(t: TestContext, bounds: Bounds) {
  const metrics = createMetrics();
  const lines: string[] = [];
  const log = createLog({ level: "info", now: systemClock, write: (text) => void lines.push(text) });
  const door = holdBack({ metrics, log }, bounds);
  const atWork = new Set<() => void>();
  const held = async (count: number) => {
    while (atWork.size < count) await turn();
  };
  const server = createServer(
    door.before((request, response) => {
      if (request.method === "GET" || !request.url?.includes("/ap/")) return void response.end();
      const work = () => new Promise<void>((resolve) => atWork.add(resolve));
      void door.work(work).then(() => response.writeHead(202).end());
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    metrics,
    lines,
    ask: (method: "GET" | "POST", path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === "POST" ? { body: "{}" } : {}) }),
    held,
    countHeld: () => atWork.size,
    release: () => {
      for (const goOn of atWork) goOn();
      atWork.clear();
    },
  };
}

/** What has come goes on as far as it can. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function statuses(answers: Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(answers)).map((answer) => answer.status);
}
