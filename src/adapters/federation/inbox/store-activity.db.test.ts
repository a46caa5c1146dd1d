import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { activityStore } from "./store-activity.ts";

test("one activity that cannot be kept takes none of its batch with it", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const id = await exampleRemote(db, authority, "alice", "a.test");
  const store = activityStore(db);
  const sent = (name: string, account: string) =>
    store(authority.id, {
      account: account as AccountId,
      json: { id: `https://a.test/${name}`, type: "Create" },
      raw: Buffer.from(name),
    });
  const outcomes = await Promise.allSettled([
    sent("1", id),
    sent("2", "not an id"),
    sent("3", id),
    sent("3", id),
  ]);
  assert.deepEqual(
    outcomes.map((one) => (one.status === "fulfilled" ? one.value : "failed")),
    ["stored", "failed", "stored", "repeated"],
  );
  const kept = await db.read(
    authority.id,
    (tx) =>
      tx<
        { id: string }[]
      >`select facts->>'id' as id from journal where kind = 'activity-received' order by id`,
  );
  assert.deepEqual(
    [...kept].map((one) => one.id),
    ["https://a.test/1", "https://a.test/3"],
  );
});

test("two authorities keep the same activity each for itself", async (t) => {
  const { db } = await testDatabase(t);
  const [one, other] = [await exampleAuthority(db), await exampleAuthority(db)];
  const store = activityStore(db);
  for (const { authority } of [one, other]) {
    const id = await exampleRemote(db, authority, "alice", "a.test");
    const activity = {
      account: id,
      json: { id: "https://a.test/1", type: "Create" },
      raw: Buffer.from("{}"),
    };
    assert.equal(await store(authority.id, activity), "stored");
    assert.equal(await store(authority.id, activity), "repeated");
  }
});
