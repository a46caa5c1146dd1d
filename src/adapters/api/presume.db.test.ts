import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken, revokeToken } from "#domain/accounts/access-token.ts";
import { findToken } from "#domain/accounts/find-token.ts";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import { type Database, openDatabase } from "#platform/database.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Search } from "./search/search.ts";

const scope = fileScope();
const { db, url } = await testDatabase(scope);
/** Another process: nothing that it does is heard here. */
const elsewhere = openDatabase(url, { connections: 1 });
scope.after(() => elsewhere.close());
const reads = { count: 0 };
const counting: Database = {
  ...db,
  read(authority, work, options) {
    reads.count += 1;
    return db.read(authority, work, options);
  },
};
const looked: string[] = [];
const world = await startClientWorld(scope, counting, {
  lookUpUrl: (_authority, address) => {
    looked.push(address);
    return Promise.resolve(undefined);
  },
});
const { authority, office, voice } = world;
const { id } = authority;
const secret = await world.hear("Bron i förtroende", { visibility: "direct", mentioned: [office.id] });
await db.as(id, (tx) => indexPosts(tx, id, [secret]));

const search = (token: string, query: Record<string, string> = {}) =>
  world.api<Search>("GET", "/api/v2/search", { token, query: { type: "statuses", q: "bron", ...query } });
const readsOf = async (ask: () => Promise<unknown>) => {
  const before = reads.count;
  await ask();
  return reads.count - before;
};

test("what a token stands for is asked beside what is read, once it is known", async () => {
  const token = await world.token(["read"]);
  assert.equal(await readsOf(() => search(token)), 2);
  assert.equal(await readsOf(() => search(token)), 1);
  const home = () => world.api("GET", "/api/v1/timelines/home?limit=3", { token });
  assert.equal(await readsOf(home), 1);
});

test("a token that is revoked by another process gets nothing from then on", async () => {
  const token = await world.token(["read"]);
  const answered = await search(token);
  assert.deepEqual(
    answered.body.statuses.map((status) => status.id),
    [secret],
  );
  await elsewhere.as(id, async (tx) => {
    const found = await findToken(tx, id, token);
    assert.ok(found);
    await revokeToken(tx, id, found.id, undefined, world.services.clock());
  });
  const refused = await search(token);
  assert.equal(refused.status, 401);
  assert.deepEqual(Object.keys(refused.body), ["error", "error_description"]);
});

test("whoever may no longer speak for an account sees nothing with it, whatever other process said so", async () => {
  const person = await world.addColleague();
  const grant = { person, account: office.id };
  await db.as(id, (tx) => grantAccount(tx, id, grant, undefined));
  const token = await world.token(["read"], { person });
  assert.equal((await search(token)).body.statuses.length, 1);
  await elsewhere.as(id, (tx) => revokeGrant(tx, id, grant, undefined));
  assert.equal((await search(token)).status, 401);
});

test("what reads amiss for a token that stands for nothing any more is refused all the same", async () => {
  const tag = (token: string, name: string) => world.api("GET", `/api/v1/timelines/tag/${name}`, { token });
  const token = await world.token(["read"]);
  assert.equal((await tag(token, "bron")).status, 200);
  assert.equal((await tag(token, "%00")).status, 422);
  await elsewhere.as(id, (tx) => tx`update access_token set revoked_at = now() where authority = ${id}`);
  assert.equal((await tag(token, "%00")).status, 401);
});

test("no other server is asked for somebody who may not ask any more", async () => {
  const token = await world.token(["read"]);
  const asked = { q: "https://annan.example/1", resolve: "true" };
  assert.equal((await search(token, asked)).status, 200);
  assert.deepEqual(looked, [asked.q]);
  await elsewhere.as(id, (tx) => tx`update access_token set revoked_at = now() where authority = ${id}`);
  assert.equal((await search(token, asked)).status, 401);
  assert.deepEqual(looked, [asked.q]);
});

test("a token that speaks for another account from now on sees with its eyes alone", async () => {
  const token = await world.token(["read"]);
  assert.equal((await search(token)).body.statuses.length, 1);
  const made = await elsewhere.as(id, (tx) =>
    makeAccessToken(tx, id, { person: world.person, account: voice.id, scopes: ["read"] }),
  );
  assert.ok(made.outcome === "made");
  await elsewhere.as(
    id,
    (tx) => tx`
      update access_token set account = ${voice.id} where authority = ${id} and id <> ${made.id}
      and revoked_at is null`,
  );
  assert.deepEqual((await search(token)).body.statuses, []);
});
