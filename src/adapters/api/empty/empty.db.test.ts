import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);

test("what there is none of is an empty list", async () => {
  const token = await world.token(["read"]);
  const empty = [
    await world.api("GET", "/api/v1/custom_emojis"),
    await world.api("GET", "/api/v1/trends"),
    await world.api("GET", "/api/v1/trends/tags"),
    await world.api("GET", "/api/v1/trends/statuses"),
    await world.api("GET", "/api/v1/trends/links"),
    await world.api("GET", "/api/v1/announcements", { token }),
  ];
  for (const { status, body } of empty) assert.deepEqual([status, body], [200, []]);
});

test("an announcement that is not there can be neither dismissed nor answered", async () => {
  const token = await world.token(["write"]);
  const id = "123456789012345678";
  const refused = [
    await world.api("POST", `/api/v1/announcements/${id}/dismiss`, { token }),
    await world.api("PUT", `/api/v1/announcements/${id}/reactions/x`, { token }),
    await world.api("DELETE", `/api/v1/announcements/${id}/reactions/x`, { token }),
  ];
  for (const { status, body } of refused) {
    assert.equal(status, 404);
    assertEntity("Error", body);
  }
});

test("nobody signs up with an app, and is told why; who is here is confirmed", async () => {
  const token = await world.token(["write"]);
  const refused = await world.api("POST", "/api/v1/accounts", { token, form: { username: "ny" } });
  assert.equal(refused.status, 403);
  assertEntity("Error", refused.body);
  assert.match(String(refused.body["error_description"]), /administratör/);
  assert.equal((await world.api("GET", "/api/v1/emails/check_confirmation", { token })).body, true);
  assert.equal((await world.api("POST", "/api/v1/emails/confirmations", { token })).status, 403);
});
