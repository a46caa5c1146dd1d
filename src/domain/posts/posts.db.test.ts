import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { deletePost } from "./delete-post.ts";
import { editPost } from "./edit-post.ts";
import type { Draft } from "./post.ts";
import { publishPost } from "./publish-post.ts";
import { react, undoReaction } from "./react.ts";
import { findPost, readThread } from "./read-posts.ts";
import { receiveDelete, receiveEdit } from "./receive-change.ts";
import { receivePost, type IncomingPost } from "./receive-post.ts";
import { versionsOfPost } from "./save-version.ts";
import { anyone } from "./visible-to.ts";

const { db } = await testDatabase({ after });
const { authority, office, person } = await exampleAuthority(db);
const alice = await exampleRemote(db, authority, "alice", "a.example");
const bob = await exampleRemote(db, authority, "bob", "b.example");
const now = Temporal.Instant.from("2026-03-03T07:48:00Z");

const note = (source: string): Draft => ({
  kind: "note",
  sourceType: "plain",
  source,
  language: "sv",
  attachments: [],
});
const own = (source: string, more: object = {}) => ({
  ...note(source),
  account: office.id,
  person,
  visibility: "public" as const,
  capacity: "office" as const,
  ...more,
});

async function publish(source: string, more: object = {}) {
  const done = await db.as(authority.id, (tx) => publishPost(tx, authority, own(source, more), now));
  assert.equal(done.outcome, "published");
  return done.outcome === "published" ? done.id : assert.fail();
}

let serial = 0;
function incoming(more: Partial<IncomingPost> = {}): IncomingPost {
  const uri = `https://a.example/posts/${++serial}`;
  return {
    network: "fediverse",
    uri,
    url: uri,
    author: alice,
    kind: "note",
    visibility: "public",
    inReplyTo: null,
    publishedAt: now,
    editedAt: null,
    title: null,
    warning: null,
    language: "sv",
    source: "<p>Hej</p>",
    blocks: [{ kind: "paragraph", inlines: [{ kind: "text", text: "Hej" }] }],
    pictures: [],
    mentioned: [],
    entry: null,
    ...more,
  };
}
const receive = (post: IncomingPost, wanted?: "always") =>
  db.as(authority.id, (tx) => receivePost(tx, authority.id, post, wanted));
const kinds = async (post: string) =>
  (
    await db.read(
      authority.id,
      (tx) => tx<{ kind: string }[]>`
    select kind from journal where authority = ${authority.id} and post = ${post} order by id`,
    )
  ).map((row) => row.kind);

test("a published post can be read by anyone and stands in the journal", async () => {
  const id = await publish("God morgon! #simhallen");
  const post = await db.read(authority.id, (tx) => findPost(tx, authority.id, id, anyone));
  assert.equal(post?.source, "God morgon! #simhallen");
  assert.equal(post?.thread, id);
  assert.deepEqual(await kinds(id), ["post-published"]);
});

test("a mention of a known account becomes a link to it, an unknown one stays text", async () => {
  const id = await publish("Tack @alice@a.example och @ingen@b.example");
  const post = await db.read(authority.id, (tx) => findPost(tx, authority.id, id, anyone));
  const inlines = post?.blocks[0]?.kind === "paragraph" ? post.blocks[0].inlines : [];
  assert.deepEqual(
    inlines.filter((inline) => inline.kind === "mention").map((mention) => mention.account),
    [alice],
  );
});

test("a picture without alternative text and an article without a title are refused, and nothing is kept", async () => {
  const before = await db.read(authority.id, (tx) => tx`select from post where authority = ${authority.id}`);
  const media = await db.as(
    authority.id,
    (tx) => tx<{ id: string }[]>`
    insert into media (authority, state) values (${authority.id}, 'ready') returning id`,
  );
  const picture = { media: media[0]?.id, alt: " " };
  const refused = await db.as(authority.id, (tx) =>
    publishPost(tx, authority, own("Bild", { attachments: [picture] }), now),
  );
  assert.equal(refused.outcome, "alternative-text-missing");
  const untitled = await db.as(authority.id, (tx) =>
    publishPost(tx, authority, own("Text", { kind: "article", sourceType: "markdown" }), now),
  );
  assert.equal(untitled.outcome, "title-missing");
  const after = await db.read(authority.id, (tx) => tx`select from post where authority = ${authority.id}`);
  assert.equal(after.length, before.length);
});

