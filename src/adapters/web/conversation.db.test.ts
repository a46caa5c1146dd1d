import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { react } from "#domain/posts/react.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const app = webApp(webServices(db));
let authority: Authority;
let chief: Account;
let town: Account;
let per: AccountId;

const get = (path: string) => app.request(`http://torg.test${path}`, { headers: { host: "torg.test" } });
const text = async (path: string) => (await get(path)).text();

before(async () => {
  authority = await addAuthority(db, "torg.test");
  chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  town = await addVoice(db, authority, "kommunen", { name: "Exempelkommun", kind: "authority" });
  per = await addStranger(db, authority, "Per");
});

test("an account's page shows what it passes on, marked, as long as anyone may see it", async () => {
  const ours = await say(db, authority, town, "Biblioteket öppnar igen");
  const theirs = await hear(db, authority, per, "Bilder från biblioteket");
  const removed = await say(db, authority, town, "HEMLIGT-BORTTAGET");
  for (const post of [ours, theirs, removed]) await boost(post);
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: removed, account: town.id, person: null }, now),
  );
  const page = await text("/@kommunchef");
  assert.match(page, /Kommunchefen delade.*Bilder från biblioteket.*Kommunchefen delade.*öppnar igen/s);
  assert.doesNotMatch(page, /HEMLIGT/);
  const passedOn = new RegExp(`<article class="post h-entry" data-post="${theirs}" data-nosnippet>`);
  assert.match(page, passedOn, "no anchor of its own, and not to be quoted by search engines");
  assert.match(
    page,
    /class="when u-url" href="https:\/\/grannen\.test\/posts\/\d+"/,
    "its page is elsewhere",
  );
  assert.doesNotMatch(await text("/@kommunchef/feed.rss"), /bibliotek/i);
});

test("older posts go on after what was passed on", async () => {
  const many = await addVoice(db, authority, "flitig", { name: "Flitig" });
  await say(db, authority, many, "Allra äldst");
  for (let n = 0; n < 20; n++) await boost(await say(db, authority, town, `Notis ${n}.`), many);
  const first = await text("/@flitig");
  assert.match(first, /Notis 0\..*rel="next"/s);
  const older = /rel="next" href="([^"]+)"/.exec(first)?.[1] ?? "";
  const second = await text(older);
  assert.match(second, /Allra äldst/);
  assert.doesNotMatch(second, /Notis/);
});

test("what somebody else said in our conversation can be answered from one's own network, naming us", async () => {
  const asked = await hear(db, authority, per, "Varför är det mörkt?", { mentioned: [chief.id] });
  assert.equal((await get(`/posts/${asked}/reply`)).status, 404, "nobody of ours has taken part");
  await say(db, authority, chief, "Vi lagar lampan.", { inReplyTo: asked });
  const thread = await text(`/posts/${asked}`);
  assert.match(thread, new RegExp(`href="/posts/${asked}/reply"`));
  const page = await text(`/posts/${asked}/reply`);
  assert.match(page, /Du svarar Per/);
  assert.match(page, /Nämn också @kommunchef@torg\.test/);
  assert.match(page, /Innan du skriver/);
  const sent = await app.request(`http://torg.test/posts/${asked}/reply`, {
    method: "POST",
    headers: { host: "torg.test", origin: "http://torg.test" },
    body: new URLSearchParams({ server: "@anna@mastodon.example" }),
  });
  assert.equal(sent.status, 303);
  const uri = encodeURIComponent("https://grannen.test/posts/");
  assert.match(sent.headers.get("location") ?? "", new RegExp(`^https://mastodon\\.example/.*uri=${uri}`));
});

test("a reply to an answer that is not shown says so, without naming it", async () => {
  const root = await say(db, authority, chief, "Vad tycker ni?");
  const stranger = await addStranger(db, authority, "Diskret");
  const secret = await hear(db, authority, stranger, "HEMLIGT-BREV", {
    inReplyTo: root,
    visibility: "direct",
    mentioned: [chief.id],
  });
  await hear(db, authority, per, "Jag håller med dig", { inReplyTo: secret });
  const page = await text(`/@kommunchef/${root}`);
  assert.match(page, /Svarar på ett inlägg som inte visas.*Jag håller med dig/s);
  assert.doesNotMatch(page, /HEMLIGT|Diskret/);
});

