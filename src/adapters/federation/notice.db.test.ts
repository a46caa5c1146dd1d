import assert from "node:assert/strict";
import { test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { exampleRemotePost, exampleServices } from "#test/federation-world.ts";
import { outSubscription } from "./out-subscription.ts";

test("what an author is told of a decision goes to the author's own inbox and to nobody else", async (t) => {
  const { db } = await testDatabase(t);
  const { authority, voice, person } = await exampleAuthority(db);
  const { id } = authority;
  const now = Temporal.Instant.from("2026-11-22T10:00:00Z");
  const alice = await exampleRemote(db, authority, "alice", "a.test");
  const bo = await exampleRemote(db, authority, "bo", "b.test");
  const author = await db.read(id, (tx) => findAccount(tx, id, alice));
  assert.ok(author);
  const post = await exampleRemotePost(db, authority, author, "https://a.test/p/1", { mentioned: [bo] });
  const subscription = outSubscription(exampleServices(t, db));
  await db.as(id, async (tx) => {
    const follow = {
      network: "fediverse",
      uri: "https://b.test/f",
      follower: bo,
      followed: voice,
      entry: null,
    };
    await receiveFollow(tx, id, follow);
    const tell = { authority, guidelines: () => "https://torg.test/guidelines" };
    const ground = { rule: 2, reason: "Kränker @bo@b.test.", person };
    const decided = await decideOnPost(tx, id, { action: "hide", post, ...ground, tell }, now);
    assert.equal(decided.outcome, "decided");
    const entries = await tx<
      Entry[]
    >`select * from journal where kind in ('post-published', 'post-hidden') order by id`;
    await subscription.handle(
      tx,
      id,
      entries.filter((entry) => subscription.kinds.includes(entry.kind)),
    );
  });
  const sent = await db.read(
    id,
    (tx) => tx<{ inbox: string; body: string }[]>`
      select inbox, body from delivery join outgoing on outgoing.id = delivery.outgoing`,
  );
  assert.deepEqual(
    sent.map((one) => one.inbox),
    ["https://a.test/users/alice/inbox"],
  );
  const activity = JSON.parse(sent[0]?.body ?? "") as {
    to: unknown;
    cc?: unknown;
    object: { inReplyTo: unknown };
  };
  assert.deepEqual([activity.to].flat(), ["https://a.test/users/alice"]);
  assert.deepEqual([activity.cc ?? []].flat(), []);
  assert.equal(activity.object.inReplyTo, "https://a.test/p/1");
});
