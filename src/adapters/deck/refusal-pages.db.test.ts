import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const cookie = (await site.signIn(await site.addColleague())).header;
const page = { accept: "text/html,application/xhtml+xml", "sec-fetch-dest": "document" };

async function ask(path: string, headers: Record<string, string>, body?: URLSearchParams) {
  const sent = body ? { method: "POST", body } : {};
  const answer = await fetch(site.origin + path, {
    ...sent,
    headers: { origin: site.origin, ...headers },
    redirect: "manual",
  });
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
}

test("whoever is refused is told why on a page of the deck that leads back to their own", async () => {
  for (const path of [`/deck?account=${site.office.id}`, "/deck/settings/people", "/deck/moderation"]) {
    const { status, type, text } = await ask(path, { cookie, ...page });
    assert.deepEqual([status, type], [403, "text/html; charset=UTF-8"], path);
    assert.match(text, /<h1>[^<]+<\/h1>[\s\S]*Ingenting har ändrats[\s\S]*href="\/deck"/);
  }
});

test("a form that is refused ends on a page as well", async () => {
  const form = new URLSearchParams({ account: site.office.id, text: "Hej", step: "publish" });
  const { status, text } = await ask("/deck/posts", { cookie, ...page }, form);
  assert.equal(status, 403);
  assert.match(text, /Du får inte tala för det kontot<\/h1>/);
});

test("a script is given the words alone", async () => {
  const path = `/deck?account=${site.office.id}`;
  for (const headers of [
    { ...page, "x-deck-part": "column" },
    { ...page, "sec-fetch-dest": "empty" },
    { accept: "*/*" },
  ]) {
    const { status, type, text } = await ask(path, { cookie, ...headers });
    assert.deepEqual([status, type], [403, "text/plain; charset=UTF-8"]);
    assert.doesNotMatch(text, /</);
  }
});

test("an address where nothing is keeps a colleague in the deck", async () => {
  const { status, text } = await ask("/deck/nowhere", { cookie, ...page });
  assert.equal(status, 404);
  assert.match(text, /Här finns inget att visa<\/h1>[\s\S]*href="\/deck"/);
});

test("a form sent by whoever is signed out leads to signing in beside it", async () => {
  const { status, text } = await ask("/deck/posts", page, new URLSearchParams({ text: "Hej" }));
  assert.equal(status, 401);
  assert.match(text, /Du är utloggad<\/h1>[\s\S]*href="\/sign-in" target="_blank"/);
});
