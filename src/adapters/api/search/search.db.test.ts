import assert from "node:assert/strict";
import { test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Search } from "./search.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const looked: string[] = [];
const world = await startClientWorld(scope, db, {
  lookUpAccount: (_authority, handle) => {
    looked.push(handle);
    return Promise.resolve(undefined);
  },
  lookUpUrl: async (authority, url) => {
    looked.push(url);
    return db.read(authority.id, async (tx) => {
      const post = url.endsWith("/elsewhere") && (await findAnyPost(tx, authority.id, secret));
      const account = url.endsWith("/asa") && (await findAccount(tx, authority.id, world.asa));
      return post ? { post } : account ? { account } : undefined;
    });
  },
});
const token = await world.token(["read:search"]);
const bridge = await world.say(world.office, "Bron över Nyköpingsån lagas #bron");
const later = await world.say(world.office, "Bron är lagad #bron");
const mine = await world.hear("Bron i förtroende #hemligtagg", { visibility: "direct" });
const secret = await world.hear("Bron för en annan", { visibility: "direct", mentioned: [world.asa] });
await db.as(world.authority.id, (tx) => indexPosts(tx, world.authority.id, [bridge, later, mine, secret]));

const find = async (query: Record<string, string>, as: string | undefined = token) => {
  const answered = await world.api<Search>("GET", "/api/v2/search", { ...(as ? { token: as } : {}), query });
  if (answered.status === 200) assertEntity("Search", answered.body);
  return answered;
};
const statuses = async (query: Record<string, string>) =>
  (await find({ type: "statuses", ...query })).body.statuses.map(({ id }) => id);

test("posts are found by their words, newest first, and never what the account may not see", async () => {
  assert.deepEqual(await statuses({ q: "bron" }), [mine, later, bridge]);
  assert.deepEqual(await statuses({ q: "bron", limit: "1", offset: "1" }), [later]);
  assert.deepEqual(await statuses({ q: "bron", max_id: later }), [bridge]);
  assert.deepEqual(await statuses({ q: "bron", min_id: bridge, limit: "1" }), [later]);
  assert.deepEqual(await statuses({ q: "bron", account_id: world.asa }), [mine]);
});

test("what is found again is shown as it stands now", async () => {
  const post = await world.say(world.office, "Vattnet är avstängt");
  await db.as(world.authority.id, (tx) => indexPosts(tx, world.authority.id, [post]));
  const shown = async () => {
    const [status] = (await find({ type: "statuses", q: "vattnet" })).body.statuses;
    return { content: status?.content, likes: status?.favourites_count };
  };
  const before = { content: "<p>Vattnet är avstängt</p>", likes: 0 };
  assert.deepEqual([await shown(), await shown()], [before, before]);
  const writing = await world.token(["write"]);
  await world.api("POST", `/api/v1/statuses/${post}/favourite`, { token: writing });
  await world.api("PUT", `/api/v1/statuses/${post}`, {
    token: writing,
    form: { status: "Vattnet är påslaget" },
  });
  assert.deepEqual(await shown(), { content: "<p>Vattnet är påslaget</p>", likes: 1 });
  await world.api("DELETE", `/api/v1/statuses/${post}`, { token: writing });
  assert.deepEqual(await shown(), { content: undefined, likes: undefined });
});

test("anyone finds what we said in public", async () => {
  const { body } = await world.api<Search>("GET", "/api/v2/search", { query: { q: "bron" } });
  assertEntity("Search", body);
  assert.deepEqual(
    body.statuses.map(({ id }) => id),
    [later, bridge],
  );
});

test("without a token nothing is fetched and nothing is paged", async () => {
  const asked: Record<string, string>[] = [
    { q: "x", resolve: "true" },
    { q: "x", type: "accounts", offset: "1" },
  ];
  for (const query of asked) {
    const refused = await world.api("GET", "/api/v2/search", { query });
    assert.equal(refused.status, 401);
    assertEntity("Error", refused.body);
  }
  assert.equal((await world.api("GET", "/api/v2/search", { token })).status, 400);
});

test("tags of public posts are found as they begin, with how much they were used", async () => {
  const { body } = await find({ q: "#bro", type: "hashtags" });
  assert.deepEqual(
    body.hashtags.map(({ name, following, history }) => [name, following, history.length, history[0]?.uses]),
    [["bron", false, 7, "2"]],
  );
  assert.deepEqual((await find({ q: "hemlig", type: "hashtags" })).body.hashtags, []);
});

test("accounts are found by handle and name; a whole handle is looked up when asked for", async () => {
  const accounts = async (query: Record<string, string>) =>
    (await find({ type: "accounts", ...query })).body.accounts.map(({ acct }) => acct);
  assert.deepEqual(await accounts({ q: "@asa@social.test" }), ["asa@social.test"]);
  assert.deepEqual(await accounts({ q: world.office.handle }), [world.office.handle]);
  assert.deepEqual(await accounts({ q: "asa", following: "true" }), []);
  looked.length = 0;
  assert.deepEqual(await accounts({ q: "bo@far.example" }), []);
  assert.deepEqual(looked, []);
  assert.deepEqual(await accounts({ q: "bo@far.example", resolve: "true" }), []);
  assert.deepEqual(looked, ["bo@far.example"]);
});

test("an address of ours gives what stands there, by page or by id", async () => {
  for (const path of [`/@${world.office.handle}/${bridge}`, `/posts/${bridge}`, `/ap/posts/${bridge}`])
    assert.deepEqual(
      (await find({ q: world.origin + path })).body.statuses.map(({ id }) => id),
      [bridge],
    );
  for (const path of [
    `/@${world.office.handle}`,
    `/en/@${world.office.handle}/`,
    `/ap/accounts/${world.office.id}`,
  ])
    assert.deepEqual(
      (await find({ q: world.origin + path })).body.accounts.map(({ id }) => id),
      [world.office.id],
    );
});

test("an address elsewhere is asked for only when wished, and gives nothing that the account may not see", async () => {
  looked.length = 0;
  assert.deepEqual((await find({ q: "https://far.example/@asa" })).body.accounts, []);
  assert.deepEqual(looked, []);
  const found = await find({ q: "https://far.example/asa", resolve: "true" });
  assert.deepEqual(
    found.body.accounts.map(({ id }) => id),
    [world.asa],
  );
  assert.deepEqual((await find({ q: "https://far.example/elsewhere", resolve: "true" })).body.statuses, []);
});

test("a page elsewhere can show our post by its address: its words, and nothing that runs", async () => {
  const answered = await world.api("GET", "/api/oembed", {
    query: { url: `${world.origin}/@${world.office.handle}/${bridge}` },
  });
  assertEntity("OEmbed", answered.body);
  assert.match(String(answered.body["html"]), /Nyköpingsån/);
  for (const url of [`${world.origin}/posts/${mine}`, "https://far.example/1", ""])
    assert.equal((await world.api("GET", "/api/oembed", { query: { url } })).status, 404);
});
