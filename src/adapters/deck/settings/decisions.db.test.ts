import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { recordFailures } from "#domain/deliveries/peer.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import { findAnyPost, postsOfAccount } from "#domain/posts/read-posts.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { isDomainBlocked } from "#domain/relationships/blocks.ts";
import { findFollow, receiveFollow } from "#domain/relationships/follows.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { exampleRemotePost } from "#test/federation-world.ts";
import { staffSite } from "#test/staff-site.ts";

const { db } = await testDatabase({ after });
const { authority, office, voice, person: admin } = await exampleAuthority(db);
const host = authority.domain;
const site = staffSite(db);

test("a server that does not answer is shown, and tried when asked", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const now = site.services.clock();
  await db.as(authority.id, async (tx) => {
    await queueDeliveries(tx, authority.id, { entry: null, account: office.id, post: null, body: "{}" }, [
      "https://dead.test/inbox",
    ]);
    await recordFailures(
      tx,
      authority.id,
      [{ host: "dead.test", error: "connection refused", random: 0.5 }],
      now,
    );
  });
  assert.match(
    await (await boss.get("/deck/settings/deliveries")).text(),
    /dead\.test[\s\S]*connection refused/,
  );
  const tried = await boss.post("/deck/settings/deliveries", { host: "dead.test" });
  assert.match(tried.headers.get("location") ?? "", /done=trying/);
  assert.match(
    (await boss.post("/deck/settings/deliveries", { host: "none.test" })).headers.get("location") ?? "",
    /nothing-waiting/,
  );
});

test("a report is decided under a rule with a reason, and the post shown again", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const alice = await exampleRemote(db, authority, "alice", "snac.test");
  const received = await db.as(authority.id, (tx) =>
    receivePost(
      tx,
      authority.id,
      {
        network: "fediverse",
        uri: "https://snac.test/p/1",
        url: "https://snac.test/p/1",
        author: alice,
        kind: "note",
        visibility: "public",
        inReplyTo: null,
        publishedAt: site.services.clock(),
        editedAt: null,
        title: null,
        warning: null,
        language: null,
        source: "Köp billiga klockor",
        blocks: blocksFromPlain("Köp billiga klockor"),
        pictures: [],
        mentioned: [],
        entry: null,
      },
      "always",
    ),
  );
  assert.ok("id" in received);
  const post = received.id;
  const report = await db.as(authority.id, (tx) =>
    receiveReport(tx, authority.id, {
      post,
      account: alice,
      reporter: null,
      contact: null,
      words: "Reklam",
      uri: null,
    }),
  );
  const decide = (form: Record<string, string>) => boss.post(`/deck/moderation/reports/${report}`, form);
  assert.match(await (await boss.get("/deck/moderation")).text(), /billiga klockor/);
  assert.match((await decide({ action: "hide", rule: "5" })).headers.get("location") ?? "", /reason-missing/);
  assert.match(
    (await decide({ action: "hide", reason: "Reklam." })).headers.get("location") ?? "",
    /rule-missing/,
  );
  assert.match(
    (await decide({ action: "hide", rule: "5", reason: "Reklam." })).headers.get("location") ?? "",
    /done=handled/,
  );
  assert.match(
    (await decide({ action: "nothing", reason: "Nej." })).headers.get("location") ?? "",
    /done=already/,
  );
  assert.ok((await db.read(authority.id, (tx) => findAnyPost(tx, authority.id, post)))?.hiddenAt);
  assert.match(
    await (await boss.get("/deck/moderation")).text(),
    new RegExp(
      `href="/deck/posts/${post}"[\\s\\S]*Dolt enligt regel 5[\\s\\S]*har inte fått något meddelande`,
    ),
  );
  await boss.post(`/deck/moderation/posts/${post}/unhide`, { reason: "Fel." });
  assert.equal((await db.read(authority.id, (tx) => findAnyPost(tx, authority.id, post)))?.hiddenAt, null);
});

test("whoever decides a report under a rule tells the author, if the box is ticked", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const alma = await exampleRemote(db, authority, "alma", "snac.test");
  const post = await exampleRemotePost(
    db,
    authority,
    await db.read(authority.id, async (tx) => required(await findAccount(tx, authority.id, alma))),
    "https://snac.test/p/2",
  );
  const about = { post, account: alma, reporter: null, contact: null, words: "Reklam", uri: null };
  const report = await db.as(authority.id, (tx) => receiveReport(tx, authority.id, about));
  assert.match(
    await (await boss.get("/deck/moderation")).text(),
    new RegExp(`<input[^>]*id="tell-${report}"[^>]*checked`),
  );
  const ground = { rule: "5", reason: "Reklam.", tell: "1" };
  await boss.post(`/deck/moderation/reports/${report}`, { action: "hide", ...ground });
  assert.match(
    await (await boss.get("/deck/moderation")).text(),
    /Dolt enligt regel 5[\s\S]*Den som skrev har fått ett meddelande/,
  );
  await boss.post(`/deck/moderation/posts/${post}/unhide`, { reason: "Fel.", tell: "1" });
  const told = await db.read(authority.id, (tx) =>
    postsOfAccount(tx, authority.id, voice.id, { kind: "remote", account: alma }, { limit: 5 }),
  );
  assert.deepEqual(
    told.map((one) => [one.visibility, /visar igen|har dolt/.exec(one.source)?.[0]]),
    [
      ["direct", "visar igen"],
      ["direct", "har dolt"],
    ],
  );
});

test("a server is blocked under a rule, and never ourselves", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const ground = { rule: "5", reason: "Skräppost." };
  for (const whom of [host, `@kommunchef@${host}`, "nonsense", "@a@b@c.test", "@nobody@spam.test"])
    assert.equal((await boss.post("/deck/moderation/blocks", { ...ground, whom })).status, 422, whom);
  assert.equal((await boss.post("/deck/moderation/blocks", { whom: "spam.test", reason: "x" })).status, 422);
  assert.equal((await boss.post("/deck/moderation/blocks", { ...ground, whom: "Spam.test" })).status, 303);
  const blocked = () => db.read(authority.id, (tx) => isDomainBlocked(tx, authority.id, "a.spam.test"));
  assert.equal(await blocked(), true);
  assert.match(await (await boss.get("/deck/moderation/blocks")).text(), /spam\.test[\s\S]*Skräppost/);
  await boss.post("/deck/moderation/blocks/lift", { domain: "spam.test", reason: "Rättat." });
  assert.equal(await blocked(), false);
});

test("a follow of a locked account is answered by who speaks for it, and by nobody else", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const bob = await exampleRemote(db, authority, "bob", "snac.test");
  const asked = await db.as(authority.id, (tx) =>
    receiveFollow(tx, authority.id, {
      network: "fediverse",
      uri: "https://snac.test/f/1",
      follower: bob,
      followed: { ...office, locked: true },
      entry: null,
    }),
  );
  assert.equal(asked.outcome, "pending");
  if (asked.outcome !== "pending") return;
  const path = `/deck/settings/accounts/${office.id}/followers`;
  assert.match(await (await boss.get(path)).text(), /Godkänn bob/);
  const elsewhere = await boss.post(`/deck/settings/accounts/${voice.id}/followers`, {
    follow: asked.id,
    answer: "accept",
  });
  assert.match(elsewhere.headers.get("location") ?? "", /not-found/);
  assert.match(
    (await boss.post(path, { follow: asked.id, answer: "accept" })).headers.get("location") ?? "",
    /accepted/,
  );
  assert.equal(
    (await db.read(authority.id, (tx) => findFollow(tx, authority.id, asked.id)))?.state,
    "accepted",
  );
});

function required<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}
