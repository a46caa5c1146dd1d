import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { deletePost } from "#domain/posts/delete-post.ts";
import { react, undoReaction } from "#domain/posts/react.ts";
import { receiveReactionUndo } from "#domain/posts/receive-reaction.ts";
import { answerFollow, receiveFollowUndo } from "#domain/relationships/follows.ts";
import { testDatabase } from "#test/database.ts";
import { openNotificationWorld, type NotificationWorld } from "#test/notification-world.ts";
import { dismiss, type Notification } from "./notification.ts";

const { db } = await testDatabase({ after });
const now = Temporal.Now.instant();
let w: NotificationWorld;

beforeEach(async () => {
  w = await openNotificationWorld(db);
});

test("a mention, a boost, a favourite and a follow are told once, however often they are read", async () => {
  const post = await w.say("Simhallen öppnar");
  await w.hear("Hej!", [w.office.id]);
  for (const reaction of ["boost", "favourite"] as const) await w.receive(reaction, post);
  await w.follow();
  await w.digest();
  const first = await w.page();
  assert.deepEqual(
    first.map((one) => one.kind),
    ["follow", "favourite", "reblog", "mention"],
  );
  assert.deepEqual(
    first.map((one) => one.fromAccount),
    [w.asa, w.asa, w.asa, w.asa],
  );
  assert.equal(first[1]?.post, post);
  await w.digest();
  assert.deepEqual(await w.page(), first);
});

test("what is taken back is told no more, and what was taken back at once never is", async () => {
  const post = await w.say("Simhallen öppnar");
  for (const reaction of ["boost", "favourite"] as const) await w.receive(reaction, post);
  await w.follow();
  await w.digest();
  for (const reaction of ["boost", "favourite"] as const)
    await db.as(w.authority.id, (tx) =>
      receiveReactionUndo(tx, w.authority.id, {
        reaction,
        network: "fediverse",
        account: w.asa,
        post,
        entry: null,
      }),
    );
  await db.as(w.authority.id, (tx) =>
    receiveFollowUndo(tx, w.authority.id, { follower: w.asa, followed: w.office.id, entry: null }),
  );
  await w.digest();
  assert.deepEqual(await w.page(), []);
  await w.receive("favourite", post);
  await db.as(w.authority.id, (tx) =>
    deletePost(tx, w.authority.id, { id: post, account: w.office.id, person: w.person }, now),
  );
  await w.digest();
  assert.deepEqual(await w.page(), []);
});

test("a deleted post takes with it everything that was told of it", async () => {
  const post = await w.say("Simhallen öppnar");
  await w.receive("favourite", post);
  await w.hear("Svar", [w.office.id], post);
  await w.digest();
  assert.equal((await w.page()).length, 2);
  await db.as(w.authority.id, (tx) =>
    deletePost(tx, w.authority.id, { id: post, account: w.office.id, person: w.person }, now),
  );
  await w.digest();
  assert.deepEqual(await w.kinds(), ["mention"]);
});

test("a locked account is asked, and told of a follower when somebody has said yes", async () => {
  const id = await w.follow(true);
  await w.digest();
  assert.deepEqual(await w.kinds(), ["follow_request"]);
  await db.as(w.authority.id, (tx) => answerFollow(tx, w.authority.id, id, "accept", w.person));
  await w.digest();
  assert.deepEqual(await w.kinds(), ["follow"]);
  await w.digest();
  assert.deepEqual(await w.kinds(), ["follow"]);
});

test("one voice of ours tells another, but nobody hears of what they did themselves", async () => {
  const post = await w.say("Simhallen öppnar");
  const bo = await w.colleague("bo");
  const own = { reaction: "favourite", post, account: w.voice.id, person: w.person } as const;
  await db.as(w.authority.id, (tx) => react(tx, w.authority.id, own));
  await db.as(w.authority.id, (tx) => react(tx, w.authority.id, { ...own, account: w.office.id }));
  await w.say("Fråga @exempelkommun", { account: w.office.id });
  await w.digest();
  assert.deepEqual(await w.kinds(), ["favourite"]);
  assert.deepEqual(await w.kinds(w.voice.id), ["mention"]);
  assert.deepEqual(await w.heardBy(w.person), []);
  assert.deepEqual((await w.heardBy(bo)).map((one) => one.kind).toSorted(), ["favourite", "mention"]);
  await db.as(w.authority.id, (tx) => undoReaction(tx, w.authority.id, own));
  await w.digest();
  assert.deepEqual(await w.kinds(), []);
});

test("an account's clients page by id, and put away one or all", async () => {
  for (let n = 0; n < 3; n++) await w.hear(`Hej ${n}`, [w.office.id]);
  await w.digest();
  const [newest, middle, oldest] = await w.page();
  assert.deepEqual(ids(await w.page({ before: newest?.id })), ids([middle, oldest]));
  assert.deepEqual(ids(await w.page({ after: middle?.id })), ids([newest]));
  assert.deepEqual(await w.page({ kinds: ["follow"] }), []);
  await db.as(w.authority.id, (tx) => dismiss(tx, w.authority.id, w.office.id, required(middle).id));
  assert.deepEqual(ids(await w.page()), ids([newest, oldest]));
  assert.equal(await db.as(w.authority.id, (tx) => dismiss(tx, w.authority.id, w.voice.id, "all")), false);
  assert.equal(await db.as(w.authority.id, (tx) => dismiss(tx, w.authority.id, w.office.id, "all")), true);
  assert.deepEqual(await w.page(), []);
});

const ids = (all: readonly (Notification | undefined)[]) => all.map((one) => one?.id);

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("missing");
  return value;
}