test("a direct post is for those it names, and nobody else", async () => {
  const id = await publish("Hej @alice@a.example", { visibility: "direct" });
  await db.read(authority.id, async (tx) => {
    assert.equal(await findPost(tx, authority.id, id, anyone), undefined);
    assert.equal(await findPost(tx, authority.id, id, { kind: "remote", account: bob }), undefined);
    assert.equal((await findPost(tx, authority.id, id, { kind: "remote", account: alice }))?.id, id);
  });
  const nobody = await db.as(authority.id, (tx) =>
    publishPost(tx, authority, own("Hej", { visibility: "direct" }), now),
  );
  assert.equal(nobody.outcome, "nobody-addressed");
});

test("an edit keeps what was said before, with the reason", async () => {
  const id = await publish("Vi öppnar den 22 mars");
  const edit = {
    ...note("Vi öppnar den 23 mars"),
    reason: "fel datum",
    account: office.id,
    person,
    post: id,
  };
  const done = await db.as(authority.id, (tx) => editPost(tx, authority, edit, now.add({ minutes: 5 })));
  assert.deepEqual(done, { outcome: "edited", version: 2 });
  const versions = await db.read(authority.id, (tx) => versionsOfPost(tx, authority.id, id));
  assert.deepEqual(
    versions.map((one) => [one.source, one.reason]),
    [
      ["Vi öppnar den 22 mars", null],
      ["Vi öppnar den 23 mars", "fel datum"],
    ],
  );
  const silent = await db.as(authority.id, (tx) => editPost(tx, authority, { ...edit, reason: " " }, now));
  assert.equal(silent.outcome, "reason-missing");
});

test("nobody edits or deletes for an account that did not write the post", async () => {
  const id = await publish("Vårt inlägg");
  const other = await exampleAuthority(db, { handle: "annan" });
  const edit = { ...note("Ändrat"), reason: "x", account: other.office.id, person, post: id };
  assert.equal((await db.as(authority.id, (tx) => editPost(tx, authority, edit, now))).outcome, "not-ours");
  const removed = await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id, account: other.office.id, person }, now),
  );
  assert.equal(removed.outcome, "not-ours");
});

test("a deleted post leaves every public surface while the record keeps what was said", async () => {
  const id = await publish("Borttaget");
  await db.as(authority.id, (tx) => deletePost(tx, authority.id, { id, account: office.id, person }, now));
  await db.read(authority.id, async (tx) => {
    assert.equal(await findPost(tx, authority.id, id, anyone), undefined);
    assert.equal((await versionsOfPost(tx, authority.id, id))[0]?.source, "Borttaget");
  });
  assert.deepEqual(await kinds(id), ["post-published", "post-deleted"]);
});

test("a reply joins the thread and waits in the inbox of the account it answers", async () => {
  const id = await publish("Vad vill ni?");
  const done = await receive(incoming({ inReplyTo: { uri: "", own: id } }));
  assert.equal(done.outcome, "received");
  assert.deepEqual(done.outcome === "received" && done.addressed, [office.id]);
  const thread = await db.read(authority.id, (tx) => readThread(tx, authority.id, id, anyone, 100));
  assert.equal(thread.length, 2);
});

test("the same post again changes nothing", async () => {
  const post = incoming({ mentioned: [office.id] });
  const first = await receive(post);
  const second = await receive(post);
  assert.equal(second.outcome, "known");
  assert.deepEqual(await kinds(first.outcome === "received" ? first.id : ""), ["post-received"]);
});

test("two deliveries of one post at the same moment leave one post", async () => {
  const post = incoming({ mentioned: [office.id] });
  await Promise.allSettled([receive(post), receive(post), receive(post), receive(post)]);
  const rows = await db.read(
    authority.id,
    (tx) => tx`select from post where authority = ${authority.id} and uri = ${post.uri}`,
  );
  assert.equal(rows.length, 1);
});

test("what nobody here asked for and that speaks to nobody here is not kept", async () => {
  assert.equal((await receive(incoming())).outcome, "not-for-us");
});

