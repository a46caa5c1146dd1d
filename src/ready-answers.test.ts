import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "node:test";
import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { systemClock } from "#platform/clock.ts";
import { silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { readyAnswersOf } from "./ready-answers.ts";

test("what is declared ready is given from memory", async () => {
  assert.equal(await isKept({}), true);
  assert.equal(await isKept({ vary: "Accept, accept-encoding, authorization" }), true);
});

test("what sets a cookie is for one alone, whatever its route declares", async () => {
  assert.equal(await isKept({ "set-cookie": "a=b" }), false);
});

test("what varies by anything that the request is not known by is never given again", async () => {
  assert.equal(await isKept({ vary: "*" }), false);
  assert.equal(await isKept({ vary: "accept, accept-language" }), false);
});

test("where changes cannot be heard of all is answered and nothing kept, until they can be", async () => {
  let fails = true;
  const house = services(() => (fails ? Promise.reject(new Error("cut")) : Promise.resolve(line)));
  assert.equal(await isKept({}, house), false);
  fails = false;
  assert.equal(await isKept({}, house), true);
});

/** Whether an answer with these headers, declared ready, is given to whoever asks for it again. */
async function isKept(headers: Record<string, string>, house = services()): Promise<boolean> {
  const ready = readyAnswersOf(house);
  const app = new Hono<Env>();
  app.use(ready.keep);
  app.get("/", (c) => {
    c.set("site", { authority: { id: "1" } } as unknown as Env["Variables"]["site"]);
    c.set("ready", {});
    return c.text("here", 200, headers);
  });
  const incoming = { method: "GET", url: "/", headers: { host: "x" } } as IncomingMessage;
  // The first is not kept: it has waited until changes are heard of.
  for (let n = 0; n < 2; n++) assert.equal(await (await app.request("/", {}, { incoming })).text(), "here");
  let isReached = false;
  const response = { writeHead: () => {}, end: () => {} } as unknown as ServerResponse;
  ready.before(() => void (isReached = true))(incoming, response);
  return !isReached;
}

const line = { unlisten: () => Promise.resolve() };

function services(listen: () => Promise<typeof line> = () => Promise.resolve(line)): Services {
  return {
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    stopping: new AbortController().signal,
    db: { afterCommit: () => {}, sql: { listen } },
    journal: { onEntries: () => () => {} },
  } as unknown as Services;
}
