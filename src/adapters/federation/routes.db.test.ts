import assert from "node:assert/strict";
import { test } from "node:test";
import { accountUri, postUri, siteOf, type Site } from "#context.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { addPerson } from "#domain/people/person.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { pinPost } from "#domain/posts/pins.ts";
import { react } from "#domain/posts/react.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import type { Database } from "#platform/database.ts";
import { exampleAuthority, examplePost, exampleRemote, exampleRemotePost } from "#test/federation-world.ts";
import { asker, federationWorld, type Get } from "#test/federation-asker.ts";
import { signCavage } from "./signatures/cavage.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";

const activityJson = "application/activity+json";

test("an actor answers at its id and, when asked for ActivityPub, at its page", async (t) => {
  const { get, site, account } = await federationWorld(t);
  const answer = await get(`/ap/accounts/${account.id}`);
  assert.equal(answer.headers.get("content-type"), "application/activity+json; charset=utf-8");
  assert.equal(answer.json["id"], accountUri(site, account.id));
  assert.ok(answer.json["torg:authority"]);
  const ld = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
  for (const accept of [activityJson, ld]) {
    const page = await get("/@kommunchef", { accept });
    assert.equal(page.json["id"], accountUri(site, account.id));
  }
  const browser = await get("/@kommunchef", { accept: "text/html" });
  assert.equal(browser.text, "a page");
  assert.match(browser.headers.get("vary") ?? "", /Accept/i);
  assert.equal((await get("/ap/accounts/123456789012345678")).status, 404);
  assert.equal((await get("/ap/accounts/1")).status, 404);
});

test("what the asker has already is not sent again", async (t) => {
  const { get, db, authority, account } = await federationWorld(t);
  const post = await examplePost(db, authority, account);
  for (const path of [`/ap/accounts/${account.id}`, `/ap/posts/${post}`]) {
    const etag = (await get(path)).headers.get("etag") ?? "";
    const again = await get(path, { "if-none-match": etag });
    assert.equal(again.status, 304);
    assert.equal(again.text, "");
    assert.match(again.headers.get("cache-control") ?? "", /max-age/);
  }
});

test("a post answers at its id and its page, with its Create beside it", async (t) => {
  const { get, db, site, authority, account } = await federationWorld(t);
  const post = await examplePost(db, authority, account);
  const uri = postUri(site, post);
  for (const path of [`/ap/posts/${post}`, `/@kommunchef/${post}`, `/posts/${post}`])
    assert.equal((await get(path, { accept: activityJson })).json["id"], uri, path);
  assert.equal((await get(`/@kommunchef/${post}`, { accept: "text/html" })).text, "a page");
  const create = (await get(`/ap/posts/${post}/activity`)).json;
  assert.equal(create["type"], "Create");
  assert.equal((create["object"] as Record<string, unknown>)["id"], uri);
});

test("a post from elsewhere is not ours to serve", async (t) => {
  const { get, db, authority } = await federationWorld(t);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const post = await exampleRemotePost(db, authority, anna, "https://a.test/p/1");
  assert.equal((await get(`/ap/posts/${post}`)).status, 404);
  assert.equal((await get(`/posts/${post}`, { accept: activityJson })).text, "a page");
});

test("a deleted post is gone, with a tombstone and no words", async (t) => {
  const { get, db, authority, account, now } = await federationWorld(t);
  const post = await examplePost(db, authority, account, { source: "hemligheten" });
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: post, account: account.id, person: null }, now),
  );
  const answer = await get(`/ap/posts/${post}`);
  assert.equal(answer.status, 410);
  assert.equal(answer.json["type"], "Tombstone");
  assert.ok(!answer.text.includes("hemligheten"));
});

test("nobody learns that a post which was not for everyone is there, or has been", async (t) => {
  const { get, db, authority, account, now } = await federationWorld(t);
  const [kept, deleted] = [
    await examplePost(db, authority, account, { visibility: "followers" }),
    await examplePost(db, authority, account, { visibility: "followers" }),
  ];
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: deleted, account: account.id, person: null }, now),
  );
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const theirs = await exampleRemotePost(db, authority, anna, "https://a.test/p/1");
  await db.as(
    authority.id,
    (tx) => tx`update post set visibility = 'direct' where authority = ${authority.id} and id = ${theirs}`,
  );
  const nothing = String(BigInt(kept) + 1_000_000n);
  for (const path of ["/ap/posts/", "/@kommunchef/", "/posts/"]) {
    const unknown = await get(path + nothing, { accept: activityJson });
    for (const post of [kept, deleted, theirs]) {
      const answer = await get(path + post, { accept: activityJson });
      assert.deepEqual([answer.status, answer.text], [unknown.status, unknown.text], path);
    }
  }
});

test("a post for followers is there for a follower's signed request, and for nobody else", async (t) => {
  const { get, db, site, authority, account } = await federationWorld(t);
  const post = await examplePost(db, authority, account, { visibility: "followers" });
  const signed = async (name: string) => {
    const remote = await exampleRemote(db, authority, `https://a.test/${name}`);
    const keys = await newKeyPair();
    await db.as(
      authority.id,
      (tx) => tx`update account set public_key = ${keys.publicKeyPem} where id = ${remote.id}`,
    );
    const url = new URL(postUri(site, post));
    const keyId = `${remote.uri}#main-key`;
    const date = Temporal.Now.instant();
    return {
      remote,
      headers: signCavage({ method: "GET", url, keyId, privateKeyPem: keys.privateKeyPem, date }),
    };
  };
  const follower = await signed("anna");
  const stranger = await signed("bo");
  await db.as(authority.id, (tx) =>
    receiveFollow(tx, authority.id, {
      network: "fediverse",
      uri: "https://a.test/f",
      follower: follower.remote.id,
      followed: account,
      entry: null,
    }),
  );
  assert.equal((await get(`/ap/posts/${post}`)).status, 404);
  assert.equal((await get(`/ap/posts/${post}`, stranger.headers)).status, 404);
  const answer = await get(`/ap/posts/${post}`, follower.headers);
  assert.equal(answer.json["id"], postUri(site, post));
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
});

