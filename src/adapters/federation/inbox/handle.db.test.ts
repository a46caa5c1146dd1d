import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { hearKept } from "#domain/accounts/kept.ts";
import { append } from "#domain/journal/append.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { findFollowBetween, requestFollow } from "#domain/relationships/follows.ts";
import type { RemoteActor } from "#test/remote-server.ts";
import { actUri } from "../documents/own-uris.ts";
import { inboxSubscription } from "./handle.ts";
import { activity, inboxWorld, note } from "#test/inbox-world.ts";

const world = await inboxWorld({ after });
const { remote, inbox, db, me, ours } = world;
const authority = world.authority.id;
const alice = await remote.actor("alice");
const mallory = await remote.actor("mallory");
const known = await world.meet(remote, alice);
await world.meet(remote, mallory);
const toMe = { cc: [me], tag: [{ type: "Mention", href: me, name: "@kommunchef" }] };

test("a mention is received, addressed to whom it names, with its words made harmless", async () => {
  const said = note(alice, "hello", {
    ...toMe,
    content: `<p>Hej <a href="${me}" class="mention">@kommunchef</a><script>1</script></p>`,
  });
  await send(alice, activity(alice, "Create", said));
  const post = await world.find(`${alice.uri}/hello`);
  assert.equal(post?.visibility, "public");
  assert.deepEqual(post.blocks, [
    {
      kind: "paragraph",
      inlines: [
        { kind: "text", text: "Hej " },
        { kind: "mention", handle: `@kommunchef@${world.site.authority.domain}`, href: me, account: ours.id },
      ],
    },
  ]);
  const [addressed] = await db.read(
    authority,
    (tx) => tx<{ why: string }[]>`select why from addressed where post = ${post.id}`,
  );
  assert.equal(addressed?.why, "mention");
});

test("the same post in another activity changes nothing", async () => {
  const before = await world.count("post");
  await send(alice, activity(alice, "Create", note(alice, "hello", toMe)));
  assert.equal(await world.count("post"), before);
});

test("a reply finds our post by its name and by its page", async () => {
  const question = await world.say("En fråga");
  const page = `${world.site.origin}/en/@kommunchef/${question.id}`;
  for (const [name, inReplyTo] of [
    ["by-name", `${world.site.origin}/ap/posts/${question.id}`],
    ["by-page", page],
  ] as const) {
    await send(alice, activity(alice, "Create", note(alice, name, { inReplyTo })));
    const reply = await world.find(`${alice.uri}/${name}`);
    assert.deepEqual([reply?.inReplyTo, reply?.thread], [question.id, question.id]);
  }
});

test("what is not for us is not kept", async () => {
  await send(alice, activity(alice, "Create", note(alice, "to-others")));
  assert.equal(await world.find(`${alice.uri}/to-others`), undefined);
});

test("a reply that comes before its parent is adopted when the parent comes", async () => {
  await send(
    alice,
    activity(alice, "Create", note(alice, "child", { ...toMe, inReplyTo: `${alice.uri}/parent` })),
  );
  assert.equal((await world.find(`${alice.uri}/child`))?.parentState, "missing");
  await send(alice, activity(alice, "Create", note(alice, "parent", toMe)));
  const [child, parent] = [await world.find(`${alice.uri}/child`), await world.find(`${alice.uri}/parent`)];
  assert.deepEqual([child?.inReplyTo, child?.thread, child?.parentState], [parent?.id, parent?.id, null]);
});

test("edits count by when they were made, not by when they come", async () => {
  const updated = (words: string, at: string) =>
    note(alice, "edited", { ...toMe, content: words, updated: at });
  await send(alice, activity(alice, "Create", note(alice, "edited", toMe)));
  await send(
    alice,
    activity(alice, "Update", updated("the second", "2026-05-01T12:00:00Z"), `${alice.uri}/edited/Update`),
  );
  await send(
    alice,
    activity(alice, "Update", updated("the first", "2026-05-01T11:00:00Z"), `${alice.uri}/edited/Update`),
  );
  const post = await world.find(`${alice.uri}/edited`);
  assert.deepEqual([post?.source, post?.version], ["the second", 2]);
});

test("an Update of a post that never came is the post", async () => {
  await send(
    alice,
    activity(alice, "Update", note(alice, "late", { ...toMe, updated: "2026-05-01T12:00:00Z" })),
  );
  assert.equal((await world.find(`${alice.uri}/late`))?.source, "<p>late</p>");
});

test("a Delete takes the post away, and one before its Create keeps it away", async () => {
  await send(alice, activity(alice, "Delete", { type: "Tombstone", id: `${alice.uri}/hello` }));
  assert.ok((await world.find(`${alice.uri}/hello`))?.deletedAt);
  await send(alice, activity(alice, "Delete", `${alice.uri}/never`));
  await send(alice, activity(alice, "Create", note(alice, "never", toMe)));
  assert.equal(await world.find(`${alice.uri}/never`), undefined);
});

