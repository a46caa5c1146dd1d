import assert from "node:assert/strict";
import { test } from "node:test";
import { accountUri, postUri } from "#context.ts";
import { append } from "#domain/journal/append.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import { pinPost, unpinPost } from "#domain/posts/pins.ts";
import { react, undoReaction } from "#domain/posts/react.ts";
import { addBlock, setBlockedBy } from "#domain/relationships/blocks.ts";
import { requestFollow, undoFollow } from "#domain/relationships/follows.ts";
import { outWorld, type Sent } from "#test/out-world.ts";

test("a public post goes once to each server with followers, and to those it names elsewhere", async (t) => {
  const { follow, publish, remote, sent } = await outWorld(t);
  await follow("https://a.test/anna", "https://a.test/alva", "https://b.test/bo");
  await remote("https://c.test/carin");
  await sent();
  const id = await publish({ source: "Hej @anna@a.test och @carin@c.test" });
  const [create, ...others] = await sent();
  assert.deepEqual(others, []);
  assert.equal(create?.activity["type"], "Create");
  assert.equal(create?.post, id);
  assert.deepEqual(create?.inboxes, [
    "https://a.test/shared",
    "https://b.test/shared",
    "https://c.test/carin/inbox",
  ]);
});

test("a direct post goes to the personal inboxes of those it names and to nobody else", async (t) => {
  const { follow, publish, sent } = await outWorld(t);
  await follow("https://a.test/anna", "https://b.test/bo");
  await sent();
  await publish({ source: "@anna@a.test hej", visibility: "direct" });
  assert.deepEqual(
    (await sent()).map((one) => one.inboxes),
    [["https://a.test/anna/inbox"]],
  );
});

test("an edit and a Delete follow the post to where it went, also when nobody there follows any more", async (t) => {
  const { db, authority, account, follow, publish, sent, now } = await outWorld(t);
  const [anna] = await follow("https://a.test/anna");
  await sent();
  const post = await publish({ source: "Hej" });
  await sent();
  await db.as(authority.id, (tx) => tx`delete from follow where follower = ${anna?.id ?? ""}`);
  await db.as(authority.id, async (tx) => {
    const words = {
      kind: "note",
      sourceType: "plain",
      source: "Hej igen",
      language: "sv",
      attachments: [],
    } as const;
    await editPost(
      tx,
      authority,
      { ...words, attachments: [], reason: "fel", account: account.id, person: null, post },
      now,
    );
    await deletePost(tx, authority.id, { id: post, account: account.id, person: null }, now);
  });
  const changes = await sent();
  assert.deepEqual(
    changes.map((one) => [one.activity["type"], one.inboxes]),
    [["Delete", ["https://a.test/shared"]]],
    "what was deleted meanwhile is not shown once more",
  );
});

test("an edit is sent as an Update with the new words", async (t) => {
  const { db, authority, site, account, follow, publish, sent, now } = await outWorld(t);
  await follow("https://a.test/anna");
  const post = await publish({ source: "Hej" });
  await sent();
  await db.as(authority.id, (tx) =>
    editPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Hej igen",
        language: "sv",
        attachments: [],
        reason: "fel",
        account: account.id,
        person: null,
        post,
      },
      now,
    ),
  );
  const [update] = await sent();
  assert.equal(update?.activity["id"], `${postUri(site, post)}#updates/2`);
  assert.match(JSON.stringify(update?.activity), /Hej igen/);
});

test("those who have blocked us or whom we block get nothing", async (t) => {
  const { db, authority, account, follow, publish, sent } = await outWorld(t);
  const [anna, bo] = await follow(
    "https://a.test/anna",
    "https://b.test/bo",
    "https://sub.c.test/carin",
    "https://d.test/d",
  );
  await sent();
  await db.as(authority.id, async (tx) => {
    if (anna) await setBlockedBy(tx, authority.id, { account: account.id, by: anna.id, uri: null }, true);
    if (bo) await addBlock(tx, authority.id, { account: bo.id });
    await addBlock(tx, authority.id, { domain: "c.test" });
  });
  await publish({ source: "Hej @anna@a.test, @bo@b.test och @carin@sub.c.test" });
  assert.deepEqual(
    (await sent()).map((one) => one.inboxes),
    [["https://d.test/shared"]],
  );
});