test("the outbox tells what was said and passed on in public, newest first, a page at a time", async (t) => {
  const { get, db, site, authority, account } = await federationWorld(t);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const theirs = await exampleRemotePost(db, authority, anna, "https://a.test/p/1");
  await examplePost(db, authority, account, { visibility: "followers" });
  const posts: string[] = [];
  for (let count = 0; count < 21; count++) posts.push(await examplePost(db, authority, account));
  await db.as(authority.id, (tx) =>
    react(tx, authority.id, { reaction: "boost", post: theirs, account: account.id, person: null }),
  );
  const outbox = (await get(`/ap/accounts/${account.id}/outbox`)).json;
  assert.equal(outbox["totalItems"], 22);
  const first = await follow(get, outbox["first"]);
  const items = first["orderedItems"] as Record<string, unknown>[];
  assert.equal(items.length, 20);
  assert.equal(items[0]?.["type"], "Announce");
  assert.equal(items[0]?.["object"], "https://a.test/p/1");
  assert.equal(items[1]?.["id"], `${postUri(site, posts.at(-1) ?? "")}/activity`);
  const second = await follow(get, first["next"]);
  assert.equal((second["orderedItems"] as unknown[]).length, 2);
  assert.equal(second["next"], undefined);
});

test("followers are told in number, not by name", async (t) => {
  const { get, db, authority, account } = await federationWorld(t);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  await db.as(authority.id, (tx) =>
    receiveFollow(tx, authority.id, {
      network: "fediverse",
      uri: "https://a.test/f",
      follower: anna.id,
      followed: account,
      entry: null,
    }),
  );
  const followers = await get(`/ap/accounts/${account.id}/followers`);
  assert.equal(followers.json["totalItems"], 1);
  assert.ok(!followers.text.includes("a.test"));
  assert.equal((await get(`/ap/accounts/${account.id}/following`)).json["totalItems"], 0);
});

test("what is pinned is featured, the latest first, as long as it stands", async (t) => {
  const { get, db, site, authority, account } = await federationWorld(t);
  const featured = async () => (await get(`/ap/accounts/${account.id}/collections/featured`)).json;
  assert.deepEqual([(await featured())["totalItems"], (await featured())["orderedItems"]], [0, []]);
  const posts = [await examplePost(db, authority, account), await examplePost(db, authority, account)];
  for (const id of posts) {
    const post = { id, account: account.id, visibility: "public" as const };
    await db.as(authority.id, (tx) => pinPost(tx, authority.id, { account: account.id, person: null, post }));
  }
  const [first = "", second = ""] = posts;
  assert.deepEqual((await featured())["orderedItems"], [postUri(site, second), postUri(site, first)]);
  await db.as(authority.id, (tx) =>
    deletePost(
      tx,
      authority.id,
      { id: posts[1] ?? assert.fail(), account: account.id, person: null },
      Temporal.Now.instant(),
    ),
  );
  const after = await featured();
  assert.deepEqual([after["totalItems"], after["orderedItems"]], [1, [postUri(site, first)]]);
});

test("the replies of a post are the public ones, ours and others', without what was hidden", async (t) => {
  const { get, db, site, authority, account, now } = await federationWorld(t);
  const post = await examplePost(db, authority, account);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const inReplyTo = { uri: postUri(site, post), own: post };
  const reply = (uri: string, changes = {}) =>
    exampleRemotePost(db, authority, anna, uri, { inReplyTo, ...changes });
  await reply("https://a.test/p/1");
  await reply("https://a.test/p/2", { visibility: "direct", mentioned: [account.id] });
  const rude = await reply("https://a.test/p/3");
  await hide(db, authority.id, rude, now);
  const own = await examplePost(db, authority, account, { inReplyTo: post });
  const replies = (await get(`/ap/posts/${post}/replies`)).json;
  const first = replies["first"] as Record<string, unknown>;
  assert.deepEqual(first["items"], ["https://a.test/p/1", postUri(site, own)]);
});

test("one authority's posts and accounts are unknown at another's host", async (t) => {
  const { db, account, authority, services } = await federationWorld(t);
  const post = await examplePost(db, authority, account);
  const other = await exampleAuthority(db, "torg.other.test");
  const get = asker(services, siteOf(services.config, other));
  assert.equal((await get(`/ap/posts/${post}`)).status, 404);
  assert.equal((await get(`/ap/accounts/${account.id}`)).status, 404);
  assert.equal((await get("/.well-known/webfinger?resource=acct:kommunchef@handles.test")).status, 404);
});

async function follow(get: Get, uri: unknown): Promise<Record<string, unknown>> {
  const url = new URL(String(uri));
  return (await get(url.pathname + url.search)).json;
}

async function hide(db: Database, authority: Site["authority"]["id"], post: string, now: Temporal.Instant) {
  const decided = await db.as(authority, async (tx) => {
    const person = { name: "Test", email: "test@example.se", roles: [], language: "sv" as const };
    const added = await addPerson(tx, authority, person, undefined);
    await tx`insert into rule (authority, number, language, title, text) values (${authority}, 1, 'sv', 'Hot', '')`;
    if (added.outcome !== "added") return added;
    const ground = { rule: 1, reason: "hot", person: added.id, action: "hide" as const, post: post as never };
    return decideOnPost(tx, authority, ground, now);
  });
  assert.equal(decided.outcome, "decided");
}