test("nobody edits or deletes what another on the same server said", async () => {
  await send(alice, activity(alice, "Create", note(alice, "mine", toMe)));
  await send(mallory, activity(mallory, "Delete", `${alice.uri}/mine`));
  await send(
    mallory,
    activity(mallory, "Update", {
      ...note(alice, "mine", toMe),
      attributedTo: undefined,
      content: "changed",
    }),
  );
  const post = await world.find(`${alice.uri}/mine`);
  assert.deepEqual([post?.deletedAt, post?.source], [null, "<p>mine</p>"]);
});

test("favourites and boosts are counted once, and taken back by name or by repetition", async () => {
  const post = await world.say("Något att tycka om");
  const uri = `${world.site.origin}/ap/posts/${post.id}`;
  const like = activity(alice, "Like", uri);
  const boost = activity(alice, "Announce", uri);
  for (const one of [like, activity(alice, "EmojiReact", uri), boost, activity(mallory, "Like", uri)])
    await send(one.actor === alice.uri ? alice : mallory, one);
  assert.deepEqual([await world.count("favourite"), await world.count("boost")], [2, 1]);
  await send(mallory, activity(mallory, "Undo", like));
  assert.equal(await world.count("favourite"), 2);
  await send(alice, activity(alice, "Undo", like));
  await send(alice, activity(alice, "Undo", boost.id));
  assert.deepEqual([await world.count("favourite"), await world.count("boost")], [1, 0]);
});

test("a follow is accepted, answered again when repeated, and undone", async () => {
  const follow = activity(alice, "Follow", me);
  await send(alice, follow);
  assert.equal((await follows(known.id, ours.id))?.state, "accepted");
  await send(alice, activity(alice, "Follow", me));
  await send(alice, activity(alice, "Undo", follow));
  assert.equal(await follows(known.id, ours.id), undefined);
});

test("a follow of a locked account waits", async () => {
  await db.as(
    authority,
    (tx) => tx`update account set locked = true where authority = ${authority} and id = ${ours.id}`,
  );
  await send(alice, activity(alice, "Follow", me));
  assert.equal((await follows(known.id, ours.id))?.state, "pending");
  await db.as(
    authority,
    (tx) => tx`update account set locked = false where authority = ${authority} and id = ${ours.id}`,
  );
});

test("an answer to our follow counts from the one followed alone, named or repeated", async () => {
  const wish = await db.as(authority, (tx) =>
    requestFollow(tx, authority, { follower: ours.id, followed: known, person: null }),
  );
  const named = actUri(world.site, ours.id, "follows", wish.id);
  await send(mallory, activity(mallory, "Accept", named));
  assert.equal((await follows(ours.id, known.id))?.state, "pending");
  await send(alice, activity(alice, "Accept", { type: "Follow", actor: me, object: alice.uri }));
  assert.equal((await follows(ours.id, known.id))?.state, "accepted");
  await send(alice, activity(alice, "Reject", named));
  assert.equal(await follows(ours.id, known.id), undefined);
});

test("a block ends the following both ways, until it is taken back", async () => {
  await send(alice, activity(alice, "Follow", me));
  const block = activity(alice, "Block", me);
  await send(alice, block);
  assert.equal(await follows(known.id, ours.id), undefined);
  assert.equal(await world.count("blocked_by"), 1);
  await send(alice, activity(alice, "Undo", block));
  assert.equal(await world.count("blocked_by"), 0);
});

test("a Flag is kept as a report with its words, once", async () => {
  const post = await world.say("Något att klaga på");
  const flag = {
    ...activity(alice, "Flag", [me, `${world.site.origin}/ap/posts/${post.id}`]),
    content: "<p>Not nice</p>",
  };
  await send(alice, flag);
  await send(alice, { ...flag, extra: "sent again" });
  const reports = await db.read(
    authority,
    (tx) => tx<{ post: string; account: string; words: string }[]>`select post, account, words from report`,
  );
  assert.deepEqual(
    [...reports].map((one) => ({ ...one })),
    [{ post: post.id, account: ours.id, words: "Not nice" }],
  );
});

test("an actor's Update changes its name; its Delete takes everything it said away; both are told", async (t) => {
  let told = Promise.withResolvers<unknown>();
  const line = await hearKept(db, ({ what }) => what === "accounts" && told.resolve(what));
  t.after(() => line.stop());
  const gone = await remote.actor("soon-gone");
  await send(gone, activity(gone, "Create", note(gone, "last-words", toMe)));
  const before = await world.find(`${gone.uri}/last-words`);
  await send(
    gone,
    activity(gone, "Update", { ...remote.document(gone), name: "New name", publicKey: undefined }),
  );
  const renamed = await db.read(authority, (tx) => findAccount(tx, authority, before?.account ?? ""));
  assert.deepEqual([renamed?.name, renamed?.publicKeyId], ["New name", gone.keyId]);
  await told.promise;
  told = Promise.withResolvers();
  await send(gone, activity(gone, "Delete", gone.uri));
  await world.runJobs();
  const after = await db.read(authority, async (tx) => ({
    account: await findAccount(tx, authority, before?.account ?? ""),
    post: await findAnyPost(tx, authority, before?.id ?? ""),
  }));
  assert.ok(after.account?.goneAt && after.post?.deletedAt);
  await told.promise;
});

