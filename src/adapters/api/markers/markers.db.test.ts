import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Marker } from "../entities/marker.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const token = await world.token(["read", "write"]);
type Markers = Record<string, Marker>;

const save = (form: Record<string, string>) => world.api<Markers>("POST", "/api/v1/markers", { token, form });
const read = async (timeline: string[], as = token) =>
  (await world.api<Markers>("GET", "/api/v1/markers", { token: as, query: { timeline } })).body;

test("places are kept, counted and read by name", async () => {
  assert.deepEqual(await read(["home", "notifications"]), {});
  const first = await save({ "home[last_read_id]": "100000000000000001" });
  assertEntity("Marker", first.body["home"]);
  assert.deepEqual(Object.keys(first.body), ["home"]);
  assert.equal(first.body["home"]?.version, 1);
  await save({
    "home[last_read_id]": "100000000000000002",
    "notifications[last_read_id]": "100000000000000009",
  });
  const both = await read(["home", "notifications"]);
  assert.deepEqual(
    [both["home"]?.last_read_id, both["home"]?.version, both["notifications"]?.last_read_id],
    ["100000000000000002", 2, "100000000000000009"],
  );
  assert.deepEqual(Object.keys(await read(["notifications"])), ["notifications"]);
  assert.deepEqual(await read([]), {});
});

test("two devices at once leave one place, and each write is counted", async () => {
  const before = (await save({ "home[last_read_id]": "100000000000000003" })).body["home"]?.version ?? 0;
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => save({ "home[last_read_id]": `10000000000000001${n}` })),
  );
  assert.equal((await read(["home"]))["home"]?.version, before + 8);
});

test("a colleague with the same account, and the person with another, have places of their own", async () => {
  await save({ "home[last_read_id]": "100000000000000004" });
  const colleague = await world.addColleague();
  const { authority, office, voice } = world;
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person: colleague, account: office.id }, undefined),
  );
  assert.deepEqual(await read(["home"], await world.token(["read"], { person: colleague })), {});
  assert.deepEqual(await read(["home"], await world.token(["read"], { account: voice })), {});
});

test("what is no id is not kept", async () => {
  assert.deepEqual((await save({ "home[last_read_id]": "x" })).body, {});
});
