import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Hono } from "hono";
import type { Env } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { addPerson } from "#domain/people/person.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { wellFormed } from "#test/well-formed.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const app: Hono<Env> = webApp(webServices(db));
let authority: Authority;
let chief: Account;
let root: PostId;
let answer: PostId;
let hiddenReply: PostId;
let removedOwn: PostId;
let article: PostId;
const id: Record<string, PostId> = {};

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`http://torg.test${path}`, { headers: { host: "torg.test", ...headers } });
const text = async (path: string) => (await get(path)).text();

before(async () => {
  authority = await addAuthority(db, "torg.test", { name: "Exempelkommun" });
  await addVoice(db, authority, "kommunen", {
    name: "Exempelkommun",
    kind: "authority",
    answers: "Kommunikation",
  });
  chief = await addVoice(db, authority, "kommunchef", {
    name: "Kommunchefen",
    role: "Kommundirektör",
    answers: "Kommunen",
  });
  const asa = await addStranger(db, authority, "Asa");
  const per = await addStranger(db, authority, "Per", { indexable: true });
  root = await say(db, authority, chief, "Vi bygger två nya skolor och en skolbuss #skola");
  const asked = await hear(db, authority, asa, "När öppnar de?", { inReplyTo: root });
  answer = await say(db, authority, chief, "I augusti.", { inReplyTo: asked });
  id["asked"] = asked;
  id["per"] = await hear(db, authority, per, "Bra fråga", { inReplyTo: asked });
  hiddenReply = await hear(db, authority, per, "HEMLIGT-DOLT", { inReplyTo: root });
  const gone = await hear(db, authority, asa, "HEMLIGT-BORTTAGET", { inReplyTo: root });
  const person = await db.as(authority.id, (tx) =>
    addPerson(
      tx,
      authority.id,
      { name: "M", email: "m@exempel.test", roles: ["moderator"], language: "sv" },
      undefined,
    ),
  );
  assert.equal(person.outcome, "added");
  await db.as(authority.id, async (tx) => {
    if (person.outcome !== "added") return;
    await decideOnPost(
      tx,
      authority.id,
      { action: "hide", post: hiddenReply, rule: 2, reason: "Kränkande om en granne", person: person.id },
      now,
    );
    const uri = `https://grannen.test/posts/${await numberOf(tx, gone)}`;
    await receiveDelete(
      tx,
      authority.id,
      { network: "fediverse", uri, author: asa, authorUri: "", entry: null },
      now,
    );
  });
  await hear(db, authority, asa, "HEMLIGT-DIREKT", {
    inReplyTo: root,
    visibility: "direct",
    mentioned: [chief.id],
  });
  await say(db, authority, chief, "HEMLIGT-FÖLJARE #skola", { visibility: "followers" });
  id["unlisted"] = await say(db, authority, chief, "Olistat #skola", { visibility: "unlisted" });
  id["followers"] = await say(db, authority, chief, "HEMLIGT-SVAR", {
    visibility: "followers",
    inReplyTo: asked,
  });
  removedOwn = await say(db, authority, chief, "HEMLIGT-EGET #skola");
  article = await say(db, authority, chief, "## Varför\n\nDet blev *trångt*.", {
    kind: "article",
    sourceType: "markdown",
    title: "Om simhallen <ny>",
  });
  await db.as(authority.id, async (tx) => {
    await deletePost(tx, authority.id, { id: removedOwn, account: chief.id, person: null }, now);
    await indexPosts(tx, authority.id, [removedOwn]);
    await editPost(
      tx,
      authority,
      {
        kind: "article",
        sourceType: "markdown",
        source: "## Varför\n\nDet blev *fullt*.",
        title: "Om simhallen <ny>",
        language: "sv",
        attachments: [],
        reason: "Fel ord",
        account: chief.id,
        person: null,
        post: article,
      },
      now,
    );
  });
});

