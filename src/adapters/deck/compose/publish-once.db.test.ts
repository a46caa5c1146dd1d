import assert from "node:assert/strict";
import { test } from "node:test";
import { findAnyPost, postsOfAccount } from "#domain/posts/read-posts.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;
const { authority, office } = site;

const form = (text: string, once: string, more: Record<string, string> = {}) => ({
  account: office.id,
  capacity: "office",
  visibility: "public",
  language: "sv",
  step: "publish",
  text,
  once,
  ...more,
});
const onceIn = (page: string) => / name="once" value="([\w-]+)"/.exec(page)?.[1] ?? assert.fail("no key");

async function countOf(text: string): Promise<number> {
  const posts = await db.read(authority.id, (tx) =>
    postsOfAccount(tx, authority.id, office.id, { kind: "staff", accounts: [office.id] }, { limit: 50 }),
  );
  return posts.filter((post) => post.source === text).length;
}

test("every form has a key of its own", async () => {
  const [one, other] = [await site.ask("/deck", anna), await site.ask("/deck", anna)];
  assert.notEqual(onceIn(await one.text()), onceIn(await other.text()));
});

test("a form that is sent twice at once, and again later, publishes one post and answers the same", async () => {
  const once = onceIn(await (await site.ask("/deck", anna)).text());
  const send = () => site.ask("/deck/posts", anna, form("Sagt en gång", once));
  const answers = [...(await Promise.all([send(), send()])), await send()];
  assert.deepEqual(
    answers.map((answer) => [answer.status, answer.headers.get("location")]),
    Array.from({ length: 3 }, () => [303, answers[0]?.headers.get("location")]),
  );
  assert.equal(await countOf("Sagt en gång"), 1);
});

test("other words under a used key are not lost and not taken for the same: the next press publishes them", async () => {
  const once = "a-key-of-some-length";
  await site.ask("/deck/posts", anna, form("Först detta", once));
  const again = await site.ask("/deck/posts", anna, form("Sedan detta", once));
  assert.equal(again.status, 422);
  const page = await again.text();
  assert.ok(page.includes("redan publicerat") && page.includes("Sedan detta"));
  assert.equal(await countOf("Sedan detta"), 0);
  assert.equal((await site.ask("/deck/posts", anna, form("Sedan detta", onceIn(page)))).status, 303);
  assert.equal(await countOf("Sedan detta"), 1);
});

test("an edit whose answer was lost is not taken for somebody else's", async () => {
  const post = await site.say(office, "Öppet till fem");
  const edit = form("Öppet till sex", "a-key-for-this-edit", { reason: "Nya tider", version: "1" });
  const send = () => site.ask(`/deck/posts/${post}/edit`, anna, edit);
  assert.deepEqual([(await send()).status, (await send()).status], [303, 303]);
  const now = await db.read(authority.id, (tx) => findAnyPost(tx, authority.id, post));
  assert.equal(now?.version, 2);
});

test("whoever has been told of a later version may replace it with the next press", async () => {
  const post = await site.say(office, "Första");
  const edit = (text: string, once: string, version: string) =>
    site.ask(`/deck/posts/${post}/edit`, anna, form(text, once, { reason: "Rättat", version }));
  await edit("Kollegans", "a-key-of-the-colleague", "1");
  const told = await edit("Min", "a-key-of-mine-for-this", "1");
  assert.equal(told.status, 422);
  const page = await told.text();
  const version = / name="version" value="(\d+)"/.exec(page)?.[1] ?? "";
  assert.equal((await edit("Min", onceIn(page), version)).status, 303);
});
