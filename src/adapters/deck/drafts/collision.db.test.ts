import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { findAnyPost, readThread } from "#domain/posts/read-posts.ts";
import type { PostId } from "#domain/posts/post.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const asked = await Promise.all([site.signIn(), addBo()]);
const [anna, bo] = [asked[0].header, asked[1]];
let serial = 0;

/** A colleague who may speak for the office too, and their cookie. */
async function addBo(): Promise<string> {
  const person = await site.addColleague();
  const grant = { person, account: site.office.id };
  await db.as(site.authority.id, (tx) => grantAccount(tx, site.authority.id, grant, undefined));
  return (await site.signIn(person)).header;
}

/** What a reply's composer holds that one of them opens. */
async function openReply(cookie: string, to: PostId): Promise<Record<string, string>> {
  const page = await (await site.ask(`/deck/posts/${to}/reply`, cookie)).text();
  return { ...fieldsOf(page), account: site.office.id, inReplyTo: to };
}

function fieldsOf(page: string): { once: string; seen: string } {
  const value = (name: string) =>
    new RegExp(` name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? assert.fail(name);
  return { once: value("once"), seen: value("seen") };
}

const base = { capacity: "office", visibility: "public", language: "sv", step: "publish" };

async function send(cookie: string, form: Record<string, string>, text: string): Promise<Response> {
  const body = new URLSearchParams({ ...base, ...form, text });
  const headers = { cookie, origin: site.origin, "x-deck-part": "composer" };
  return fetch(`${site.origin}/deck/posts`, { method: "POST", headers, body, redirect: "manual" });
}

async function answersTo(post: PostId): Promise<string[]> {
  const { authority } = site;
  const posts = await db.read(authority.id, async (tx) => {
    const found = await findAnyPost(tx, authority.id, post);
    return readThread(
      tx,
      authority.id,
      found?.thread ?? post,
      { kind: "staff", accounts: [site.office.id] },
      50,
    );
  });
  return posts.filter((one) => one.uri === null).map((one) => one.source);
}

for (const [name, undoSeconds, state] of [
  ["waiting for their seconds", 10, "sending"],
  ["sent at once", 0, "sent"],
] as const)
  test(`two answer one question at the same moment, ${name}: exactly one passes, and the other is shown it`, async () => {
    site.services.config.undoSeconds = undoSeconds;
    for (let round = 0; round < 5; round++) {
      const question = await site.hear(`När öppnar ni? ${++serial}`);
      const forms = await Promise.all([openReply(anna, question), openReply(bo, question)]);
      const words = [`Annas svar ${serial}`, `Bos svar ${serial}`] as const;
      const answers = await Promise.all([send(anna, forms[0], words[0]), send(bo, forms[1], words[1])]);
      assert.deepEqual(answers.map((answer) => String(answer.status)).toSorted(), ["202", "409"]);
      const first = answers.findIndex((answer) => answer.status === 202);
      assert.equal(((await answers[first]?.json()) as { state: string } | undefined)?.state, state);
      const stopped = (await answers[1 - first]?.text()) ?? "";
      assert.ok(stopped.includes(words[first] ?? "?"), "what changed is shown");
      assert.ok(stopped.includes(words[1 - first] ?? "?"), "and nothing typed is lost");
      // Whoever has read it and presses again means it.
      const again = { ...forms[1 - first], ...fieldsOf(stopped) };
      const sent = await send(first === 0 ? bo : anna, again, words[1 - first] ?? "");
      assert.equal(sent.status, 202);
      if (state === "sent") assert.equal((await answersTo(question)).length, 2);
    }
  });

test("what came from elsewhere since one began is shown first; one's own words are no news", async () => {
  const question = await site.hear("Är biblioteket öppet?");
  const form = await openReply(anna, question);
  await site.hear("Jag menar på lördag", { inReplyTo: question });
  const stopped = await send(anna, form, "Ja, till fem.");
  assert.equal(stopped.status, 409);
  const page = await stopped.text();
  assert.ok(page.includes("Jag menar på lördag") && page.includes("Ja, till fem."));
  assert.ok(page.indexOf("Jag menar på lördag") < page.indexOf("Ja, till fem."), "shown first");
  const again = { ...form, ...fieldsOf(page) };
  assert.equal((await send(anna, again, "Ja, till fem.")).status, 202);
  const second = { ...(await openReply(anna, question)), seen: again.seen };
  assert.equal((await send(anna, second, "Och på söndag.")).status, 202);
});

test("without script the page that comes back shows what changed, and its button sends", async () => {
  const question = await site.hear("Får man bada?");
  const form = await openReply(anna, question);
  await site.hear("Alltså i fontänen", { inReplyTo: question });
  const stopped = await site.ask("/deck/posts", anna, { ...base, ...form, text: "Nej." });
  assert.equal(stopped.status, 409);
  const page = await stopped.text();
  assert.match(page, /<form[^>]*id="composer"[\s\S]*Alltså i fontänen[\s\S]*name="text"/);
  const sent = await site.ask("/deck/posts", anna, {
    ...base,
    ...form,
    ...fieldsOf(page),
    text: "Nej.",
  });
  assert.equal(sent.status, 303);
});
