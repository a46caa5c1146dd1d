import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import type { Authority } from "#domain/authorities/authority.ts";
import type { Env, Services } from "./context.ts";
import { hosted } from "./frame.ts";

test("many who come at once find their authority by one question, and nobody at an unknown host is remembered", async () => {
  const known = { id: "1", domain: "torg.test", languages: ["sv"] } as unknown as Authority;
  let there: Authority | undefined;
  let questions = 0;
  const system = async () => {
    questions += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return there;
  };
  const services = { config: { url: new URL("http://torg.test") }, db: { system } } as unknown as Services;
  const app = new Hono<Env>();
  app.use(hosted(services));
  app.get("/", (c) => c.text(c.get("site").authority.id));
  const ask = async () => {
    const headers = { host: "torg.test" };
    const asking = Array.from({ length: 5 }, async () => app.request("http://torg.test/", { headers }));
    return (await Promise.all(asking)).map((answer) => answer.status);
  };
  assert.deepEqual([await ask(), questions], [Array(5).fill(421), 1]);
  there = known;
  assert.deepEqual([await ask(), questions], [Array(5).fill(200), 2]);
  assert.deepEqual([await ask(), questions], [Array(5).fill(200), 2]);
});
