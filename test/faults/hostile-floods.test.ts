import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../database.ts";
import { startDeckSite } from "../deck-site.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const { authority, office } = site;
const { id } = authority;
const anna = (await site.signIn()).header;
let serial = 0;

const base = { capacity: "office", visibility: "public", language: "sv", step: "publish" };
const once = () => `a-hostile-form-number-${++serial}`;
const compose = (cookie: string, form: Record<string, string>, path = "/deck/posts") =>
  fetch(site.origin + path, {
    method: "POST",
    headers: { cookie, origin: site.origin, "x-deck-part": "composer" },
    body: new URLSearchParams({ ...base, once: once(), ...form }),
    redirect: "manual",
  });

test("one form does not become a thousand posts", async () => {
  const text = "a\n---\n".repeat(1_000);
  const answer = await compose(anna, { account: office.id, text, split: "1" });
  assert.equal(answer.status, 422);
  const [row] = await db.read(
    id,
    (tx) =>
      tx<
        { count: number }[]
      >`select count(*)::int as count from post_version where authority = ${id} and source = 'a'`,
  );
  assert.equal(row?.count, 0);
  const preview = await compose(anna, { account: office.id, text, split: "1" }, "/deck/compose/preview");
  assert.ok((await preview.text()).length < 500_000);
});

test("the checks of a text that was made for it hold nobody up", async () => {
  for (const text of [
    `@${".".repeat(199_000)}a`,
    `#${"a.".repeat(99_000)}`,
    "- [".repeat(60_000),
    "=".repeat(199_000),
  ]) {
    const begin = performance.now();
    const form = { account: office.id, text, article: "1", title: "x" };
    const answer = await compose(anna, form, "/deck/compose/checks");
    assert.equal(answer.status, 200);
    const ms = performance.now() - begin;
    assert.ok(ms < 3_000, `${text.slice(0, 5)} took ${ms} ms`);
  }
});

test("one person does not open lines without end", async () => {
  const cookie = (await site.signIn(await site.addColleague())).header;
  const lines = [];
  for (let n = 0; n < 45; n++) lines.push(await site.ask("/deck/stream", cookie));
  const statuses = lines.map((line) => line.status);
  for (const line of lines) await line.body?.cancel();
  assert.deepEqual([...new Set(statuses)], [200, 429]);
  assert.equal(statuses.filter((status) => status === 200).length, 40);
});

test("what was written may lie about in great number, and not in any", async () => {
  const person = await site.addColleague();
  await db.as(
    id,
    (tx) => tx`
    insert into draft (authority, person, key, state, mode, content, created_at, updated_at)
    select ${id}, ${person}, 'filled-up-with-drafts-' || n, 'draft', 'new', '{}', now(), now() from generate_series(1, 1000) n`,
  );
  const cookie = (await site.signIn(person)).header;
  const answer = await compose(cookie, { text: "Ett till" }, "/deck/drafts");
  assert.equal(answer.status, 429);
});

test("a flood from one session is stopped, and nobody else is", async () => {
  const person = await site.addColleague();
  const cookie = (await site.signIn(person)).header;
  const statuses = new Map<number, number>();
  for (let n = 0; n < 70; n++) {
    const some = await Promise.all(
      Array.from({ length: 10 }, () =>
        site.ask("/deck/presence", cookie, { thread: "1", doing: "reading", tab: "a" }),
      ),
    );
    for (const { status } of some) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  assert.deepEqual(Object.fromEntries(statuses), { 400: 600, 429: 100 });
  assert.equal(
    (await site.ask("/deck/presence", anna, { thread: "1", doing: "reading", tab: "a" })).status,
    400,
  );
});

// The last, for it leaves connections behind that the server has closed.
test("what is larger than anybody can write is refused before it is read, everywhere", async () => {
  const text = "a ".repeat(1_500_000);
  const statuses: (number | undefined)[] = [];
  for (const path of [
    "/deck/drafts",
    "/deck/posts",
    "/deck/compose",
    "/deck/compose/checks",
    "/deck/compose/preview",
    "/deck/presence",
    "/deck/care/bulk",
    "/deck/columns",
    "/deck/decks",
  ]) {
    // The connection may be closed while we still send.
    const answer = await compose(anna, { account: office.id, text }, path).catch(() => undefined);
    assert.equal(answer?.status ?? 413, 413, path);
    statuses.push(answer?.status);
  }
  assert.ok(statuses.includes(413), "the server itself has refused");
  assert.equal((await site.ask("/deck", anna)).status, 200);
});
