import assert from "node:assert/strict";
import { test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { react } from "#domain/posts/react.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const counted = countingReads(db);
const world = await startClientWorld(scope, counted.db);
const { authority, office, voice, asa, person } = world;
const own = authority.id;
const token = await world.token(["read"]);
const ofVoice = await world.token(["read"], { account: voice });

type Asked = { of?: string; as?: string; query?: Record<string, string> };
const statuses = async ({ of = office.id, as, query = {} }: Asked = {}) => {
  const { body } = await world.api<Status[]>("GET", `/api/v1/accounts/${of}/statuses`, {
    ...(as ? { token: as } : {}),
    query,
  });
  for (const status of body) assertEntity("Status", status);
  return body;
};
const idsOf = async (asked?: Asked) => (await statuses(asked)).map(({ id, reblog }) => reblog?.id ?? id);

const theirs = await world.hear("Från Åsa", { mentioned: [] });
const open = await world.say(office, "Öppet #bro");
const reply = await world.say(office, "Svar", { inReplyTo: theirs });
const onward = await world.say(office, "Fortsättning", { inReplyTo: open });
const followers = await world.say(office, "Till följare", { visibility: "followers" });
const direct = await world.say(office, "@asa@social.test i förtroende", { visibility: "direct" });
await boost(theirs);
const all = [theirs, direct, followers, onward, reply, open];

test("an account sees all that it has said, others what they may", async () => {
  assert.deepEqual(await idsOf({ as: token }), all);
  assert.deepEqual(await idsOf(), [theirs, onward, reply, open]);
  assert.deepEqual(await idsOf({ as: ofVoice }), [theirs, onward, reply, open]);
  const followed = await db.read(own, (tx) => findAccount(tx, own, office.id));
  await db.as(own, (tx) =>
    requestFollow(tx, own, { follower: voice.id, followed: followed ?? assert.fail(), person }),
  );
  assert.deepEqual(await idsOf({ as: ofVoice }), [theirs, followers, onward, reply, open]);
});

test("boosts, replies to others, and all but a tag are left out when asked", async () => {
  const only = (query: Record<string, string>) => idsOf({ as: token, query });
  assert.deepEqual(await only({ exclude_reblogs: "true" }), all.slice(1));
  assert.deepEqual(await only({ exclude_replies: "1" }), [theirs, direct, followers, onward, open]);
  assert.deepEqual(await only({ tagged: "Bro" }), [open]);
  assert.deepEqual(await only({ only_media: "true" }), []);
  await db.as(
    own,
    (tx) => tx`insert into pin (authority, account, post) values (${own}, ${office.id}, ${open})`,
  );
  assert.deepEqual(await only({ pinned: "true" }), [open]);
  assert.equal((await statuses({ as: token, query: { pinned: "true" } }))[0]?.pinned, true);
});

test("what a decision hides is given to no app", async () => {
  const before = await idsOf({ of: asa, as: token });
  assert.deepEqual(before, [theirs]);
  await db.as(own, (tx) => setHidden(tx, own, theirs, Temporal.Now.instant()));
  assert.deepEqual(await idsOf({ of: asa, as: token }), []);
  assert.deepEqual(await idsOf({ as: token }), all.slice(1));
  await db.as(own, (tx) => setHidden(tx, own, theirs, null));
});

test("pages follow each other by links, while more is said", async () => {
  const first = await world.api<Status[]>("GET", `/api/v1/accounts/${office.id}/statuses`, {
    token,
    query: { limit: "2" },
  });
  const late = await world.say(office, "Senare");
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? assert.fail();
  const second = await world.api<Status[]>("GET", next, { token });
  const seen = [...first.body, ...second.body].map(({ id, reblog }) => reblog?.id ?? id);
  assert.deepEqual(seen, all.slice(0, 4));
  const prev = /<([^>]+)>; rel="prev"/.exec(first.headers.get("link") ?? "")?.[1] ?? assert.fail();
  assert.deepEqual(
    (await world.api<Status[]>("GET", prev, { token })).body.map(({ id }) => id),
    [late],
  );
});

test("more posts take no more queries", async () => {
  const queries = async () => {
    const from = counted.queries.count;
    await statuses({ as: token, query: { limit: "40" } });
    return counted.queries.count - from;
  };
  // What has come since the last time is read as well, however much it is.
  const add = async (more: number) => {
    for (let n = 0; n < more; n++) {
      await world.say(office, "Mer", { inReplyTo: onward });
      await boost(await world.hear("Mer från Åsa"));
    }
  };
  await add(1);
  const before = await queries();
  await add(5);
  assert.equal(await queries(), before);
});

function boost(post: PostId) {
  return db.as(own, (tx) => react(tx, own, { reaction: "boost", post, account: office.id, person }));
}
