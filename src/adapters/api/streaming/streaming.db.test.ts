import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost, type Edit } from "#domain/posts/edit-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { react, undoReaction } from "#domain/posts/react.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { addMember, makeList } from "#domain/relationships/lists.ts";
import { systemClock } from "#platform/clock.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { openEventsEar, openSocketEar, type Heard, type StreamEar } from "#test/stream-ear.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, person, origin } = world;
const id = authority.id;
const token = await world.token(["read"]);
const theirs = await world.token(["read"], { account: voice });

type Status = { id: string; content: string; reblog: { id: string } | null; visibility: string };
const status = (heard: Heard | undefined) => JSON.parse(heard?.payload ?? "{}") as Status;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const events = (path: string, secret = token) => openEventsEar(origin, path, bearer(secret));
const sockets = (query: Record<string, string> = {}, secret = token) =>
  openSocketEar(origin, { query, headers: bearer(secret) });

function noteBy(account: AccountId, source: string): NewPost {
  return {
    kind: "note",
    sourceType: "plain",
    source,
    language: "sv",
    attachments: [],
    account,
    person: null,
    visibility: "public",
    capacity: "office",
  };
}

/** Everything up to what a post that all hear of says. */
async function upTo(ear: StreamEar, post: PostId): Promise<Heard[]> {
  const heard: Heard[] = [];
  do heard.push(await ear.next());
  while (heard.at(-1)?.event !== "update" || status(heard.at(-1)).id !== post);
  return heard;
}

async function edit(post: PostId, source: string): Promise<void> {
  const change: Edit = {
    kind: "note",
    sourceType: "plain",
    source,
    language: "sv",
    attachments: [],
    post,
    account: office.id,
    person,
    reason: "Ett stavfel",
  };
  const edited = await db.as(id, (tx) => editPost(tx, authority, change, systemClock()));
  assert.equal(edited.outcome, "edited");
}

test("what stands at home comes as events: a post, its new words, a boost, and that each is gone", async () => {
  const ear = await events("user");
  assert.equal(ear.contentType, "text/event-stream; charset=utf-8");
  const post = await world.say(office, "Simhallen öppnar");
  const put = await ear.next();
  assert.equal(put.event, "update");
  assert.equal(status(put).id, post);
  assertEntity("Status", status(put));
  await edit(post, "Simhallen öppnar igen");
  const changed = await ear.next();
  assert.equal(changed.event, "status.update");
  assert.match(status(changed).content, /igen/);
  await db.as(id, (tx) => react(tx, id, { reaction: "boost", post, account: office.id, person }));
  const boosted = status(await ear.next());
  assert.equal(boosted.reblog?.id, post);
  await db.as(id, (tx) => undoReaction(tx, id, { reaction: "boost", post, account: office.id, person }));
  assert.deepEqual(await ear.next(), { event: "delete", payload: boosted.id });
  await db.as(id, (tx) => deletePost(tx, id, { id: post, account: office.id, person }, systemClock()));
  assert.deepEqual(await ear.next(), { event: "delete", payload: post });
  ear.cut();
});

test("what is said one after another comes in that order, and each once", async () => {
  const ear = await events("user");
  const said: PostId[] = [];
  for (let n = 0; n < 12; n++) said.push(await world.say(office, `Nummer ${n}`));
  const heard = await upTo(ear, said.at(-1) as PostId);
  assert.deepEqual(
    heard.map((one) => status(one).id),
    said,
  );
  ear.cut();
});

test("a flood comes whole and in order to whoever reads it", async () => {
  const ears = [await events("user"), await sockets({ stream: "user" })];
  await ears[1]?.ask("");
  const said = await db.as(id, async (tx) => {
    const posts: PostId[] = [];
    for (let n = 0; n < 200; n++) {
      const post = await publishPost(tx, authority, noteBy(office.id, `${n} `.repeat(1_000)), systemClock());
      assert.ok(post.outcome === "published");
      posts.push(post.id);
    }
    return posts;
  });
  for (const ear of ears) {
    const heard = await upTo(ear, said.at(-1) as PostId);
    assert.deepEqual(
      heard.map((one) => status(one).id),
      said,
    );
    ear.cut();
  }
});

test("one socket carries several streams, named in each message, until one is put off", async () => {
  const ear = await sockets({ stream: "user" });
  assert.equal(await ear.ask({ type: "subscribe", stream: "hashtag:local", tag: "Simhall" }), undefined);
  assert.equal(await ear.ask({ type: "subscribe", stream: "public:remote" }), undefined);
  const first = await world.say(office, "Öppet #simhall");
  const both = [await ear.next(), await ear.next()];
  assert.deepEqual(
    both.map(({ stream }) => stream),
    [["user"], ["hashtag:local", "simhall"]],
  );
  assert.ok(both.every((heard) => status(heard).id === first));
  assert.equal(await ear.ask({ type: "unsubscribe", stream: "hashtag:local", tag: "simhall" }), undefined);
  await world.say(office, "Stängt #simhall");
  const heard = await world.hear("Varför då?");
  const after = await upTo(ear, heard);
  assert.deepEqual(
    after.filter(({ event }) => event === "update").map(({ stream }) => stream),
    [["user"], ["public:remote"]],
  );
  ear.cut();
});

