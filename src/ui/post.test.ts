import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "#platform/html.ts";
import type { AccountView } from "./account.ts";
import { initial } from "./avatar.ts";
import { type PostView, postArticle } from "./post.ts";
import { thread, type ThreadNode, threadPost, type ThreadView } from "./thread.ts";
import type { Reader } from "./words.ts";

const reader: Reader = {
  language: "sv",
  zone: "Europe/Stockholm",
  today: Temporal.PlainDate.from("2026-03-04"),
};
const shownThread = (view: ThreadView, by: Reader) =>
  thread(view, by, (one, standing) => threadPost(one, by, standing));
const resident: AccountView = {
  id: "1",
  name: "Åsa <b>",
  handle: "@asa@social.example",
  href: "/@asa@social.example",
  ours: false,
  network: "fediverse",
  networkName: "Mastodon",
  kind: "remote",
};
const office: AccountView = {
  ...resident,
  id: "2",
  name: "Kommunchefen",
  handle: "@kommunchef@exempel.example",
  ours: true,
  network: "torg",
  networkName: "Torg",
  kind: "office",
  role: "Kommundirektör",
};
const post = (more: Partial<PostView> = {}): PostView => ({
  id: "7",
  kind: "note",
  account: resident,
  href: "/@asa@social.example/7",
  visibility: "public",
  language: "sv",
  body: html`<p>Öppnar den före påsk?</p>`,
  attachments: [],
  publishedAt: Temporal.Instant.from("2026-03-04T06:55:00Z"),
  actions: html`<a class="action" href="/svara">Svara</a>`,
  ...more,
});

test("A post says who, in what capacity and when before its words, and what can be done after them", () => {
  const text = postArticle(post({ account: office, capacity: "office" }), reader).text;
  const order = ["Kommunchefen", "i tjänsten", "i dag 07.55", "Kommundirektör", "Öppnar den", "Svara"];
  const places = order.map((words) => text.indexOf(words));
  assert.ok(
    places.every((place) => place > 0),
    text,
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test("Names from outside are escaped, their network is named and their avatar is not ours", () => {
  const text = postArticle(post(), reader).text;
  assert.match(text, /Åsa &lt;b&gt;/s);
  assert.match(text, /via Mastodon/s);
  assert.match(text, /class="avatar"/s);
});

test("What only staff may see is in the deck and never on a page", () => {
  const seen = post({ account: office, signedBy: "Anna", delivery: { sent: 14, total: 15, failing: 1 } });
  const page = postArticle(seen, reader).text;
  assert.doesNotMatch(page, /Anna|servrar/s);
  const deck = postArticle(seen, reader, { deck: true }).text;
  assert.match(deck, /Skickat av Anna/s);
  assert.match(deck, /Skickad till 14 av 15 servrar\. 1 svarar inte/s);
});

test("A post in the deck is no anchor, because it may stand in two columns", () => {
  assert.match(postArticle(post(), reader).text, /id="post-7"/s);
  assert.doesNotMatch(postArticle(post(), reader, { deck: true }).text, / id=/s);
});

test("Nothing of a hidden or removed post is left but the reason", () => {
  const hidden = post({ tombstone: { why: "hidden", rule: "3", reason: "namngav ett barn" } });
  const text = postArticle(hidden, reader).text;
  assert.match(text, /Dolt enligt regel 3\. Skäl: namngav ett barn/s);
  assert.doesNotMatch(text, /påsk|Åsa/s);
  const removed = postArticle(post({ tombstone: { why: "removed-by-author" } }), reader).text;
  assert.match(removed, /borttaget av den som skrev det/s);
  assert.doesNotMatch(removed, /påsk|Åsa/s);
});

test("A content warning folds both words and images, and works without scripts", () => {
  const image = {
    src: "/m/1",
    href: "/m/1/full",
    width: 10,
    height: 8,
    alt: "En bassäng",
    type: "image/webp",
  };
  const text = postArticle(post({ warning: "Mögel", attachments: [image] }), reader).text;
  assert.match(
    text,
    /<details class="warning"><summary>.*Mögel.*<\/summary>.*påsk.*alt="En bassäng".*<\/details>/s,
  );
  assert.match(text, /width="10"\s+height="8"\s+loading="lazy"/s);
});

test("An edit is said with its reason and leads to the history", () => {
  const edited = { at: Temporal.Instant.from("2026-03-04T07:02:00Z"), reason: "stavfel", historyHref: "/h" };
  assert.match(postArticle(post({ edited }), reader).text, /href="\/h">.*Ändrad i dag 08\.02: stavfel/s);
});

test("An article is shown by title and excerpt in a list and whole on its page", () => {
  const article = post({ kind: "article", title: "Simhallen", excerpt: "Kort", body: html`<p>Hela</p>` });
  const teaser = postArticle(article, reader).text;
  assert.match(teaser, /Kort/s);
  assert.doesNotMatch(teaser, /Hela/s);
  const page = postArticle(article, reader, { variant: "lead" }).text;
  assert.match(page, /<h1 class="title p-name">Simhallen<\/h1><p>Hela/s);
});

test("A thread is nested lists; deep down each reply says whom it answers instead of moving further in", () => {
  const chain = (depth: number): ThreadNode => ({
    post: post({ id: String(depth), replyTo: { name: "Jonas", href: "/j" } }),
    replies: depth < 7 ? [chain(depth + 1)] : [],
  });
  const text = shownThread({ root: { post: post({ id: "0" }), replies: [chain(1)] } }, reader).text;
  assert.equal(text.match(/<ol class="replies">/g)?.length, 4);
  assert.equal(text.match(/<ol class="replies flat">/g)?.length, 3);
  assert.equal(text.match(/Svar till/g)?.length, 3);
});

test("An official answer is marked as one, a personal word from the same account is not", () => {
  const reply = (capacity: "office" | "personal") =>
    shownThread(
      { root: { post: post(), replies: [{ post: post({ account: office, capacity }), replies: [] }] } },
      reader,
    ).text;
  assert.match(reply("office"), /class="post answer h-entry"/s);
  assert.doesNotMatch(reply("personal"), /class="post answer h-entry"/s);
});

test("Missing replies are counted in their place, in both languages", () => {
  const view = { root: { post: post(), replies: [], missing: [{ why: "not-fetched" as const, count: 2 }] } };
  assert.match(shownThread(view, reader).text, /2 svar har inte kunnat hämtas/s);
  assert.match(shownThread(view, { ...reader, language: "en" }).text, /2 replies could not be fetched/s);
});

test("No inline style or script is ever made, so that the strict policy holds", () => {
  const text = shownThread({ root: { post: post({ warning: "x" }), replies: [] } }, reader).text;
  assert.doesNotMatch(text, /\sstyle=|<script|\son[a-z]+=/s);
});

test("The initial of a name is its first letter, whatever stands before it", () => {
  assert.equal(initial("  «åsa»"), "Å");
  assert.equal(initial("🌲"), "?");
});
