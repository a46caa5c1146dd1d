import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostId } from "#domain/posts/post.ts";
import { groupKeyOf, readGroupKey } from "./group-key.ts";
import type { NotificationId } from "./notification.ts";

const halfDay = 12n * 3_600_000n;
const idAt = (milliseconds: bigint, serial = 0n) => String((milliseconds << 16n) | serial) as NotificationId;
const post = "117659545643909142" as PostId;
const start = 41_500n * halfDay;

test("what is done to a post within the same half of a day has the same key", () => {
  const key = groupKeyOf({ id: idAt(start), kind: "favourite", post });
  assert.equal(key, `favourite-${post}-41500`);
  assert.equal(groupKeyOf({ id: idAt(start + halfDay - 1n, 65_535n), kind: "favourite", post }), key);
  assert.notEqual(groupKeyOf({ id: idAt(start + halfDay), kind: "favourite", post }), key);
  assert.notEqual(groupKeyOf({ id: idAt(start), kind: "reblog", post }), key);
  assert.equal(groupKeyOf({ id: idAt(start), kind: "follow", post: null }), "follow-41500");
  const id = idAt(start);
  assert.equal(groupKeyOf({ id, kind: "mention", post }), `ungrouped-${id}`);
});

test("a key tells which notifications it stands for, to the first and last id of its time", () => {
  const bounds = { from: idAt(start), upTo: idAt(start + halfDay) };
  assert.deepEqual(readGroupKey(`reblog-${post}-41500`), { kind: "reblog", post, ...bounds });
  assert.deepEqual(readGroupKey("follow-41500"), { kind: "follow", post: null, ...bounds });
  assert.deepEqual(readGroupKey(`ungrouped-${post}`), { only: post });
});

test("what is no key stands for nothing", () => {
  for (const wrong of [
    "",
    "follow",
    `follow-${post}-41500`,
    "favourite-41500",
    `mention-${post}`,
    "follow-999999999",
  ])
    assert.equal(readGroupKey(wrong), undefined, wrong);
  for (const wrong of ["ungrouped-12", "follow--1", `reblog-${post}-4-5`, "follow-99999999999999999999"])
    assert.equal(readGroupKey(wrong), undefined, wrong);
});