test("a stream of pictures holds what shows some, and that of elsewhere nothing of ours", async () => {
  const ear = await sockets({ stream: "public:media" });
  await ear.ask({ type: "subscribe", stream: "public:remote" });
  await ear.ask({ type: "subscribe", stream: "public" });
  const post = await world.say(office, "Utan bild");
  assert.deepEqual((await ear.next()).stream, ["public"]);
  const last = await world.hear("Från en annan ort");
  assert.deepEqual(
    (await Promise.all([ear.next(), ear.next()])).map((heard) => [heard.stream, status(heard).id]),
    [
      [["public:remote"], last],
      [["public"], last],
    ],
  );
  assert.notEqual(post, last);
  ear.cut();
});

test("a list tells of its members to the account whose list it is", async () => {
  const list = await db.as(id, async (tx) => {
    const made = await makeList(tx, id, { account: office.id, title: "Grannar" });
    if (made.outcome !== "made") throw new Error(made.outcome);
    const asa = await findAccount(tx, id, world.asa);
    assert.ok(asa);
    await requestFollow(tx, id, { follower: office.id, followed: asa, person });
    const added = await addMember(tx, id, { id: made.id, account: office.id }, world.asa);
    assert.equal(added.outcome, "added");
    return made.id;
  });
  const ear = await events(`list?list=${list}`);
  const heard = await world.hear("Hej grannen", { mentioned: [] });
  assert.equal(status(await ear.next()).id, heard);
  ear.cut();
  const other = await events(`list?list=${list}`, theirs);
  assert.equal(other.status, 404);
});

test("what is said in confidence comes to those it is said to, as a conversation, and to nobody else", async () => {
  const [to, aside, open] = [
    await sockets({ stream: "direct" }),
    await sockets({ stream: "direct" }, theirs),
    await sockets({ stream: "user" }, theirs),
  ];
  for (const one of [to, aside, open]) await one.ask({ type: "subscribe", stream: "public" });
  const said = await world.hear("Det är känsligt", { visibility: "direct" });
  const heard = await to.next();
  assert.equal(heard.event, "conversation");
  const conversation = JSON.parse(heard.payload ?? "") as { last_status: Status; unread: boolean };
  assertEntity("Conversation", conversation);
  assert.equal(conversation.last_status.id, said);
  assert.equal(conversation.unread, true);
  const after = await world.hear("Det här är för alla", { mentioned: [voice.id] });
  for (const one of [aside, open]) {
    const all = await upTo(one, after);
    assert.ok(!all.some(({ payload }) => payload?.includes(said)));
    one.cut();
  }
  to.cut();
});

test("notifications come to the user's stream and to their own, and need their scope", async () => {
  const ears = [await events("user"), await events("user/notification")];
  const without = await openSocketEar(origin, {
    query: { stream: "user" },
    headers: bearer(await world.token(["read:statuses"])),
  });
  await without.ask({ type: "subscribe", stream: "public" });
  const said = await world.hear("Till er");
  for (const ear of ears) {
    const heard = (await ear.until("notification")).at(-1);
    const notification = JSON.parse(heard?.payload ?? "{}") as { type: string; status: Status };
    assertEntity("Notification", notification);
    assert.deepEqual([notification.type, notification.status.id], ["mention", said]);
    ear.cut();
  }
  assert.deepEqual(
    (await upTo(without, said)).map(({ event }) => event),
    ["update"],
  );
  assert.deepEqual(await without.ask({ type: "subscribe", stream: "user:notification" }), {
    error: "This action is outside the authorized scopes",
    status: 403,
  });
  without.cut();
});

test("changed filters are told of to the apps of the account alone", async () => {
  const [own, other, event] = [
    await sockets({ stream: "user" }),
    await sockets({ stream: "user" }, theirs),
    await events("user"),
  ];
  await own.ask("");
  await other.ask({ type: "subscribe", stream: "public" });
  await db.as(id, (tx) => sayKept(tx, id, { account: office.id, what: "filters" }));
  assert.deepEqual(await own.next(), { stream: ["user"], event: "filters_changed" });
  assert.deepEqual(await event.next(), { event: "filters_changed", payload: "null" });
  const post = await world.say(voice, "Inget om filter");
  assert.deepEqual([...new Set((await upTo(other, post)).map((heard) => heard.event))], ["update"]);
  for (const ear of [own, other, event]) ear.cut();
});

test("another authority hears nothing of it", async () => {
  const host = `127.0.0.1:${new URL(origin).port}`;
  const there = await exampleAuthority(db, { domain: host });
  const made = await db.as(there.authority.id, (tx) =>
    makeAccessToken(tx, there.authority.id, {
      person: there.person,
      account: there.office.id,
      scopes: ["read"],
    }),
  );
  assert.ok(made.outcome === "made");
  const ear = await openSocketEar(`http://${host}`, {
    query: { stream: "public" },
    headers: bearer(made.token),
  });
  assert.ok(await ear.ask("x"));
  const wrong = await openSocketEar(`http://${host}`, {
    query: { stream: "public" },
    headers: bearer(token),
  });
  assert.equal(wrong.status, 401);
  await world.say(office, "Här");
  const own = await db.as(there.authority.id, (tx) =>
    publishPost(tx, there.authority, noteBy(there.office.id, "Där"), systemClock()),
  );
  assert.ok(own.outcome === "published");
  assert.equal(status(await ear.next()).id, own.id);
  ear.cut();
});
