import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";
import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { append } from "#domain/journal/append.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { react } from "#domain/posts/react.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { requestFollow, undoFollow } from "#domain/relationships/follows.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote, type Example } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { accountCountsSubscription } from "./account-counts-subscription.ts";
import { accountCountsOf } from "./account-counts.ts";

const { db } = await testDatabase(fileScope());
let one: Example;
let asa: AccountId;
let heard = 0;

beforeEach(async () => {
  one = await exampleAuthority(db, { handle: `chef${++heard}` });
  asa = await exampleRemote(db, one.authority, "asa", "social.test");
});

test("posts and boosts count, what is in confidence and what is gone does not", async () => {
  await say("Öppet", "public");
  await say("Till följare", "followers");
  await say("@exempelkommun I förtroende", "direct");
  const gone = await say("Borttaget", "public");
  await db.as(one.authority.id, (tx) =>
    deletePost(
      tx,
      one.authority.id,
      { id: gone, account: one.office.id, person: one.person },
      at("2026-03-02T10:00:00Z"),
    ),
  );
  const theirs = await hear("Från Åsa");
  await boost(theirs);
  assert.deepEqual(await counts(), { posts: 3, followers: 0, following: 0, lastPostOn: today() });
});

test("a boost goes when the post it passes on is hidden, and comes back with it", async () => {
  const theirs = await hear("Från Åsa");
  await boost(theirs);
  assert.equal((await counts())?.posts, 1);
  await hide(theirs, true);
  assert.equal((await counts())?.posts, 0);
  assert.equal((await counts(asa))?.posts, 0);
  await hide(theirs, false);
  assert.equal((await counts())?.posts, 1);
  assert.equal((await counts(asa))?.posts, 1);
});

test("the day of the last post is the authority's own, not the one in Greenwich", async () => {
  await say("Strax efter midnatt i Sverige", "public", at("2026-07-01T22:30:00Z"));
  assert.equal((await counts())?.lastPostOn, "2026-07-02");
});

test("a follow counts on both sides once it is accepted, and no more when it ends", async () => {
  await db.as(one.authority.id, async (tx) => {
    await requestFollow(tx, one.authority.id, {
      follower: one.office.id,
      followed: one.voice,
      person: one.person,
    });
    const remote = await findAccount(tx, one.authority.id, asa);
    assert.ok(remote);
    await requestFollow(tx, one.authority.id, {
      follower: one.office.id,
      followed: remote,
      person: one.person,
    });
  });
  assert.equal((await counts())?.following, 1);
  assert.equal((await counts(one.voice.id))?.followers, 1);
  assert.equal((await counts(asa))?.followers, 0);
  await db.as(one.authority.id, (tx) =>
    undoFollow(tx, one.authority.id, { follower: one.office.id, followed: one.voice.id, person: one.person }),
  );
  assert.equal((await counts())?.following, 0);
  assert.equal((await counts(one.voice.id))?.followers, 0);
});

test("the same entries again change nothing, and another authority's accounts are not touched", async () => {
  const other = await exampleAuthority(db, { handle: `annan${heard}` });
  await say("En gång", "public");
  const first = await counts();
  assert.deepEqual(await counts(), first);
  const there = await db.read(other.authority.id, (tx) =>
    accountCountsOf(tx, other.authority.id, [one.office.id, other.office.id]),
  );
  assert.equal(there.size, 0);
});

test("what an earlier version wrote is counted by the migration as by the subscription", async () => {
  await say("Öppet", "public", at("2026-07-01T22:30:00Z"));
  await say("@exempelkommun I förtroende", "direct");
  await boost(await hear("Från Åsa"));
  await db.as(one.authority.id, (tx) =>
    requestFollow(tx, one.authority.id, { follower: one.office.id, followed: one.voice, person: one.person }),
  );
  const followed = [await counts(), await counts(asa), await counts(one.voice.id)];
  const text = await readFile(new URL("../../../migrations/0020-client-api.sql", import.meta.url), "utf8");
  const insert = /insert into account_count[^;]+;/.exec(text)?.[0];
  assert.ok(insert);
  await db.system(async (tx) => {
    await tx`delete from account_count`;
    await tx.unsafe(insert);
  });
  assert.deepEqual([await known(one.office.id), await known(asa), await known(one.voice.id)], followed);
});

async function say(
  source: string,
  visibility: "public" | "followers" | "direct",
  now = Temporal.Now.instant(),
): Promise<PostId> {
  return db.as(one.authority.id, async (tx) => {
    const published = await publishPost(
      tx,
      one.authority,
      {
        kind: "note",
        sourceType: "plain",
        source,
        language: "sv",
        attachments: [],
        account: one.office.id,
        person: one.person,
        visibility,
        capacity: "office",
      },
      now,
    );
    if (published.outcome !== "published") throw new Error(published.outcome);
    return published.id;
  });
}

async function hear(source: string): Promise<PostId> {
  const uri = `https://social.test/posts/counted-${++heard}`;
  return db.as(one.authority.id, async (tx) => {
    const received = await receivePost(
      tx,
      one.authority.id,
      exampleIncoming({ uri, author: asa, source, mentioned: [one.office.id] }),
      "always",
    );
    if (received.outcome !== "received") throw new Error(received.outcome);
    return received.id;
  });
}

function boost(post: PostId) {
  return db.as(one.authority.id, (tx) =>
    react(tx, one.authority.id, { reaction: "boost", post, account: one.office.id, person: one.person }),
  );
}

function hide(post: PostId, hidden: boolean) {
  return db.as(one.authority.id, async (tx) => {
    await setHidden(tx, one.authority.id, post, hidden ? at("2026-03-02T10:00:00Z") : null);
    const kind = hidden ? "post-hidden" : "post-unhidden";
    await append(tx, { authority: one.authority.id, direction: "within", kind, account: asa, post });
  });
}

/** After all that the journal tells so far. */
async function counts(account: string = one.office.id) {
  const subscription = accountCountsSubscription();
  await db.as(one.authority.id, async (tx) => {
    const entries = await tx<Entry[]>`
      select * from journal where authority = ${one.authority.id} and kind = any(${[...subscription.kinds]}::text[]) order by id`;
    await subscription.handle(tx, one.authority.id, entries);
  });
  return known(account);
}

async function known(account: string) {
  const found = await db.read(one.authority.id, (tx) => accountCountsOf(tx, one.authority.id, [account]));
  const { posts, followers, following, lastPostOn } = found.get(account) ?? {};
  return found.has(account) ? { posts, followers, following, lastPostOn } : undefined;
}

function at(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}

function today(): string {
  return Temporal.Now.zonedDateTimeISO("Europe/Stockholm").toPlainDate().toString();
}
