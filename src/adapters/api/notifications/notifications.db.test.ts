import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { muteThread } from "#domain/posts/thread-mutes.ts";
import { receiveFollow, requestFollow } from "#domain/relationships/follows.ts";
import { setFollowSettings } from "#domain/relationships/follow-settings.ts";
import { react } from "#domain/posts/react.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import { muteAccount, unmuteAccount } from "#domain/relationships/mutes.ts";
import { awaitTold } from "#test/await-told.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { queriesOf } from "#test/counted-call.ts";
import { testDatabase } from "#test/database.ts";
import { exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Notification } from "../entities/notification.ts";
import { listNotifications } from "./notifications.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, asa } = world;
const id = authority.id;
const token = await world.token(["read", "write"]);
const at = "/api/v1/notifications";
let serial = 0;
let told = 0;

const get = (query: Record<string, string | string[]> = {}, as = token) =>
  world.api<Notification[]>("GET", at, { token: as, query });
const types = async (query: Record<string, string | string[]> = {}) =>
  (await get(query)).body.map(({ type }) => type);
const count = async (query: Record<string, string | string[]> = {}) =>
  (await world.api<{ count: number }>("GET", `${at}/unread_count`, { token, query })).body.count;
/** Ends when the account has been told of so many things more. */
const settle = (more: number) => awaitTold(db, id, office.id, (told += more));
const receive = (reaction: "boost" | "favourite", post: PostId, account: AccountId = asa) =>
  db.as(id, (tx) =>
    receiveReaction(tx, id, {
      reaction,
      network: "fediverse",
      uri: `https://social.test/reactions/${++serial}`,
      account,
      post,
      entry: null,
    }),
  );

test("an account is told who wrote to it, passed on, liked and followed, and may ask for some of it", async () => {
  const post = await world.say(office, "Simhallen öppnar");
  const mention = await world.hear("Hej!");
  await receive("boost", post);
  await receive("favourite", post);
  await db.as(id, (tx) =>
    receiveFollow(tx, id, {
      network: "fediverse",
      uri: "https://social.test/follows/1",
      follower: asa,
      followed: office,
      entry: null,
    }),
  );
  await settle(4);
  const { status, body } = await get();
  assert.equal(status, 200);
  for (const one of body) assertEntity("Notification", one);
  assert.deepEqual(
    body.map(({ type, status: about }) => [type, about?.id]),
    [
      ["follow", undefined],
      ["favourite", post],
      ["reblog", post],
      ["mention", mention],
    ],
  );
  assert.ok(body.every(({ account }) => account.id === asa));
  assert.deepEqual(await types({ types: ["mention", "follow"] }), ["follow", "mention"]);
  assert.deepEqual(await types({ exclude_types: ["mention"] }), ["follow", "favourite", "reblog"]);
  assert.deepEqual(await types({ types: ["poll"] }), []);
  assert.deepEqual(await types({ account_id: voice.id }), []);
  assert.equal((await types({ account_id: asa })).length, 4);
  const one = await world.api<Notification>("GET", `${at}/${body[0]?.id}`, { token });
  assert.deepEqual(one.body, body[0]);
  const other = await world.token(["read", "write"], { account: voice });
  assert.deepEqual((await get({}, other)).body, []);
  for (const [method, path] of [
    ["GET", `${at}/${body[0]?.id}`],
    ["POST", `${at}/${body[0]?.id}/dismiss`],
  ] as const)
    assert.equal((await world.api(method, path, { token: other })).status, 404);
});

test("what came after the person's place is unread", async () => {
  const [newest, second] = (await get()).body;
  assert.equal(await count(), 4);
  assert.equal(await count({ limit: "2" }), 2);
  const form = { "notifications[last_read_id]": second?.id ?? "" };
  await world.api("POST", "/api/v1/markers", { token, form });
  assert.equal(await count(), 1);
  assert.equal(await count({ exclude_types: [newest?.type ?? ""] }), 0);
});

test("a thread that is to be silent, and people who are muted, tell nothing", async () => {
  const bo = await exampleRemote(db, authority, "bo", "annan.test");
  const post = await world.say(office, "Mycket gillat");
  await receive("favourite", post, bo);
  await settle(1);
  const newest = async () => (await get({ limit: "1" })).body[0]?.status?.id;
  assert.equal(await newest(), post);
  await db.as(id, (tx) => muteAccount(tx, id, office.id, bo, { notifications: true, until: null }));
  assert.notEqual(await newest(), post);
  await db.as(id, (tx) => muteAccount(tx, id, office.id, bo, { notifications: false, until: null }));
  assert.equal(await newest(), post);
  await db.as(id, (tx) => unmuteAccount(tx, id, office.id, bo));
  await db.as(id, (tx) => muteThread(tx, id, { account: office.id, thread: post }));
  assert.notEqual(await newest(), post);
});