test("replies that come before their parent find it, with their whole branch", async () => {
  const root = await publish("Frågan");
  const parent = incoming({ inReplyTo: { uri: "", own: root } });
  const child = incoming({ author: bob, inReplyTo: { uri: parent.uri }, mentioned: [office.id] });
  const grandchild = incoming({ inReplyTo: { uri: child.uri } });
  const early = await receive(child);
  assert.equal(early.outcome === "received" && early.missingParent, parent.uri);
  await receive(grandchild);
  await receive(parent);
  const thread = await db.read(authority.id, (tx) => readThread(tx, authority.id, root, anyone, 100));
  assert.deepEqual(
    new Set(thread.map((post) => post.uri)),
    new Set([null, parent.uri, child.uri, grandchild.uri]),
  );
});

test("a Delete that comes before its Create keeps the post out", async () => {
  const post = incoming({ mentioned: [office.id] });
  const removed = {
    network: "fediverse",
    uri: post.uri,
    author: alice,
    authorUri: "https://a.example/users/alice",
    entry: null,
  };
  await db.as(authority.id, (tx) => receiveDelete(tx, authority.id, removed, now));
  assert.equal((await receive(post)).outcome, "deleted-before");
});

test("only the author of a post from outside changes or removes it", async () => {
  const post = incoming({ mentioned: [office.id] });
  await receive(post);
  const forged = { ...post, author: bob, source: "<p>Förfalskat</p>", editedAt: now.add({ minutes: 1 }) };
  assert.equal(
    (await db.as(authority.id, (tx) => receiveEdit(tx, authority.id, forged))).outcome,
    "not-the-author",
  );
  const removed = {
    network: "fediverse",
    uri: post.uri,
    author: bob,
    authorUri: "https://b.example/users/bob",
    entry: null,
  };
  assert.equal(
    (await db.as(authority.id, (tx) => receiveDelete(tx, authority.id, removed, now))).outcome,
    "not-the-author",
  );
});

test("an older edit that arrives late does not undo a newer one", async () => {
  const post = incoming({ mentioned: [office.id] });
  await receive(post);
  const newer = { ...post, source: "<p>tre</p>", editedAt: now.add({ minutes: 3 }) };
  const older = { ...post, source: "<p>två</p>", editedAt: now.add({ minutes: 2 }) };
  assert.equal((await db.as(authority.id, (tx) => receiveEdit(tx, authority.id, newer))).outcome, "changed");
  assert.equal((await db.as(authority.id, (tx) => receiveEdit(tx, authority.id, older))).outcome, "same");
});

test("an edit may draw a post from outside back from view, and never shows it to more", async () => {
  const post = incoming({ mentioned: [office.id] });
  const kept = await receive(post);
  const id = kept.outcome === "received" ? kept.id : assert.fail();
  const change = (source: string, visibility: "public" | "direct", minutes: number) =>
    db.as(authority.id, (tx) =>
      receiveEdit(tx, authority.id, { ...post, source, visibility, editedAt: now.add({ minutes }) }),
    );
  await change("<p>bara till er</p>", "direct", 1);
  assert.equal(await db.read(authority.id, (tx) => findPost(tx, authority.id, id, anyone)), undefined);
  await change("<p>till alla igen</p>", "public", 2);
  assert.equal(await db.read(authority.id, (tx) => findPost(tx, authority.id, id, anyone)), undefined);
});

test("an account boosts a post once, takes it back once, and only what is public", async () => {
  const id = await publish("Öppet");
  const boost = { reaction: "boost" as const, post: id, account: office.id, person };
  const outcomes = [];
  for (let time = 0; time < 2; time++)
    outcomes.push((await db.as(authority.id, (tx) => react(tx, authority.id, boost))).outcome);
  assert.deepEqual(outcomes, ["reacted", "already"]);
  assert.equal((await db.as(authority.id, (tx) => undoReaction(tx, authority.id, boost))).outcome, "undone");
  assert.equal((await db.as(authority.id, (tx) => undoReaction(tx, authority.id, boost))).outcome, "none");
  const closed = await publish("Hej @alice@a.example", { visibility: "direct" });
  assert.equal(
    (await db.as(authority.id, (tx) => react(tx, authority.id, { ...boost, post: closed }))).outcome,
    "not-public",
  );
});
