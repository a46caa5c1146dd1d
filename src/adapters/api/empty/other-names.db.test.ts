import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { openEventsEar } from "#test/stream-ear.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { asa } = world;
const token = await world.token(["read", "write"]);
const bearer = { authorization: `Bearer ${token}` };

test("the newer names of pinning an account mean the same: nobody is put forward", async () => {
  const refused = await world.api("POST", `/api/v1/accounts/${asa}/endorse`, { token });
  assert.equal(refused.status, 422);
  assertEntity("Error", refused.body);
  const { body } = await world.api("POST", `/api/v1/accounts/${asa}/unendorse`, { token });
  assertEntity("Relationship", body);
  assert.equal(body["endorsed"], false);
});

test("a tag that is not put forward can be taken from there, and is not there to remove", async () => {
  const { status, body } = await world.api("POST", "/api/v1/tags/bron/unfeature", { token });
  assert.equal(status, 200);
  assertEntity("Tag", body);
  assert.equal(
    (await world.api("DELETE", "/api/v1/featured_tags/123456789012345678", { token })).status,
    404,
  );
});

test("a filter may be changed with PATCH as with PUT", async () => {
  const form = { title: "Brus", context: ["home"] };
  const made = await world.api<{ id: string }>("POST", "/api/v2/filters", { token, form });
  const changed = await world.api("PATCH", `/api/v2/filters/${made.body.id}`, {
    token,
    form: { title: "Tyst" },
  });
  assertEntity("Filter", changed.body);
  assert.equal(changed.body["title"], "Tyst");
});

test("the older policy of notifications may be sent with PATCH as with PUT", async () => {
  const { body } = await world.api("PATCH", "/api/v1/notifications/policy", { token, form: {} });
  assertEntity("V1_NotificationPolicy", body);
});

test("every stream there is opens over HTTP, and says that it is a stream of events", async () => {
  const opened = [
    openEventsEar(world.origin, "public", bearer),
    openEventsEar(world.origin, "public/local", bearer),
    openEventsEar(world.origin, "public/remote", bearer),
    openEventsEar(world.origin, "direct", bearer),
    openEventsEar(world.origin, "hashtag/local?tag=bron", bearer),
  ];
  for (const ear of await Promise.all(opened)) {
    assert.equal(ear.contentType, "text/event-stream; charset=utf-8");
    ear.cut();
  }
});
