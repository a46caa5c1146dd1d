import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { payloadDigest } from "#domain/journal/append.ts";
import { addBlock, removeBlock } from "#domain/relationships/blocks.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { remoteAccount } from "#test/remote-account.ts";
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

test("those who are new are kept with what they say, each once, and pages are told so", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const known = await exampleRemote(db, authority, "alice", "a.test");
  const store = activityStore(db);
  const commits: string[] = [];
  db.afterCommit(({ changes }) => void commits.push(changes));
  const bob = remoteAccount({ handle: "bob", domain: "b.test" });
  const eve = remoteAccount({ handle: "eve", domain: "e.test", name: "no text holds \0" });
  const senders = [bob, known, eve, bob, known];
  const outcomes = await Promise.allSettled(
    senders.map((account, n) =>
      store(authority.id, {
        account,
        json: { id: `https://a.test/${n}`, type: "Create" },
        raw: Buffer.from("{}"),
      }),
    ),
  );
  assert.deepEqual(
    outcomes.map((one) => (one.status === "fulfilled" ? one.value : "failed")),
    ["stored", "stored", "failed", "stored", "stored"],
  );
  // The batch failed and was taken apart.
  assert.deepEqual(commits, ["what-is-read", "not-yet", "what-is-read", "not-yet"]);
  const kept = await db.read(
    authority.id,
    (tx) => tx<{ uri: string; said: number }[]>`
      select uri, count(journal.id)::int as said from account left join journal on journal.account = account.id
      where uri is not null group by uri order by uri`,
  );
  assert.deepEqual(
    [...kept],
    [
      { uri: "https://a.test/users/alice", said: 2 },
      { uri: bob.uri, said: 2 },
    ],
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

test("a batch is kept in the order in which it came, word for word, each entry with the digest of its payload", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const id = await exampleRemote(db, authority, "alice", "a.test");
  const store = activityStore(db);
  const names = Array.from({ length: 120 }, (_, n) => `https://a.test/${(n * 77) % 120}`);
  const bytesOf = (name: string) => Buffer.from(`{"id":"${name}","said":"\\"å\\\\{,}"}`);
  await Promise.all(
    names.map((name) =>
      store(authority.id, { account: id, json: { id: name, type: "Create" }, raw: bytesOf(name) }),
    ),
  );
  const kept = await db.read(
    authority.id,
    (tx) => tx<{ id: string; digest: Buffer; salt: Buffer; body: string; raw: Buffer }[]>`
      select facts->>'id' as id, digest, salt, body, raw
      from journal join journal_payload on journal_payload.authority = journal.authority and entry = journal.id
      where kind = 'activity-received' order by journal.id`,
  );
  assert.deepEqual(
    kept.map((one) => one.id),
    names,
  );
  for (const one of kept) {
    assert.deepEqual(one.raw, bytesOf(one.id));
    assert.deepEqual(one.digest, payloadDigest(one.salt, one.body, one.raw));
  }
});

test("what is said, taken back and said again in one batch is kept each time", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const id = await exampleRemote(db, authority, "alice", "a.test");
  const store = activityStore(db);
  const actor = "https://a.test/users/alice";
  const like = { id: `${actor}/like`, type: "Like", actor };
  const undo = { id: `${actor}/undo`, type: "Undo", actor, object: like.id };
  const outcomes = await Promise.all(
    [like, like, undo, like].map((json) =>
      store(authority.id, { account: id, json, raw: Buffer.from(JSON.stringify(json)) }),
    ),
  );
  assert.deepEqual(outcomes, ["stored", "repeated", "stored", "stored"]);
});

test("of a batch nothing is kept from those who are blocked, themselves or with their host", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const [alice, bob, carol] = await Promise.all([
    exampleRemote(db, authority, "alice", "a.test"),
    exampleRemote(db, authority, "bob", "social.b.test"),
    exampleRemote(db, authority, "carol", "c.test"),
  ]);
  await db.as(authority.id, async (tx) => {
    await addBlock(tx, authority.id, { account: alice });
    await addBlock(tx, authority.id, { domain: "b.test" });
  });
  const store = activityStore(db);
  const outcomes = await Promise.all(
    [alice, bob, carol, alice].map((account, n) =>
      store(authority.id, {
        account,
        json: { id: `https://a.test/${n}`, type: "Create" },
        raw: Buffer.from("{}"),
      }),
    ),
  );
  assert.deepEqual(outcomes, ["blocked", "blocked", "stored", "blocked"]);
  // What somebody else says under a name that one of them used is kept, and the name is theirs.
  const same = { json: { id: "https://a.test/same", type: "Create" }, raw: Buffer.from("{}") };
  const both = [alice, carol].map((account) => store(authority.id, { account, ...same }));
  assert.deepEqual(await Promise.all(both), ["blocked", "stored"]);
  await db.as(authority.id, (tx) => removeBlock(tx, authority.id, { account: alice }));
  const again = [0, 3].map((n) =>
    store(authority.id, {
      account: alice,
      json: { id: `https://a.test/${n}`, type: "Create" },
      raw: same.raw,
    }),
  );
  assert.deepEqual(await Promise.all(again), ["stored", "stored"]);
});