test("nothing that is hidden, removed or not public is on any page, feed, sitemap or search", async () => {
  const paths = [
    "/",
    "/en",
    "/@kommunchef",
    "/@kommunchef?with=replies",
    `/@kommunchef/${root}`,
    `/@kommunchef/${answer}`,
    `/@kommunchef/${removedOwn}`,
    `/@kommunchef/${removedOwn}/history`,
    `/posts/${hiddenReply}`,
    "/tags/skola",
    "/search?q=hemligt",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/@kommunchef/feed.rss",
    "/@kommunchef/feed.json",
    "/tags/skola/feed.atom",
    "/sitemap.xml",
    "/accounts",
    "/accounts.json",
    `/report?post=${hiddenReply}`,
    `/@kommunchef/${id["followers"]}`,
    `/@kommunchef/${id["followers"]}/reply`,
    `/@kommunchef/${id["followers"]}/history`,
  ];
  for (const path of paths) assert.doesNotMatch(await text(path), /HEMLIGT/, path);
  assert.equal((await get(`/@kommunchef/${id["followers"]}`)).status, 404);
  assert.equal((await get(`/posts/${hiddenReply}`)).status, 404);
  const listed = await text("/sitemap.xml");
  assert.match(listed, new RegExp(`/@kommunchef/${root}<`));
  assert.doesNotMatch(listed, new RegExp(`${removedOwn}|${id["unlisted"]}`));
  assert.doesNotMatch(await text("/feed.rss"), /Olistat/);
});

test("a thread shows the answers in place and says what is missing", async () => {
  const page = await text(`/@kommunchef/${root}`);
  assert.match(page, /När öppnar de\?/);
  assert.match(page, /I augusti/);
  assert.match(page, /Dolt enligt regel 2 \(kränkningar\)\.\s*Skäl: Kränkande om en granne/);
  assert.match(page, /borttaget av den som skrev/);
  assert.match(page, /2 svar visas inte/);
  assert.match(page, /via fediversum/);
  assert.match(page, new RegExp(`id="post-${id["asked"]}"[^>]* data-nosnippet`));
  assert.doesNotMatch(page, new RegExp(`id="post-${id["per"]}"[^>]* data-nosnippet`));
  assert.doesNotMatch(page, /<script/);
  const reply = await text(`/@kommunchef/${answer}`);
  assert.match(reply, /class="ancestors"/);
});

test("one address for each post: the wrong handle and a remote reply lead to it", async () => {
  const wrong = await get(`/@kommunen/${root}`);
  assert.deepEqual([wrong.status, wrong.headers.get("location")], [301, `/@kommunchef/${root}`]);
  const remote = await get(`/en/posts/${id["asked"]}`);
  assert.deepEqual(
    [remote.status, remote.headers.get("location")],
    [302, `/en/@kommunchef/${root}#post-${id["asked"]}`],
  );
  const escaped = await get(`/%40kommunchef/${root}`);
  assert.equal(escaped.headers.get("location"), `http://torg.test/@kommunchef/${root}`);
  const own = await get(`/posts/${root}`);
  assert.deepEqual([own.status, own.headers.get("location")], [301, `/@kommunchef/${root}`]);
});

test("an answer to what was not said in public says so and does not name who wrote it", async () => {
  const sender = await addStranger(db, authority, "Diskret");
  const secret = await hear(db, authority, sender, "HEMLIGT-BREV", {
    visibility: "direct",
    mentioned: [chief.id],
  });
  const ours = await say(db, authority, chief, "Så här svarar vi alla som undrar", { inReplyTo: secret });
  for (const path of [`/@kommunchef/${ours}`, "/@kommunchef?with=replies"]) {
    const page = await text(path);
    assert.match(page, /alla som undrar/);
    assert.doesNotMatch(page, /HEMLIGT|Diskret/i, path);
  }
  assert.match(await text(`/@kommunchef/${ours}`), /svarar på visas inte: det är inte offentligt/);
});

