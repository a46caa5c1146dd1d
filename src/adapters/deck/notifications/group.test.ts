import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import type { Notification, NotificationId } from "#domain/notifications/notification.ts";
import type { PostId } from "#domain/posts/post.ts";
import { groupNotifications } from "./group.ts";

let serial = 100;
const told = (kind: Notification["kind"], post: string | null, account = "1"): Notification => ({
  id: String(--serial) as NotificationId,
  kind,
  account: account as AccountId,
  person: null,
  fromAccount: String(serial) as AccountId,
  fromPerson: null,
  post: post as PostId | null,
  thread: null,
  draft: null,
  at: Temporal.Instant.fromEpochMilliseconds(0),
});

test("what many did to one post is one group at the place of the latest, also with others in between", () => {
  const all = [
    told("favourite", "7"),
    told("mention", "8"),
    told("favourite", "7"),
    told("reblog", "7"),
    told("favourite", "9"),
    told("follow", null),
    told("follow", null, "2"),
    told("follow", null),
  ];
  const groups = groupNotifications(all);
  assert.deepEqual(
    groups.map((group) => group.all.map((one) => all.indexOf(one))),
    [[0, 2], [1], [3], [4], [5, 7], [6]],
  );
  assert.equal(groups[0]?.newest, all[0]);
});

test("who writes is told one by one", () => {
  assert.equal(groupNotifications([told("mention", "7"), told("mention", "7")]).length, 2);
});
