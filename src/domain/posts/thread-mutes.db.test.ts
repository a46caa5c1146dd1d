import assert from "node:assert/strict";
import { test } from "node:test";
import { hearKept, type Kept } from "#domain/accounts/kept.ts";
import { postStandings } from "#domain/timelines/post-standing.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "#test/example.ts";
import { findAnyPost } from "./read-posts.ts";
import { receivePost } from "./receive-post.ts";
import { muteThread, unmuteThread } from "./thread-mutes.ts";

test("a muted conversation stays muted when it turns out to be a part of another, and other processes are told", async (t) => {
  const { db } = await testDatabase(t);
  const { authority, office, voice } = await exampleAuthority(db);
  const author = await exampleRemote(db, authority, "asa", "social.test");
  const receive = (uri: string, inReplyTo: string | null) =>
    db.as(authority.id, async (tx) => {
      const incoming = exampleIncoming({
        uri,
        author,
        source: uri,
        mentioned: [office.id],
        inReplyTo: inReplyTo ? { uri: inReplyTo } : null,
      });
      const received = await receivePost(tx, authority.id, incoming, "always");
      return received.outcome === "received" ? received.id : assert.fail(received.outcome);
    });
  const isMuted = async (post: string, account = office.id) =>
    (await db.read(authority.id, (tx) => postStandings(tx, authority.id, [post], account))).get(post)?.muted;
  const told = Promise.withResolvers<Kept>();
  const hearing = await hearKept(db, (kept) => told.resolve(kept));
  t.after(() => hearing.stop());

  const reply = await receive("https://social.test/2", "https://social.test/1");
  const before = await db.read(authority.id, (tx) => findAnyPost(tx, authority.id, reply));
  const muting = { account: office.id, thread: before?.thread ?? assert.fail() };
  await db.as(authority.id, (tx) => muteThread(tx, authority.id, muting));
  assert.deepEqual(await told.promise, {
    authority: authority.id,
    account: office.id,
    what: "notifications",
  });
  assert.deepEqual([await isMuted(reply), await isMuted(reply, voice.id)], [true, false]);

  const parent = await receive("https://social.test/1", null);
  assert.deepEqual([await isMuted(reply), await isMuted(parent)], [true, true]);
  const after = await db.read(authority.id, (tx) => findAnyPost(tx, authority.id, reply));
  await db.as(authority.id, (tx) =>
    unmuteThread(tx, authority.id, { account: office.id, thread: after?.thread ?? assert.fail() }),
  );
  assert.equal(await isMuted(reply), false);
});