test("the page of a reply leads to the whole conversation", async () => {
  const root = await say(db, authority, chief, "Början");
  const asked = await hear(db, authority, per, "Mitten", { inReplyTo: root });
  const ours = await say(db, authority, chief, "Slutet", { inReplyTo: asked });
  assert.match(await text(`/@kommunchef/${ours}`), new RegExp(`href="/posts/${root}">Hela samtalet`));
  assert.doesNotMatch(await text(`/@kommunchef/${root}`), /Hela samtalet/);
});

test("only the page of the first post has later parts: on that of a reply, what is asked of them counts for nothing", async () => {
  const root = await say(db, authority, chief, "Först av alla");
  const reply = await say(db, authority, chief, "Ett eget svar", { inReplyTo: root });
  const last = await hear(db, authority, per, "Sist av alla", { inReplyTo: reply });
  for (const after of [root, reply, last]) {
    const page = await text(`/@kommunchef/${reply}?after=${after}`);
    assert.match(page, /Först av alla.*Ett eget svar.*Sist av alla/s);
    assert.equal(page.match(/data-post="/g)?.length, 3, "each once");
  }
  const later = await text(`/@kommunchef/${root}?after=${reply}`);
  assert.match(later, /Först av alla.*Sist av alla/s);
  assert.doesNotMatch(later, /Ett eget svar/);
});

test("a conversation of more than a thousand posts goes on, and each reply is found in its part", async () => {
  const root = await say(db, authority, chief, "Stort samtal");
  const first = await hear(db, authority, per, "Allra första svaret", { inReplyTo: root });
  await multiply(first, 1_000);
  const late = await hear(db, authority, per, "Sent svar på det första", { inReplyTo: first });
  const begin = await text(`/@kommunchef/${root}`);
  assert.doesNotMatch(begin, /Sent svar/);
  const next = /rel="next" href="([^"]+)"/.exec(begin)?.[1] ?? "";
  assert.match(next, new RegExp(`^/@kommunchef/${root}\\?after=\\d+$`));
  const more = await text(next);
  assert.match(more, /Stort samtal.*Svar till <a[^>]*href="\/posts\/\d+"[^>]*><bdi>Per.*Sent svar/s);
  assert.doesNotMatch(more, /Allra första|rel="next"/);
  assert.match(more, new RegExp(`rel="canonical" href="http://torg.test${next.replace("?", "\\?")}"`));
  assert.equal((await get(`/posts/${late}`)).headers.get("location"), `${next}#post-${late}`);
  assert.equal((await get(`/posts/${first}`)).headers.get("location"), `/@kommunchef/${root}#post-${first}`);
  const answer = await say(db, authority, chief, "Vårt sena svar", { inReplyTo: late });
  assert.match(
    await text(`/@kommunchef/${answer}`),
    /Stort samtal.*Allra första.*Sent svar.*Vårt sena svar/s,
  );
});

async function boost(post: PostId, by = chief): Promise<void> {
  const own = { reaction: "boost", post, account: by.id, person: null } as const;
  const done = await db.as(authority.id, (tx) => react(tx, authority.id, own));
  assert.equal(done.outcome, "reacted");
}

/** The same reply again and again, as quickly as the database makes them. */
async function multiply(post: PostId, times: number): Promise<void> {
  await db.as(authority.id, async (tx) => {
    await tx`
      with copy as (
        insert into post (authority, id, account, network, uri, kind, visibility, thread, in_reply_to, published_at)
        select authority, next_id(), account, network, uri || '/' || n, kind, visibility, thread, in_reply_to, published_at
        from post, generate_series(1, ${times}) n where authority = ${authority.id} and id = ${post}
        returning authority, id)
      insert into post_version (authority, post, version, source_type, source, blocks, at)
      select copy.authority, copy.id, 1, 'plain', 'Mer', '[]', now() from copy`;
  });
}
