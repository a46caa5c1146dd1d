import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const { header } = await site.signIn();
const typed = (more: Record<string, string>) => ({
  account: site.office.id,
  capacity: "office",
  visibility: "public",
  language: "sv",
  ...more,
});
const ask = async (path: string, body?: Record<string, string>) => {
  const answer = await site.ask(`/deck/compose/${path}`, header, body);
  return { status: answer.status, html: await answer.text() };
};

test("the checks name what they found, with reading ease and length", async () => {
  const { html } = await ask("checks", typed({ text: "Vi bygger en ny skola. Ring 640823-3234 i dag." }));
  assert.match(html, /id="check-personal-number"[^>]*data-block="personalNumber"/);
  assert.match(html, /640823-3234 ser ut som ett personnummer/);
  assert.match(html, /LIX 5, mycket lätt/);
  assert.match(html, /svenska · 46 tecken/);
});

test("a blank composer has nothing to say", async () => {
  const { html } = await ask("checks", typed({ text: "" }));
  assert.doesNotMatch(html, /class="finding|LIX/);
});

test("what is typed is shown as text, never as markup", async () => {
  const hostile = '<script>alert(1)</script> x@gmail.com"><img src=x onerror=alert(1)>';
  for (const path of ["checks", "preview"]) {
    const { html } = await ask(path, typed({ text: hostile, title: hostile, warning: hostile }));
    assert.doesNotMatch(html, /<script>alert|<img src=x/);
  }
});

test("our own accounts, known ones elsewhere, and tags in use are suggested as they are typed", async () => {
  await site.say(site.office, "Nu öppnar #Simhallen");
  const suggested = async (query: string) =>
    [...(await ask(`complete?${query}`)).html.matchAll(/data-insert="([^"]*)"/g)].map((match) => match[1]);
  assert.deepEqual(await suggested("kind=mention&q=komm"), ["@kommunchef"]);
  assert.deepEqual(await suggested("kind=mention&q=asa@soc"), ["@asa@social.test"]);
  assert.deepEqual(await suggested("kind=mention&q=%25"), []);
  assert.deepEqual(await suggested("kind=tag&q=SIM"), ["#simhallen"]);
  assert.equal((await ask("complete?kind=other&q=x")).status, 400);
});

test("the preview is what the public page then shows", async () => {
  const text = "Hej @kommunchef, läs om #simhallen på https://exempel.test/sida.\n\nVälkomna!";
  const { html } = await ask("preview", typed({ text, warning: "Badkläder" }));
  const before = bodyOf(html);
  const id = await site.say(site.office, text, { warning: "Badkläder" });
  const page = await (await site.ask(`/@${site.office.handle}/${id}`, header)).text();
  assert.equal(before, bodyOf(page));
});

function bodyOf(html: string): string {
  const [, body] = /<div class="body e-content"[^>]*>(.*?)<\/div>/s.exec(html) ?? [];
  assert.ok(body, "there is a body");
  return body;
}
