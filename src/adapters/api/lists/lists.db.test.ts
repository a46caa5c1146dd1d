import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleRemote, exampleAuthority } from "#test/example.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { List } from "../entities/list.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, asa } = world;
const own = authority.id;
const token = await world.token(["read", "write"]);

test("a list is made, changed by its parts, and taken away", async () => {
  const made = await world.api<List>("POST", "/api/v1/lists", { token, form: { title: "Grannar" } });
  assertEntity("List", made.body);
  assert.deepEqual(
    { ...made.body, id: "" },
    { id: "", title: "Grannar", replies_policy: "list", exclusive: false },
  );
  const path = `/api/v1/lists/${made.body.id}`;
  const changed = await world.api<List>("PUT", path, {
    token,
    json: { replies_policy: "none", exclusive: true },
  });
  assert.deepEqual(
    { ...changed.body, id: "" },
    { id: "", title: "Grannar", replies_policy: "none", exclusive: true },
  );
  const renamed = await world.api<List>("PUT", path, { token, form: { title: "Kommuner" } });
  assert.deepEqual([renamed.body.title, renamed.body.exclusive], ["Kommuner", true]);
  assert.deepEqual((await world.api("GET", "/api/v1/lists", { token })).body, [renamed.body]);
  assert.deepEqual((await world.api("GET", path, { token })).body, renamed.body);
  assert.equal((await world.api<List>("POST", "/api/v1/lists", { token, form: { title: " " } })).status, 422);
  assert.equal((await world.api<List>("PUT", path, { token, form: { replies_policy: "all" } })).status, 422);
  assert.deepEqual((await world.api("DELETE", path, { token })).body, {});
  assert.equal((await world.api("GET", path, { token })).status, 404);
});

test("members are added all or none, and paged by their ids", async () => {
  const members = [asa];
  for (let more = 0; more < 3; more++)
    members.unshift(await exampleRemote(db, authority, `m${more}`, "list.test"));
  for (const followed of members)
    await db.as(
      own,
      (tx) =>
        tx`insert into follow (authority, follower, followed, state) values (${own}, ${office.id}, ${followed}, 'accepted')`,
    );
  const { body: list } = await world.api<List>("POST", "/api/v1/lists", {
    token,
    form: { title: "Grannar" },
  });
  const path = `/api/v1/lists/${list.id}/accounts`;
  const add = (ids: string[]) => world.api<List>("POST", path, { token, form: { account_ids: ids } });
  assert.equal((await add([asa, voice.id])).status, 404);
  assert.deepEqual((await world.api("GET", path, { token })).body, []);
  assert.deepEqual((await add(members)).body, {});
  assert.equal((await add([asa])).status, 422);
  const first = await world.api<Account[]>("GET", path, { token, query: { limit: "3" } });
  for (const account of first.body) assertEntity("Account", account);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? assert.fail();
  const second = await world.api<Account[]>("GET", next, { token });
  const ids = [...first.body, ...second.body].map(({ id }) => id);
  assert.deepEqual(ids, members.toSorted().toReversed());
  assert.equal((await world.api<Account[]>("GET", path, { token, query: { limit: "0" } })).body.length, 4);
  const of = await world.api("GET", `/api/v1/accounts/${asa}/lists`, { token });
  assert.deepEqual(of.body, [list]);
  assert.deepEqual((await world.api("DELETE", path, { token, form: { account_ids: [asa] } })).body, {});
  assert.deepEqual((await world.api("GET", `/api/v1/accounts/${asa}/lists`, { token })).body, []);
});

test("whoever is followed no more leaves the account's lists, and no other account's", async () => {
  const other = await world.token(["read", "write"], { account: voice });
  const left = await exampleRemote(db, authority, "left", "list.test");
  const listOf = async (by: string) => {
    await world.api("POST", `/api/v1/accounts/${left}/follow`, { token: by });
    const { body } = await world.api<List>("POST", "/api/v1/lists", { token: by, form: { title: "Alla" } });
    const path = `/api/v1/lists/${body.id}/accounts`;
    assert.equal((await world.api("POST", path, { token: by, form: { account_ids: [left] } })).status, 200);
    return async () => (await world.api<Account[]>("GET", path, { token: by })).body.map(({ id }) => id);
  };
  const [ours, theirs] = [await listOf(token), await listOf(other)];
  assert.equal((await world.api("POST", `/api/v1/accounts/${left}/unfollow`, { token })).status, 200);
  assert.deepEqual([await ours(), await theirs()], [[], [left]]);
});

test("a list of another account, or of another authority, is not there", async () => {
  const ofVoice = await world.token(["read", "write"], { account: voice });
  const { body: list } = await world.api<List>("POST", "/api/v1/lists", {
    token: ofVoice,
    form: { title: "Rösten" },
  });
  const elsewhere = await exampleAuthority(db, { handle: "annan" });
  const [there] = await db.as(
    elsewhere.authority.id,
    (tx) => tx<{ id: string }[]>`insert into list (authority, account, title)
      values (${elsewhere.authority.id}, ${elsewhere.office.id}, 'Annan') returning id`,
  );
  for (const id of [list.id, there?.id ?? assert.fail()]) {
    assert.equal((await world.api("GET", `/api/v1/lists/${id}`, { token })).status, 404);
    assert.equal(
      (await world.api("PUT", `/api/v1/lists/${id}`, { token, form: { title: "x" } })).status,
      404,
    );
    assert.equal((await world.api("DELETE", `/api/v1/lists/${id}`, { token })).status, 404);
    for (const method of ["GET", "POST", "DELETE"])
      assert.equal((await world.api(method, `/api/v1/lists/${id}/accounts`, { token })).status, 404, method);
  }
});
