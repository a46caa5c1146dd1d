import assert from "node:assert/strict";
import { test } from "node:test";
import { findEmoji } from "./find-emoji.ts";

test("emoji are found by their Swedish and English names, whatever the reader's language", async () => {
  assert.equal((await findEmoji("skola", "sv", 5))[0]?.emoji, "🏫");
  assert.ok((await findEmoji("school", "sv", 5)).some((one) => one.emoji === "🏫"));
  assert.ok((await findEmoji("skola", "en", 5)).some((one) => one.name === "school"));
  assert.deepEqual(await findEmoji("finns inte alls", "sv", 5), []);
});

test("without a word there are some to begin with", async () => {
  const some = await findEmoji("", "sv", 40);
  assert.equal(some.length, 20);
  assert.ok(some.every((one) => one.name !== ""));
});
