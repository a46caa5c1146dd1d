import assert from "node:assert/strict";
import { test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { changeTags, listTags } from "#domain/care/tags.ts";
import { changedSince } from "#domain/drafts/changed-since.ts";
import type { PersonId } from "#domain/people/person.ts";
import { changeRoles } from "#domain/people/change-person.ts";
import { testDatabase } from "../database.ts";
import { startDeckSite } from "../deck-site.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const { authority, office, voice } = site;
const { id } = authority;
const anna = (await site.signIn()).header;
/** Has got hold of a session of somebody with one grant. */
const phished = await site.addColleague();
const phish = (await site.signIn(phished)).header;
await grant(phished, voice.id);
let serial = 0;

function grant(person: PersonId, account: string): Promise<void> {
  return db.as(id, (tx) => grantAccount(tx, id, { person, account: account as typeof voice.id }, undefined));
}

const base = { capacity: "office", visibility: "public", language: "sv", step: "publish" };
const once = () => `a-hostile-form-number-${++serial}`;
const compose = (cookie: string, form: Record<string, string>, path = "/deck/posts") =>
  fetch(site.origin + path, {
    method: "POST",
    headers: { cookie, origin: site.origin, "x-deck-part": "composer" },
    body: new URLSearchParams({ ...base, once: once(), ...form }),
    redirect: "manual",
  });
const account = async (which: string) => {
  const found = await db.read(id, (tx) => findAccount(tx, id, which as typeof office.id));
  return found ?? assert.fail();
};

test("an answer in confidence that waits to go out is shown to nobody who may not read it when it has", async (t) => {
  site.services.config.undoSeconds = 60;
  t.after(() => void (site.services.config.undoSeconds = 0));
  const question = await site.hear("När öppnar ni?", { mentioned: [office.id, voice.id] });
  const secret = {
    account: office.id,
    inReplyTo: question,
    visibility: "direct",
    text: "@asa@social.test Hemligt",
  };
  assert.equal((await compose(anna, secret)).status, 202);
  const answer = await compose(phish, {
    account: voice.id,
    inReplyTo: question,
    text: "Klockan tio",
    seen: question,
  });
  assert.ok(!(await answer.text()).includes("Hemligt"));
  const asked = { thread: question, seen: null };
  const seenBy = (person: PersonId, accounts: (typeof office.id)[]) =>
    db.read(id, (tx) => changedSince(tx, id, { ...asked, person, viewer: { kind: "staff", accounts } }));
  assert.equal(await seenBy(phished, []), undefined);
  assert.equal((await seenBy(phished, [office.id]))?.waiting[0]?.text, "@asa@social.test Hemligt");
  const confided = await site.hear("Mitt ärende", { visibility: "direct" });
  const about = {
    account: office.id,
    inReplyTo: confided,
    visibility: "public",
    text: "Öppet svar på något hemligt",
  };
  assert.equal((await compose(anna, about)).status, 202);
  const curious = await compose(phish, {
    account: voice.id,
    inReplyTo: confided,
    text: "Vad säger de?",
    seen: "",
  });
  assert.ok(!(await curious.text()).includes("något hemligt"));
});

test("whoever waits for approval does not let themselves off it, in the settings or from the shell", async () => {
  const turn = (on: boolean) =>
    db.as(id, (tx) => tx`update account set approval = ${on} where authority = ${id} and id = ${voice.id}`);
  const save = (cookie: string, more: Record<string, string>) =>
    site.ask(`/deck/settings/accounts/${voice.id}`, cookie, { name: voice.name, ...more });
  await turn(true);
  assert.equal((await save(phish, {})).status, 303);
  assert.equal((await account(voice.id)).approval, true);
  const boss = await site.addColleague();
  await db.as(id, (tx) => changeRoles(tx, id, boss, ["admin"], site.person));
  const admin = (await site.signIn(boss)).header;
  assert.equal((await save(admin, {})).status, 303);
  assert.equal((await account(voice.id)).approval, false);
  assert.equal((await save(phish, { approval: "1" })).status, 303);
  assert.equal((await account(voice.id)).approval, false, "nor decides for the others");
});

test("a personal number is not let through by marks or by what nobody sees", async () => {
  const hidden: Record<string, string>[] = [
    { text: "Ring 640823\u200B-3234" },
    { text: "Ring ６４０８２３-３２３４" },
    { text: "Ring", warning: "Om 6408\u00AD23-3234" },
    { text: "Ring 6408**23**-3234", article: "1", title: "Nyhet" },
    { text: "Ring 640823\\-3234", article: "1", title: "Nyhet" },
    { text: "Ring 640823&#45;3234", article: "1", title: "Nyhet" },
    { text: "Ring", article: "1", title: "Om 640823\u2011323\u20604" },
  ];
  for (const form of hidden) {
    const answer = await compose(anna, { account: office.id, ...form });
    assert.equal(answer.status, 422, JSON.stringify(form));
    assert.match(await answer.text(), /personalNumberReason/);
  }
});

test("numbers that are none are answered with sense", async () => {
  const question = await site.hear("Hur sent?");
  const most = "9".repeat(19);
  const forms: Record<string, string>[] = [{ seen: most }, { seen: "0" }, { version: "999999" }];
  for (const form of forms)
    assert.ok(
      (await compose(anna, { account: office.id, inReplyTo: question, text: "Till tio", ...form })).status <
        500,
    );
  const long = { account: office.id, text: "@asa@social.test Ring oss", language: "sv", seen: question };
  const moved = await site.ask(`/deck/posts/${question}/safe-channel`, anna, {
    ...long,
    once: "a".repeat(100),
  });
  assert.ok(moved.status < 500);
  for (const skip of ["1.5", "-1", "Infinity", "1e9", "x"])
    assert.equal((await site.ask(`/deck/care?skip=${skip}`, anna)).status, 200, skip);
});

test("labels tell nobody what is said in confidence elsewhere", async () => {
  const question = await site.hear("Mitt ärende", { visibility: "direct", mentioned: [office.id] });
  const by = { person: site.person, accounts: [office.id] };
  const done = await db.as(id, (tx) =>
    changeTags(tx, id, { thread: question, add: ["per persson vräks"], remove: [] }, by),
  );
  assert.equal(done.outcome, "done");
  assert.deepEqual(await db.read(id, (tx) => listTags(tx, id, [voice.id])), []);
  assert.deepEqual(await db.read(id, (tx) => listTags(tx, id, [office.id])), ["per persson vräks"]);
  const nobody = (await site.signIn(await site.addColleague())).header;
  for (const cookie of [phish, nobody])
    for (const path of ["/deck/care", "/deck/care/bulk?step=tags", "/deck"])
      assert.ok(!(await (await site.ask(path, cookie)).text()).includes("vräks"), path);
});

test("whether something said in confidence concerns us is for those it was said to", async () => {
  const open = await site.hear("En fråga till båda", { mentioned: [office.id, voice.id] });
  await site.hear("Och i förtroende", { visibility: "direct", mentioned: [office.id], inReplyTo: open });
  const decide = (cookie: string) => site.ask(`/deck/posts/${open}/concern`, cookie, { concerns: "no" });
  assert.equal((await decide(phish)).status, 404);
  const page = await (await site.ask(`/deck/posts/${open}`, phish)).text();
  assert.ok(!page.includes('id="concern"'));
  assert.equal((await decide(anna)).status, 303);
});

test("a line that was opened while its grant was taken back is closed", async () => {
  const person = await site.addColleague();
  await grant(person, office.id);
  const cookie = (await site.signIn(person)).header;
  const stream = await site.ask("/deck/stream", cookie);
  const reader = stream.body?.getReader() ?? assert.fail();
  // As if the entry about it had been told before the line was there.
  await db.as(id, (tx) => tx`delete from account_grant where authority = ${id} and person = ${person}`);
  const ended = AbortSignal.timeout(15_000);
  for (;;) {
    assert.ok(!ended.aborted, "still open");
    const { done } = await reader.read();
    if (done) break;
  }
});

test("whoever loses a grant takes nothing along: not what waits, not what was approved, not what they read", async () => {
  const person = await site.addColleague();
  await grant(person, office.id);
  const cookie = (await site.signIn(person)).header;
  const secret = await site.hear("I förtroende", { visibility: "direct" });
  const when = "2099-01-01T08:00";
  const kept = await compose(cookie, { account: office.id, text: "Planerat", when, step: "schedule" });
  const { draft } = (await kept.json()) as { draft: string };
  await db.as(id, (tx) => revokeGrant(tx, id, { person, account: office.id }, undefined));
  assert.equal((await site.ask(`/deck/posts/${secret}`, cookie)).status, 404);
  assert.equal((await compose(cookie, { account: office.id, text: "Ändå" })).status, 403);
  await site.ask(`/deck/drafts/${draft}/now`, cookie, {});
  const [row] = await db.read(
    id,
    (tx) =>
      tx<
        { state: string; problem: string }[]
      >`select state, problem from draft where authority = ${id} and id = ${draft}`,
  );
  assert.deepEqual([row?.state, row?.problem], ["failed", "account-revoked"]);
  for (const path of ["/deck/compose/checks", "/deck/compose/preview", "/deck/compose"])
    assert.equal((await compose(cookie, { account: office.id, text: "Ändå" }, path)).status, 403, path);
  const search = await (await site.ask("/deck/find?q=f%C3%B6rtroende", cookie)).text();
  assert.ok(!search.includes(secret));
});

test("the words of drafts and notes are not in the journal", async () => {
  const post = await site.say(await account(office.id), "Något öppet");
  await compose(anna, { account: office.id, text: "Hemligtutkast", step: "draft" });
  await site.hear("Fråga om en notering", { inReplyTo: post });
  const noted = await site.ask(`/deck/care/${post}/note`, anna, { text: "Hemlignotering" });
  assert.equal(noted.status, 303);
  const [row] = await db.read(
    id,
    (tx) => tx<{ count: number }[]>`
      select count(*)::int as count from journal
      left join journal_payload payload on payload.authority = journal.authority and payload.entry = journal.id
      where journal.authority = ${id} and (journal::text like '%Hemlignotering%' or journal::text like '%Hemligtutkast%'
        or payload::text like '%Hemlignotering%' or payload::text like '%Hemligtutkast%')`,
  );
  assert.equal(row?.count, 0);
});

test("a resident's name makes an office call on nobody", async () => {
  await db.as(
    id,
    (tx) =>
      tx`update account set name = ${"@kommunchef@evil.test https://evil.test #x"} where authority = ${id} and id = ${site.asa}`,
  );
  const question = await site.hear("Vem är jag?");
  const form = { name: "Hälsning", text: "Hej {namn}!", account: office.id, language: "sv" };
  assert.equal((await site.ask("/deck/settings/care/canned/new", anna, form)).status, 303);
  const page = await (await site.ask(`/deck/canned?post=${question}&account=${office.id}`, anna)).text();
  assert.match(page, /Hej kommunchef@evil\.test evil\.test x!/);
});

test("a time that no clock shows is no fault", async () => {
  const form = { account: office.id, text: "När?", when: "2026-99-99T99:99" };
  for (const path of ["/deck/compose/preview", "/deck/compose/checks", "/deck/drafts", "/deck/posts"])
    assert.ok((await compose(anna, { ...form, step: "schedule" }, path)).status < 500, path);
  for (const path of ["/deck", "/deck/drafts", "/deck/planned"])
    assert.equal((await site.ask(path, anna)).status, 200, path);
});
