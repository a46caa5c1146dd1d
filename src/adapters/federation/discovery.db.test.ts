import assert from "node:assert/strict";
import { test } from "node:test";
import { accountUri } from "#context.ts";
import { federationWorld } from "#test/federation-asker.ts";
import { examplePost, exampleRemote, exampleRemotePost } from "#test/federation-world.ts";

const activityJson = "application/activity+json";

test("WebFinger finds our accounts by handle, page and id, on both hosts", async (t) => {
  const { get, site, account } = await federationWorld(t);
  const self = accountUri(site, account.id);
  for (const resource of [
    "acct:kommunchef@handles.test",
    "acct:Kommunchef@HANDLES.test",
    "acct:kommunchef@torg.test",
    "http://torg.test/@kommunchef",
    "http://torg.test/en/@kommunchef",
    self,
  ]) {
    const answer = await get(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`);
    assert.equal(answer.status, 200, resource);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.match(answer.headers.get("content-type") ?? "", /^application\/jrd\+json/);
    assert.equal(answer.json["subject"], "acct:kommunchef@handles.test");
    const links = answer.json["links"] as Record<string, string>[];
    assert.deepEqual(
      links.find((link) => link["rel"] === "self"),
      { rel: "self", type: activityJson, href: self },
    );
  }
});

test("WebFinger says 400 to nonsense and 404 to whoever is not ours", async (t) => {
  const { get, db, authority } = await federationWorld(t);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const status = async (query: string) => (await get(`/.well-known/webfinger${query}`)).status;
  assert.equal(await status(""), 400);
  assert.equal(await status("?resource=nonsense"), 400);
  assert.equal(await status("?resource=acct:nobody@handles.test"), 404);
  assert.equal(await status("?resource=acct:anna@a.test"), 404);
  assert.equal(await status(`?resource=http://torg.test/ap/accounts/${anna.id}`), 404);
});

test("host-meta and NodeInfo lead on, and count our own posts only", async (t) => {
  const { get, db, authority, account } = await federationWorld(t);
  await examplePost(db, authority, account);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  await exampleRemotePost(db, authority, anna, "https://a.test/p/1");
  assert.match((await get("/.well-known/host-meta")).text, /http:\/\/torg\.test\/\.well-known\/webfinger/);
  const [link] = (await get("/.well-known/nodeinfo")).json["links"] as Record<string, string>[];
  assert.equal(link?.["href"], "http://torg.test/nodeinfo/2.1");
  const info = (await get("/nodeinfo/2.1")).json;
  assert.deepEqual(info["usage"], { users: { total: 2 }, localPosts: 1 });
  assert.equal(info["openRegistrations"], false);
});
