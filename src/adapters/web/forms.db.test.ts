import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { listReports } from "#domain/moderation/report.ts";
import type { PostId } from "#domain/posts/post.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, say, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const app = webApp(webServices(db));
let authority: Authority;
let chief: Account;
let post: PostId;
let reply: PostId;

const get = (path: string) => app.request(`http://torg.test${path}`, { headers: { host: "torg.test" } });
const send = (path: string, fields: Record<string, string>, origin = "http://torg.test") =>
  app.request(`http://torg.test${path}`, {
    method: "POST",
    headers: { host: "torg.test", origin },
    body: new URLSearchParams(fields),
  });

before(async () => {
  authority = await addAuthority(db, "torg.test");
  chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  post = await say(db, authority, chief, "Vad tycker ni?");
  reply = await hear(db, authority, await addStranger(db, authority, "Per"), "Köp mina klockor", {
    inReplyTo: post,
  });
});

test("a reply is written in one's own network, led there by server or handle", async () => {
  const form = await get(`/@kommunchef/${post}/reply`);
  const page = await form.text();
  assert.match(page, /blir en allmän handling/);
  assert.match(page, new RegExp(`<code>http://torg.test/@kommunchef/${post}</code>`));
  assert.match(form.headers.get("content-security-policy") ?? "", /form-action 'self' https:/);
  const uri = encodeURIComponent(`http://torg.test/ap/posts/${post}`);
  for (const typed of ["mastodon.example", "@anna@mastodon.example", "https://Mastodon.example/home"]) {
    const sent = await send(`/@kommunchef/${post}/reply`, { server: typed });
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get("location"), `https://mastodon.example/authorize_interaction?uri=${uri}`);
  }
  const followed = await send("/en/@kommunchef/follow", { server: "mastodon.example" });
  assert.match(followed.headers.get("location") ?? "", /%2Fap%2Faccounts%2F\d+$/);
});

test("what is no server is refused with the words kept", async () => {
  for (const typed of [
    "",
    "localhost",
    "127.0.0.1",
    "mastodon.example:8080",
    "a@b@c",
    "evil.example\\@x",
    "[::1]",
    "x.example/..//y",
  ]) {
    const sent = await send(`/@kommunchef/${post}/reply`, { server: typed });
    if (sent.status === 303)
      assert.match(sent.headers.get("location") ?? "", /^https:\/\/[a-z.]+\/authorize/);
    else assert.equal(sent.status, 400, typed);
  }
  assert.match(
    await (await send("/@kommunchef/follow", { server: "localhost" })).text(),
    /value="localhost"/,
  );
});

test("a form from another site is refused", async () => {
  assert.equal((await send("/report", { post: reply, words: "x" }, "https://evil.example")).status, 403);
});

test("a report is kept without asking who, and says when we knew", async () => {
  assert.match(await (await get(`/report?post=${reply}`)).text(), /Köp mina klockor/);
  const empty = await send("/report", { post: reply, words: " " });
  assert.equal(empty.status, 400);
  const sent = await send("/report", { post: reply, words: "Reklam", contact: "" });
  assert.equal(sent.status, 200);
  assert.match(await sent.text(), /Vi fick den 22 november 2026 kl\. 11\.00/);
  const reports = await db.read(authority.id, (tx) => listReports(tx, authority.id, "waiting", 10));
  assert.deepEqual(
    reports.map((report) => [report.post, report.words, report.contact, report.reporter]),
    [[reply, "Reklam", null, null]],
  );
});

test("reports from one network are limited", async () => {
  const statuses = [];
  for (let n = 0; n < 12; n++) statuses.push((await send("/report", { post: reply, words: "igen" })).status);
  assert.equal(statuses.at(-1), 429);
});
