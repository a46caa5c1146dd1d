import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import type { FoundGroup } from "./find.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const { header } = await site.signIn();
// Whoever opens the deck gets one of their own.
await site.ask("/deck", header);

const find = async (query: string, cookie = header) => {
  const answer = await fetch(`${site.origin}/deck/find?q=${encodeURIComponent(query)}`, {
    headers: { cookie, "x-deck-part": "palette" },
  });
  return { status: answer.status, groups: answer.ok ? ((await answer.json()) as Found).groups : [] };
};
type Found = { groups: FoundGroup[] };
const labels = (groups: FoundGroup[]) =>
  groups.map(({ name, items }) => [name, items.map((one) => one.label)]);

test("decks, accounts and posts are found by the beginnings of their words, ours first", async () => {
  await site.hear("Öppnar simhallen före påsk?");
  await site.hear("Hemligt om simhallen", { visibility: "direct" });
  assert.deepEqual(labels((await find("mitt")).groups), [["Däck", ["Mitt däck"]]]);
  assert.deepEqual(labels((await find("kommunch")).groups), [["Våra konton", ["Kommunchefen"]]]);
  assert.deepEqual(labels((await find("@asa@so")).groups), [["Konton", ["asa"]]]);
  // The index of words follows a moment behind.
  await waitFor(async () => (await find("simhall")).groups.length > 0, { what: "the post to be found" });
  assert.deepEqual(labels((await find("simhall")).groups), [["Inlägg", ["Öppnar simhallen före påsk?"]]]);
  assert.deepEqual((await find("%")).groups, []);
});

test("one letter is looked for among decks alone, and nothing finds nothing", async () => {
  assert.deepEqual(labels((await find("m")).groups), [["Däck", ["Mitt däck"]]]);
  assert.deepEqual((await find("  ")).groups, []);
  assert.deepEqual((await find("x".repeat(5_000))).groups, []);
});

test("whoever asks without end is asked to wait, and their colleagues are not", async () => {
  const bo = await site.signIn(await site.addColleague());
  let last = 200;
  for (let n = 0; n < 130 && last === 200; n++) last = (await find("m", bo.header)).status;
  assert.equal(last, 429);
  const page = await site.ask("/deck/find?q=m", bo.header);
  assert.equal(page.status, 429);
  assert.match(await page.text(), /Vänta en liten stund/);
  assert.equal((await find("m")).status, 200);
});