test("a boost goes to followers and author, a favourite to the author, and both can be taken back", async (t) => {
  const { db, authority, account, follow, sent, heard } = await outWorld(t);
  await follow("https://a.test/anna");
  const post = await heard("https://b.test/bo", "https://b.test/p/1");
  await sent();
  for (const reaction of ["boost", "favourite"] as const) {
    const own = { reaction, post, account: account.id, person: null };
    await db.as(authority.id, (tx) => react(tx, authority.id, own));
    await db.as(authority.id, (tx) => undoReaction(tx, authority.id, own));
    const [done, undone] = await sent();
    const inboxes =
      reaction === "boost"
        ? ["https://a.test/shared", "https://b.test/bo/inbox"]
        : ["https://b.test/bo/inbox"];
    assert.equal(done?.activity["type"], reaction === "boost" ? "Announce" : "Like");
    assert.equal(done?.activity["object"], "https://b.test/p/1");
    assert.deepEqual(done?.inboxes, inboxes);
    assert.equal(undone?.activity["type"], "Undo");
    assert.equal(idOfObject(undone), done?.activity["id"]);
    assert.deepEqual(undone?.inboxes, inboxes);
  }
});

test("a pinned post is told to followers, and so is that it is pinned no longer", async (t) => {
  const { db, authority, account, site, follow, publish, sent } = await outWorld(t);
  await follow("https://a.test/anna");
  const id = await publish({ source: "Viktigt" });
  await sent();
  const by = { account: account.id, person: null };
  const post = { id, account: account.id, visibility: "public" as const };
  for (const _ of ["once", "again"]) {
    await db.as(authority.id, (tx) => pinPost(tx, authority.id, { ...by, post }));
    await db.as(authority.id, (tx) => unpinPost(tx, authority.id, { ...by, post: id }));
  }
  const told = await sent();
  assert.deepEqual(
    told.map(({ activity, inboxes }) => [activity["type"], activity["object"], activity["target"], inboxes]),
    ["Add", "Remove", "Add", "Remove"].map((type) => [
      type,
      postUri(site, id),
      `${accountUri(site, account.id)}/collections/featured`,
      ["https://a.test/shared"],
    ]),
  );
  assert.equal(new Set(told.map(({ activity }) => activity["id"])).size, 4);
});

test("follows and their answers go to the one they concern, each time anew", async (t) => {
  const { db, authority, account, follow, remote, sent } = await outWorld(t);
  await follow("https://a.test/anna");
  const [accept] = await sent();
  assert.equal(accept?.activity["type"], "Accept");
  assert.deepEqual(accept?.inboxes, ["https://a.test/anna/inbox"]);
  assert.equal(idOfObject(accept), "https://a.test/anna#follow");
  await follow("https://a.test/anna");
  const [again] = await sent();
  assert.equal(again?.activity["type"], "Accept");
  assert.notEqual(again?.activity["id"], accept?.activity["id"]);

  const bo = await remote("https://b.test/bo");
  await db.as(authority.id, async (tx) => {
    const wish = { follower: account.id, followed: bo, person: null };
    await requestFollow(tx, authority.id, wish);
    await undoFollow(tx, authority.id, { ...wish, followed: bo.id });
  });
  const [wish, undone] = await sent();
  assert.equal(wish?.activity["type"], "Follow");
  assert.equal(wish?.activity["object"], bo.uri);
  assert.deepEqual(undone?.inboxes, ["https://b.test/bo/inbox"]);
  assert.equal(idOfObject(undone), wish?.activity["id"]);
});

test("a changed profile reaches every server with followers", async (t) => {
  const { db, authority, site, account, follow, sent } = await outWorld(t);
  await follow("https://a.test/anna");
  await sent();
  await db.as(authority.id, (tx) =>
    append(tx, { authority: authority.id, direction: "out", kind: "account-changed", account: account.id }),
  );
  const [update] = await sent();
  assert.equal(update?.activity["type"], "Update");
  assert.equal(idOfObject(update), accountUri(site, account.id));
  assert.deepEqual(update?.inboxes, ["https://a.test/shared"]);
});

test("the same entries handled twice are sent once, and an inbox that is no address is left out", async (t) => {
  const { db, authority, follow, publish, sent, handleAgain } = await outWorld(t);
  const [anna] = await follow("https://a.test/anna", "https://b.test/bo");
  await db.as(
    authority.id,
    (tx) => tx`update account set shared_inbox = 'inget' where id = ${anna?.id ?? ""}`,
  );
  await sent();
  await publish({ source: "Hej" });
  assert.deepEqual(
    (await sent()).map((one) => one.inboxes),
    [["https://b.test/shared"]],
  );
  await handleAgain();
  assert.deepEqual(await sent(), []);
});

function idOfObject(one: Sent | undefined): unknown {
  return (one?.activity["object"] as Record<string, unknown> | undefined)?.["id"];
}
