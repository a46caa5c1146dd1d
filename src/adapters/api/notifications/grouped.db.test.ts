import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostId } from "#domain/posts/post.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { awaitTold } from "#test/await-told.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { queriesOf } from "#test/counted-call.ts";
import { testDatabase } from "#test/database.ts";
import { exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { GroupedNotifications, Notification } from "../entities/notification.ts";
import { listGrouped } from "./grouped.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice } = world;
const id = authority.id;
const token = await world.token(["read", "write"]);
const at = "/api/v2/notifications";
const crowd = await Promise.all(
  Array.from({ length: 10 }, (_, n) => exampleRemote(db, authority, `person${n}`, "social.test")),
);
let told = 0;
let serial = 0;

const get = (query: Record<string, string | string[]> = {}, path = at) =>
  world.api<GroupedNotifications>("GET", path, { token, query });
const count = async (query: Record<string, string | string[]> = {}) =>
  (await world.api<{ count: number }>("GET", `${at}/unread_count`, { token, query })).body.count;
const settle = (more: number) => awaitTold(db, id, office.id, (told += more));

async function favour(post: PostId, from: readonly (typeof crowd)[number][]): Promise<void> {
  for (const account of from) {
    const uri = `https://social.test/reactions/${++serial}`;
    await db.as(id, (tx) =>
      receiveReaction(tx, id, {
        reaction: "favourite",
        network: "fediverse",
        uri,
        account,
        post,
        entry: null,
      }),
    );
    await settle(1);
  }
}

test("what many do to the same post is told as one, with those who did it last", async () => {
  const post = await world.say(office, "Badbryggan är klar");
  await favour(post, crowd);
  const { body } = await get();
  assertEntity("GroupedNotificationsResults", body);
  assert.equal(body.notification_groups.length, 1);
  const [group] = body.notification_groups;
  assert.deepEqual(
    [group?.type, group?.notifications_count, group?.status_id, group?.sample_account_ids],
    ["favourite", 10, post, crowd.toReversed().slice(0, 8)],
  );
  assert.equal(body.accounts.length, 8);
  assert.deepEqual(
    body.statuses.map((one) => one.id),
    [post],
  );
  const alone = await get({}, `${at}/${group?.group_key}`);
  assertEntity("GroupedNotificationsResults", alone.body);
  assert.equal(alone.body.notification_groups[0]?.page_min_id, undefined);
  assert.equal(alone.body.notification_groups[0]?.notifications_count, 10);
  const v1 = await world.api<Notification[]>("GET", "/api/v1/notifications", {
    token,
    query: { limit: "1" },
  });
  assert.equal(v1.body[0]?.group_key, group?.group_key);
});

test("everyone in a group is read by pages", async () => {
  const key = (await get()).body.notification_groups[0]?.group_key ?? "";
  const names: string[] = [];
  let path: string | undefined = `${at}/${key}/accounts?limit=4`;
  while (path) {
    const page: { body: Account[]; headers: Headers } = await world.api<Account[]>("GET", path, { token });
    names.push(...page.body.map((one) => one.id));
    for (const one of page.body) assertEntity("Account", one);
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  assert.deepEqual(names, crowd.toReversed());
});

test("faces alone are sent where that is enough", async () => {
  const { body } = await get({ expand_accounts: "partial_avatars" });
  assertEntity("GroupedNotificationsResults", body);
  assert.deepEqual(
    body.accounts.map((one) => one.id),
    [crowd.at(-1)],
  );
  assert.equal(body.partial_accounts?.length, 7);
});

test("kinds that the app cannot show as groups come one by one", async () => {
  const { body } = await get({ grouped_types: ["follow"] });
  assert.equal(body.notification_groups.length, 10);
  const [first] = body.notification_groups;
  assert.equal(first?.group_key, `ungrouped-${first?.most_recent_notification_id}`);
  assert.equal(first?.notifications_count, 1);
  assert.equal((await get({}, `${at}/${first?.group_key}`)).status, 200);
});

test("a page is a stretch of what was told: each thing stands on one page, and keys stay", async () => {
  const [one, two] = [await world.say(office, "Ett"), await world.say(office, "Två")];
  const some = crowd.slice(0, 4);
  for (const account of some) {
    await favour(one, [account]);
    await favour(two, [account]);
  }
  await world.hear("Hej");
  await settle(1);
  const all = (await world.api<Notification[]>("GET", "/api/v1/notifications", { token })).body;
  const met: string[] = [];
  const keys = new Set<string>();
  let path: string | undefined = `${at}?limit=2`;
  while (path) {
    const page: { body: GroupedNotifications; headers: Headers } = await world.api<GroupedNotifications>(
      "GET",
      path,
      { token },
    );
    for (const group of page.body.notification_groups) {
      keys.add(group.group_key);
      const within = all.filter(
        ({ id: place, group_key }) =>
          group_key === group.group_key &&
          place <= (group.page_max_id ?? "") &&
          place >= (group.page_min_id ?? ""),
      );
      met.push(...within.map((notification) => notification.id));
    }
    await favour(one, [await exampleRemote(db, authority, `sen${++serial}`, "social.test")]);
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  assert.deepEqual(met.toSorted(), all.map((notification) => notification.id).toSorted());
  assert.deepEqual([...keys].toSorted(), [...new Set(all.map(({ group_key }) => group_key))].toSorted());
});

test("going up from a place gives what came next, and then nothing", async () => {
  const [newest] = (await get()).body.notification_groups;
  assert.deepEqual((await get({ min_id: newest?.page_max_id ?? "" })).body.notification_groups, []);
  await world.hear("Nytt");
  await settle(1);
  const { body } = await get({ min_id: newest?.page_max_id ?? "" });
  assert.deepEqual(
    body.notification_groups.map(({ type }) => type),
    ["mention"],
  );
});

test("groups are counted from the person's place", async () => {
  const { body } = await get();
  assert.equal(await count(), body.notification_groups.length);
  assert.equal(await count({ limit: "2" }), 2);
  assert.equal(await count({ types: ["follow"] }), 0);
  const form = { "notifications[last_read_id]": body.notification_groups[0]?.page_max_id ?? "" };
  await world.api("POST", "/api/v1/markers", { token, form });
  assert.equal(await count(), 0);
  for (const follower of crowd.slice(0, 3)) {
    const uri = `https://social.test/follows/${++serial}`;
    await db.as(id, (tx) =>
      receiveFollow(tx, id, { network: "fediverse", uri, follower, followed: office, entry: null }),
    );
    await settle(1);
  }
  assert.equal(await count(), 1);
  assert.equal(await count({ grouped_types: ["favourite"] }), 3);
});

test("another account's group, and a key that is none, are not there", async () => {
  const key =
    (await get()).body.notification_groups.find(({ type }) => type === "favourite")?.group_key ?? "";
  const other = await world.token(["read", "write"], { account: voice });
  assert.equal((await world.api("GET", `${at}/${key}`, { token: other })).status, 404);
  await world.api("POST", `${at}/${key}/dismiss`, { token: other });
  assert.equal((await get({}, `${at}/${key}`)).status, 200);
  for (const wrong of [
    "favourite-1-2",
    "mention-12",
    "follow",
    "ungrouped-x",
    `${key}9999999`,
    "follow-9999999",
  ])
    assert.equal((await get({}, `${at}/${wrong}`)).status, 404, wrong);
});

test("more groups take no more queries", async () => {
  const few = await queriesOf(world, listGrouped, { limit: "2" });
  const many = await queriesOf(world, listGrouped, { limit: "40" });
  assert.ok((many.body as GroupedNotifications).notification_groups.length >= 5);
  assert.ok(many.queries <= few.queries);
});

test("a group is put away as a whole", async () => {
  const group = (await get()).body.notification_groups.find(({ type }) => type === "favourite");
  const path = `${at}/${group?.group_key}`;
  assert.deepEqual((await world.api("POST", `${path}/dismiss`, { token })).body, {});
  assert.equal((await get({}, path)).status, 404);
  const rest = (await world.api<Notification[]>("GET", "/api/v1/notifications", { token })).body;
  assert.ok(rest.length > 0 && rest.every(({ group_key }) => group_key !== group?.group_key));
});
