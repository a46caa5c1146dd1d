import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const token = await world.token(["read", "write"]);
const [v1, v2] = ["/api/v1/notifications", "/api/v2/notifications"];

test("everything reaches a public body, and nothing else can be chosen", async () => {
  const policy = await world.api("GET", `${v2}/policy`, { token });
  assertEntity("NotificationPolicy", policy.body);
  assertEntity("V1_NotificationPolicy", (await world.api("GET", `${v1}/policy`, { token })).body);
  for (const method of ["PATCH", "PUT"]) {
    const same = await world.api(method, `${v2}/policy`, { token, form: { for_not_following: "accept" } });
    assert.deepEqual([same.status, same.body], [200, policy.body]);
    const form = { for_new_accounts: "filter" };
    const refused = await world.api<{ error: string }>(method, `${v2}/policy`, { token, form });
    assert.equal(refused.status, 422);
    assert.match(refused.body.error, /nå fram/);
  }
  const old = (value: string) =>
    world.api("PUT", `${v1}/policy`, { token, form: { filter_private_mentions: value } });
  assert.equal((await old("false")).status, 200);
  assert.equal((await old("true")).status, 422);
});

test("nothing waits to be let in", async () => {
  const some = "100000000000000001";
  assert.deepEqual((await world.api("GET", `${v1}/requests`, { token })).body, []);
  assert.equal((await world.api("GET", `${v1}/requests/${some}`, { token })).status, 404);
  for (const path of ["accept", "dismiss", `${some}/accept`, `${some}/dismiss`])
    assert.deepEqual(
      (await world.api("POST", `${v1}/requests/${path}`, { token, form: { id: [some] } })).body,
      {},
    );
  assert.deepEqual((await world.api("GET", `${v1}/requests/merged`, { token })).body, { merged: true });
});
