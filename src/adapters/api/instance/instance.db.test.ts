import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import type { MediaId } from "#domain/media/media.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { assertEntities, assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { instance } from "./show-instance.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);

test("the instance tells apps who we are and what we take, in both versions", async () => {
  const { body, status } = await world.api("GET", "/api/v2/instance");
  assert.equal(status, 200);
  assertEntity("Instance", body);
  const old = await world.api("GET", "/api/v1/instance");
  assertEntity("V1_Instance", old.body);
  assert.equal(old.body["registrations"], false);
  const { streaming_api } = old.body["urls"] as { streaming_api: string };
  assert.equal(streaming_api, world.origin.replace("http", "ws"));
});

test("an authority with a mark is shown by it", async () => {
  const { authority, origin, services } = world;
  const [mark] = await db.as(
    authority.id,
    (tx) => tx<{ id: MediaId }[]>`
      insert into media (authority, state, type, width, height) values (${authority.id}, 'ready', 'image/webp', 64, 48)
      returning id`,
  );
  const site = { authority: { ...authority, logo: mark?.id ?? null }, origin };
  const answered = await instance({ services, site, now: services.clock() });
  const body = (await answered.json()) as { icon: unknown[]; thumbnail: { url: string } };
  assertEntity("Instance", body);
  assert.equal(body.thumbnail.url, `${origin}/media/${mark?.id}/full.webp`);
  assert.deepEqual(body.icon, [{ src: body.thumbnail.url, size: "64x48" }]);
});

test("the rules are ours, in each of our languages", async () => {
  const { body } = await world.api<{ id: string; text: string; translations: Record<string, unknown> }[]>(
    "GET",
    "/api/v1/instance/rules",
  );
  assertEntities("Rule", body, 1);
  assert.deepEqual(Object.keys(body[0]?.translations ?? {}), world.authority.languages);
});

test("twelve weeks are told, with what we said in each", async () => {
  await world.say(world.office, "Något att räkna.");
  const { body } = await world.api<{ statuses: string }[]>("GET", "/api/v1/instance/activity");
  assertEntities("InstanceWeek", body, 12);
  assert.equal(body.length, 12);
  assert.ok(Number(body[0]?.statuses) >= 1);
});

test("of other servers only those are told whose people we follow", async () => {
  assert.deepEqual((await world.api("GET", "/api/v1/instance/peers")).body, []);
  await db.as(
    world.authority.id,
    (tx) => tx`insert into follow (authority, follower, followed, state)
      values (${world.authority.id}, ${world.office.id}, ${world.asa}, 'accepted')`,
  );
  assert.deepEqual((await world.api("GET", "/api/v1/instance/peers")).body, ["social.test"]);
});

test("blocked servers are told with the rule, without the reason in words", async () => {
  await db.as(world.authority.id, (tx) =>
    decideOnBlock(tx, world.authority.id, {
      action: "block",
      whom: { domain: "hot.example" },
      rule: 1,
      reason: "Kalle hotade.",
      person: world.person,
    }),
  );
  const { body } = await world.api<{ domain: string }[]>("GET", "/api/v1/instance/domain_blocks");
  assertEntities("DomainBlock", body, 1);
  assert.equal(body[0]?.domain, "hot.example");
  assert.doesNotMatch(JSON.stringify(body), /Kalle/);
});

test("longer texts point to the pages where they are kept, and there are no terms", async () => {
  assertEntity("ExtendedDescription", (await world.api("GET", "/api/v1/instance/extended_description")).body);
  const privacy = await world.api("GET", "/api/v1/instance/privacy_policy", {
    headers: { "accept-language": "en" },
  });
  assertEntity("PrivacyPolicy", privacy.body);
  assert.match(String(privacy.body["content"]), /\/en\/privacy/);
  for (const path of ["/api/v1/instance/terms_of_service", "/api/v1/instance/terms_of_service/2026-01-01"]) {
    const terms = await world.api("GET", path);
    assert.equal(terms.status, 404);
    assertEntity("Error", terms.body);
  }
});

test("languages are named, and none is translated into another", async () => {
  assert.deepEqual((await world.api("GET", "/api/v1/instance/languages")).body, [
    { code: "sv", name: "Svenska" },
    { code: "en", name: "English" },
  ]);
  assert.deepEqual((await world.api("GET", "/api/v1/instance/translation_languages")).body, {});
});

test("who has no picture is shown a neutral one, kept for long", async () => {
  for (const [path, width] of [
    ["/avatars/original/missing.png", 400],
    ["/headers/original/missing.png", 1500],
  ] as const) {
    const response = await fetch(world.origin + path);
    assert.equal(response.headers.get("content-type"), "image/png");
    assert.match(response.headers.get("cache-control") ?? "", /immutable/);
    assert.equal((await sharp(await response.arrayBuffer()).metadata()).width, width);
  }
});