test("whose account is gone says nothing more, though it may be handled late", async () => {
  const gone = await remote.actor("gone");
  const { id: account } = await world.meet(remote, gone);
  await send(gone, activity(gone, "Delete", gone.uri));
  const body = activity(gone, "Create", note(gone, "late-words", toMe));
  const received = { direction: "in", kind: "activity-received", channel: "fediverse" } as const;
  await db.as(authority, (tx) => append(tx, { ...received, authority, account, payload: { body } }));
  await world.handle();
  assert.equal(await world.find(`${gone.uri}/late-words`), undefined);
});

test("a Create that is handled after its Update changes nothing", async () => {
  const words = { ...toMe, content: "<p>mended</p>", updated: "2026-05-01T12:00:00Z" };
  await send(alice, activity(alice, "Update", note(alice, "overtaken", words)));
  await send(alice, activity(alice, "Create", note(alice, "overtaken", toMe)));
  assert.equal((await world.find(`${alice.uri}/overtaken`))?.source, "<p>mended</p>");
});

test("what is set aside may come late if it is a post or a report; all else only while its sender rests", () => {
  const subscription = inboxSubscription(world.services);
  const rule = (type: string) => subscription.late?.({ facts: { type } } as unknown as Entry);
  assert.deepEqual(["Create", "Flag"].map(rule), ["always", "always"]);
  for (const type of ["Update", "Delete", "Undo", "Like", "Announce", "Follow", "Accept", "Block", "Move"])
    assert.equal(rule(type), "if-account-rests", type);
});

/** Too long for an index of the database even when compressed. */
const longTag = Array.from({ length: 5000 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * index * 7919) % 20_000)),
).join("");

test("nonsense is passed over and stops nothing that comes after it", async () => {
  const nonsense: object[] = [
    activity(alice, "Create", {
      ...note(alice, "odd\u0000id", toMe),
      content: { a: 1 },
      tag: "x",
      attachment: [[[]]],
    }),
    activity(alice, "Create", {
      ...note(alice, "nul", toMe),
      content: "a\u0000b\ud800",
      name: "\u0000",
      summary: "\u0000",
    }),
    activity(alice, "Create", {
      ...note(alice, "ring", toMe),
      inReplyTo: `${alice.uri}/ring`,
      published: "soon",
      updated: 5,
    }),
    activity(alice, "Follow", [{ id: 5 }, null, me + "\n"]),
    activity(alice, "Undo", { type: "Undo", object: [] }),
    activity(alice, "Flag", { content: 5 }),
    activity(alice, "Move", alice.uri),
    activity(alice, "Whatever", null),
    activity(alice, "What\u0000ever", { type: "\ud800" }),
    activity(alice, "Update", {
      ...note(alice, "long"),
      url: `https://x.test/${"å".repeat(2000)}`,
      icon: `https://x.test/${"å".repeat(1000)}`,
    }),
    activity(alice, "Create", {
      ...note(alice, "pictures", toMe),
      attachment: [{ type: "Image", url: `https://x.test/${"å".repeat(1000)}` }],
    }),
    activity(alice, "Create", {
      ...note(alice, "tags", toMe),
      content: `<a href="https://x.test/t" class="hashtag">#${longTag}</a>`,
    }),
    { type: ["Create"], actor: [alice.uri], object: [note(alice, "listed", toMe)] },
  ];
  for (const one of nonsense) assert.equal((await remote.post(inbox, one, { as: alice })).status, 202);
  await send(alice, activity(alice, "Create", note(alice, "sense", toMe)));
  assert.ok(await world.find(`${alice.uri}/sense`));
  assert.ok(await world.find(`${alice.uri}/listed`));
  assert.ok(await world.find(`${alice.uri}/tags`));
  assert.deepEqual(
    world.lines.filter((line) => line["level"] === "error"),
    [],
  );
  assert.equal((await world.find(`${alice.uri}/nul`))?.source, "ab\ufffd");
  assert.equal((await world.find(`${alice.uri}/ring`))?.inReplyTo, null);
});

async function send(as: RemoteActor, what: object): Promise<void> {
  const answer = await remote.post(inbox, what, { as });
  assert.equal(answer.status, 202, await answer.text());
  await world.handle();
}

function follows(follower: typeof ours.id, followed: typeof ours.id) {
  return db.read(authority, (tx) => findFollowBetween(tx, authority, follower, followed));
}