test("what a post that is hidden or taken back told of is told no more", async () => {
  told = (await get()).body.length;
  const hidden = await world.hear("Otrevligt");
  const kept = await world.hear("Trevligt");
  await settle(2);
  await db.as(id, (tx) => setHidden(tx, id, hidden, world.services.clock()));
  told -= 1;
  assert.deepEqual((await get({ limit: "1" })).body[0]?.status?.id, kept);
  assert.ok((await get()).body.every(({ status }) => status?.id !== hidden));
  const own = await world.say(office, "Försvinner");
  await receive("favourite", own);
  await settle(1);
  const gone = { id: own, account: office.id, person: world.person };
  await db.as(id, (tx) => deletePost(tx, id, gone, world.services.clock()));
  await settle(-1);
  assert.ok((await get()).body.every(({ status }) => status?.id !== own));
});

test("a filter for notifications hides what it meets there", async () => {
  const post = await world.hear("Om snöskottning");
  await settle(1);
  const word = { "keywords_attributes[0][keyword]": "snöskottning" };
  const form = { title: "Snö", context: ["notifications"], filter_action: "hide", ...word };
  const filter = await world.api("POST", "/api/v2/filters", { token, form });
  assert.ok((await get()).body.every(({ status }) => status?.id !== post));
  await world.api("DELETE", `/api/v2/filters/${String(filter.body["id"])}`, { token });
  assert.equal((await get()).body[0]?.status?.id, post);
});

test("pages neither repeat nor skip while more is told", async () => {
  const before = (await get({ limit: "80" })).body.map((one) => one.id);
  const read: string[] = [];
  let path: string | undefined = `${at}?limit=3`;
  while (path) {
    const page: { body: Notification[]; headers: Headers } = await world.api<Notification[]>("GET", path, {
      token,
    });
    read.push(...page.body.map((one) => one.id));
    await world.hear("Mer");
    await settle(1);
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  assert.deepEqual(read, before);
  const newer = (await get({ min_id: before[0] ?? "", limit: "1" })).body;
  const newest = (await get({ since_id: before[0] ?? "", limit: "1" })).body;
  assert.ok((newer[0]?.id ?? "") > (before[0] ?? "") && (newest[0]?.id ?? "") > (newer[0]?.id ?? ""));
});

test("a long page takes as many queries as a short one", async () => {
  for (let n = 0; n < 20; n += 1) await world.hear(`Nr ${n}`);
  await settle(20);
  const few = await queriesOf(world, listNotifications, { limit: "2" });
  const many = await queriesOf(world, listNotifications, { limit: "20" });
  assert.equal((many.body as unknown[]).length, 20);
  assert.equal(many.queries, few.queries);
});

test("one thing is put away, or all", async () => {
  const [newest] = (await get({ limit: "1" })).body;
  const path = `${at}/${newest?.id}`;
  assert.deepEqual((await world.api("POST", `${path}/dismiss`, { token })).body, {});
  assert.equal((await world.api("GET", path, { token })).status, 404);
  assert.equal((await world.api("POST", `${path}/dismiss`, { token })).status, 404);
  assert.deepEqual((await world.api("POST", `${at}/clear`, { token })).body, {});
  assert.deepEqual((await get()).body, []);
  told = 0;
});

test("who is asked to be told of, and what was passed on and changed, is told", async () => {
  await db.as(id, async (tx) => {
    await requestFollow(tx, id, { follower: office.id, followed: voice, person: world.person });
    await setFollowSettings(tx, id, { follower: office.id, followed: voice.id }, { notify: true });
  });
  const post = await world.say(voice, "Nytt från kommunen");
  await world.say(voice, "Bara ett svar", {
    inReplyTo: await world.hear("En fråga", { mentioned: [voice.id] }),
  });
  await settle(1);
  await db.as(id, (tx) =>
    react(tx, id, { reaction: "boost", post, account: office.id, person: world.person }),
  );
  const change = { source: "Ändrat från kommunen", reason: "Stavfel", post, account: voice.id };
  const as = { kind: "note", sourceType: "plain", language: "sv", person: world.person } as const;
  const edited = await db.as(id, (tx) =>
    editPost(tx, authority, { ...change, ...as, attachments: [] }, world.services.clock()),
  );
  assert.equal(edited.outcome, "edited");
  await settle(1);
  const { body } = await get();
  assert.deepEqual(
    body.map(({ type, status, account }) => [type, status?.id, account.id]),
    [
      ["update", post, voice.id],
      ["status", post, voice.id],
    ],
  );
  for (const one of body) assertEntity("Notification", one);
});