test("a question that begins elsewhere is shown around our answer, out of the search engines' reach", async () => {
  const asa = await addStranger(db, authority, "Asa");
  const question = await hear(db, authority, asa, "Fråga ute i världen", { mentioned: [chief.id] });
  assert.equal((await get(`/posts/${question}`)).status, 404, "nobody of ours has answered");
  const ours = await say(db, authority, chief, "Vårt svar dit", { inReplyTo: question });
  const page = await get(`/posts/${question}`);
  assert.equal(page.status, 200);
  const shown = await page.text();
  assert.match(shown, /Vårt svar dit/);
  assert.match(shown, /name="robots" content="noindex"/);
  assert.match(await text(`/@kommunchef/${ours}`), /Fråga ute i världen/);
});

test("a removed post says so with 410, an unknown page with 404", async () => {
  const removed = await get(`/@kommunchef/${removedOwn}`);
  assert.equal(removed.status, 410);
  assert.match(await removed.text(), /finns kvar bland myndighetens handlingar/);
  const unknown = await get("/@ingen");
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /Sidan finns inte/);
  const asJson = await get("/@ingen", { accept: "application/json" });
  assert.match(((await asJson.json()) as { error: string }).error, /Sidan finns inte/);
  const other = await app.request("http://annan.test/", { headers: { host: "annan.test" } });
  assert.equal(other.status, 421);
});

test("every version of a post can be read with what changed and why", async () => {
  const page = await text(`/@kommunchef/${article}/history`);
  assert.match(page, /Fel ord/);
  assert.match(page, /<del>.*trångt.*<\/del>/);
  assert.match(page, /<ins>.*fullt.*<\/ins>/);
  assert.match(
    await text(`/@kommunchef/${article}`),
    /<h1 class="title p-name">Om simhallen &lt;ny&gt;<\/h1>/,
  );
});

test("search finds the other forms and compounds of a word, and titles", async () => {
  assert.match(await text("/search?q=skolan"), /två nya skolor/);
  assert.match(await text("/search?q=skol"), /skolbuss/);
  assert.match(await text("/search?q=simhall"), /Om simhallen/);
  assert.match(await text("/search?q=flygplats"), /Inget hittades/);
  assert.equal((await get(`/search?q=${encodeURIComponent("') | ('")}`)).status, 200);
});

test("another authority shows nothing of this one", async () => {
  await addAuthority(db, "grannkommun.test", { name: "Grannkommun" });
  const there = (path: string) =>
    app.request(`http://grannkommun.test${path}`, { headers: { host: "grannkommun.test" } });
  for (const path of ["/", "/feed.rss", "/sitemap.xml", "/search?q=skolor", "/tags/skola", "/accounts.json"])
    assert.doesNotMatch(await (await there(path)).text(), /kommunchef|skolbuss/, path);
  assert.equal((await there(`/@kommunchef/${root}`)).status, 404);
  assert.equal((await there(`/posts/${root}`)).status, 404);
});

test("feeds are well formed, whole and absolute", async () => {
  for (const path of [
    "/feed.rss",
    "/feed.atom",
    "/@kommunchef/feed.rss",
    "/tags/skola/feed.atom",
    "/sitemap.xml",
    "/opensearch.xml",
    "/favicon.svg",
  ]) {
    const response = await get(path);
    assert.equal(response.status, 200, path);
    assert.equal(wellFormed(await response.text()), undefined, path);
  }
  const rss = await text("/feed.rss");
  assert.match(rss, /<title>Om simhallen &lt;ny&gt;<\/title>/);
  assert.match(rss, /content:encoded>&lt;h\d&gt;Varför/);
  const json = (await (await get("/feed.json")).json()) as { items: { url: string; content_html: string }[] };
  assert.equal(json.items.length, 2);
  assert.ok(json.items.every((item) => item.url.startsWith("http://torg.test/@kommunchef/")));
  assert.match(json.items[1]?.content_html ?? "", /href="http:\/\/torg\.test\/tags\/skola"/);
});

async function numberOf(tx: Transaction, post: PostId): Promise<string> {
  const [row] = await tx<
    { uri: string }[]
  >`select uri from post where authority = ${authority.id} and id = ${post}`;
  return row?.uri.split("/").at(-1) ?? "";
}
