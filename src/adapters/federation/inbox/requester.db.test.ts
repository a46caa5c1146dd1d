import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Hono } from "hono";
import type { Env } from "#context.ts";
import { addBlock } from "#domain/relationships/blocks.ts";
import { signCavage } from "../signatures/cavage.ts";
import { inboxWorld } from "#test/inbox-world.ts";
import { requesterOf } from "./requester.ts";

const world = await inboxWorld({ after });
const { remote, site, services } = world;
const alice = await remote.actor("alice");
const account = await world.meet(remote, alice);
const app = new Hono<Env>()
  .use((c, next) => {
    c.set("site", site);
    return next();
  })
  .get("/post", async (c) => c.json(await requesterOf(services, c)));

test("a signed GET says who asks", async () => {
  assert.deepEqual(await asked(alice.keyId), { kind: "remote", account: account.id });
});

test("without a signature, with a wrong one or a stranger's, anyone asks", async () => {
  const mallory = await remote.actor("mallory");
  const anyone = { kind: "public" };
  assert.deepEqual(await (await app.request(`${site.origin}/post`)).json(), anyone);
  assert.deepEqual(await asked(alice.keyId, mallory.privateKeyPem), anyone);
  assert.deepEqual(await asked(mallory.keyId, mallory.privateKeyPem), anyone);
  assert.deepEqual(
    await (await app.request(`${site.origin}/post`, { headers: { signature: "x" } })).json(),
    anyone,
  );
  assert.equal(remote.asked.length, 0);
});

test("a blocked account sees what anyone sees", async () => {
  await world.db.as(site.authority.id, (tx) => addBlock(tx, site.authority.id, { account: account.id }));
  assert.deepEqual(await asked(alice.keyId), { kind: "public" });
});

async function asked(keyId: string, privateKeyPem = alice.privateKeyPem): Promise<unknown> {
  const url = new URL(`${site.origin}/post`);
  const headers = signCavage({ method: "GET", url, keyId, privateKeyPem, date: services.clock() });
  return (await app.request(url.href, { headers })).json();
}
