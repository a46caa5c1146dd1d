import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Tag } from "../entities/tag.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const counted = countingReads(db);
const world = await startClientWorld(scope, counted.db);
const { office, voice } = world;
const token = await world.token(["read", "write"]);

test("a tag is followed and not, whatever the case it is written in, and its week is told", async () => {
  await world.say(office, "En bro #Bron");
  await world.say(voice, "En bro till #bron");
  await world.say(voice, "I tysthet #bron", { visibility: "unlisted" });
  const { body } = await world.api<Tag>("GET", "/api/v1/tags/Bron");
  assertEntity("Tag", body);
  assert.deepEqual([body.name, body.following], ["bron", undefined]);
  assert.equal(body.history.length, 7);
  assert.deepEqual([body.history[0]?.uses, body.history[0]?.accounts], ["2", "2"]);
  const followed = await world.api<Tag>("POST", "/api/v1/tags/BRON/follow", { token });
  assertEntity("Tag", followed.body);
  assert.equal(followed.body.following, true);
  assert.equal((await world.api<Tag>("POST", "/api/v1/tags/bron/follow", { token })).status, 200);
  assert.equal((await world.api<Tag[]>("GET", "/api/v1/followed_tags", { token })).body.length, 1);
  assert.equal((await world.api<Tag>("POST", "/api/v1/tags/bron/unfollow", { token })).body.following, false);
  assert.deepEqual((await world.api<Tag[]>("GET", "/api/v1/followed_tags", { token })).body, []);
});

test("a tag that nobody has used is there all the same; what can be no tag is not", async () => {
  const { body } = await world.api<Tag>("GET", `/api/v1/tags/${encodeURIComponent("snöröjning")}`, { token });
  assertEntity("Tag", body);
  assert.deepEqual([body.name, body.following, body.featuring], ["snöröjning", false, false]);
  assert.equal((await world.api<Tag>("GET", "/api/v1/tags/123")).status, 404);
  assert.equal((await world.api<Tag>("POST", "/api/v1/tags/a%20b/follow", { token })).status, 404);
  assert.equal((await world.api<Tag>("POST", "/api/v1/tags/bron/feature", { token })).status, 422);
});

test("followed tags are paged by the follow, newest first, in a fixed number of queries", async () => {
  for (const name of ["ett", "två", "tre"])
    await world.api<Tag>("POST", `/api/v1/tags/${encodeURIComponent(name)}/follow`, { token });
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const from = counted.queries.count;
    const { body, headers } = await world.api<Tag[]>("GET", path, { token, query });
    for (const tag of body) assertEntity("Tag", tag);
    const names = body.map(({ name }) => name);
    const next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    return { names, next, queries: counted.queries.count - from };
  };
  const first = await ask("/api/v1/followed_tags", { limit: "2" });
  await world.api<Tag>("POST", "/api/v1/tags/fyra/follow", { token });
  assert.deepEqual(first.names, ["tre", "två"]);
  assert.deepEqual((await ask(first.next ?? "")).names, ["ett"]);
  const all = await ask("/api/v1/followed_tags");
  assert.equal(all.queries, first.queries);
  assert.deepEqual(all.names, ["fyra", "tre", "två", "ett"]);
});
