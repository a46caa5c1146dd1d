import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { readConfig } from "#config.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");
const site = await startDeckSite(scope, db, {
  config: readConfig({ TORG_UNDO_SECONDS: "10" }),
  clock: () => now,
});
const { authority, office, person } = site;
// The clock stands still at a moment that may have been before a session of today would end.
const anna = (await site.signIn()).header;

let serial = 0;
const form = (text: string, more: Record<string, string> = {}) => ({
  account: office.id,
  capacity: "office",
  visibility: "public",
  language: "sv",
  step: "publish",
  once: `a-key-of-this-form-${++serial}`,
  text,
  ...more,
});
type Told = { state: string; message: string; draft: string; undo?: string; now?: string; until?: string };

async function post(path: string, body: Record<string, string> = {}, cookie = anna): Promise<Response> {
  const headers = { cookie, origin: site.origin, "x-deck-part": "composer" };
  return fetch(site.origin + path, {
    method: "POST",
    headers,
    body: new URLSearchParams(body),
    redirect: "manual",
  });
}
const told = async (answer: Response) => (assert.equal(answer.status, 202), (await answer.json()) as Told);
const pageAt = async (path: string, cookie = anna) => (await site.ask(path, cookie)).text();

async function countOf(text: string): Promise<number> {
  const rows = await db.read(
    authority.id,
    (tx) => tx`select from post_version where authority = ${authority.id} and source = ${text}`,
  );
  return rows.length;
}

test("a script that sends is told until when it can be undone, and undoing gives the words back", async () => {
  const done = await told(await post("/deck/posts", form("Kan ångras")));
  assert.equal(done.state, "sending");
  assert.equal(done.until, "2026-11-22T10:00:10Z");
  const undone = await post(done.undo ?? "");
  assert.equal(undone.status, 200);
  const { state, compose } = (await undone.json()) as { state: string; compose: string };
  assert.equal(state, "draft");
  assert.match(await pageAt(compose), /name="text"[\s\S]*Kan ångras/);
  assert.match(
    await pageAt("/deck"),
    /name="text"[\s\S]*Kan ångras/,
    "and the deck's composer holds them again",
  );
  assert.equal(await countOf("Kan ångras"), 0);
  await post(compose.replace(/\?.*/, "") + "/delete");
});

test("without script the deck says that it is being sent, with a button that takes it back", async () => {
  const sent = await site.ask("/deck/posts", anna, form("Utan skript"));
  const to = sent.headers.get("location") ?? "";
  assert.match(to, /[?&]sent=\d{18}/);
  const page = await pageAt(to);
  const undo = /<form method="post" action="([^"]*\/undo[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  const back = await site.ask(undo ?? "", anna, {});
  assert.equal(back.status, 303);
  assert.match(await pageAt(back.headers.get("location") ?? ""), /Ångrat[\s\S]*Utan skript/);
});

test("one press sends now, and then it is too late to undo", async () => {
  const done = await told(await post("/deck/posts", form("Skicka nu")));
  assert.equal((await told(await post(done.now ?? ""))).state, "sent");
  assert.equal(await countOf("Skicka nu"), 1);
  assert.equal((await post(done.undo ?? "")).status, 409);
});

test("what is typed is kept, and stands in the composer of the next visit", async () => {
  const typed = form("Halvfärdig tanke");
  const kept = await post("/deck/drafts", typed);
  assert.equal(kept.status, 200);
  const { draft, savedAt } = (await kept.json()) as { draft: string; savedAt: string };
  assert.equal(savedAt, "2026-11-22T10:00:00Z");
  assert.match(await pageAt("/deck"), /name="text"[\s\S]*Halvfärdig tanke/);
  assert.match(await pageAt("/deck/drafts"), /Halvfärdig tanke/);
  assert.equal((await post("/deck/drafts", { ...typed, text: "" })).status, 204);
  assert.doesNotMatch(await pageAt("/deck"), /Halvfärdig tanke/);
  assert.equal((await site.ask(`/deck/drafts/${draft}`, anna)).status, 404);
});

test("an answer and a change that were begun go on where they were left", async () => {
  const question = await site.hear("Hur länge?");
  await post("/deck/drafts", form("@asa@social.test Till och med", { inReplyTo: question }));
  assert.match(await pageAt(`/deck/posts/${question}/reply`), /Till och med/);
  const own = await site.say(office, "Öppet till fem");
  await post("/deck/drafts", form("Öppet till sex", { editing: own, version: "1", reason: "Nya tider" }));
  assert.match(await pageAt(`/deck/posts/${own}/edit`), /Öppet till sex/);
  assert.equal((await post("/deck/drafts", form("@asa@social.test ", { inReplyTo: question }))).status, 204);
});

test("put aside, a draft no longer fills the composer but stands in the list", async () => {
  const done = await told(await post("/deck/posts", form("Till senare", { step: "draft" })));
  assert.equal(done.state, "kept");
  assert.doesNotMatch(await pageAt("/deck/compose"), /Till senare/);
  assert.match(await pageAt("/deck/drafts"), /Till senare/);
});

test("a plan says what time it will really be, over the change of the clock as well", async () => {
  const plan = async (when: string) =>
    (await told(await post("/deck/posts", form(`Plan ${when}`, { step: "schedule", when })))).message;
  assert.equal(await plan("2026-11-23T08:00"), "Planerat till måndag 23 november 2026 kl. 08.00.");
  const skipped =
    "Planerat till söndag 28 mars 2027 kl. 03.30. Klockan 02.30 finns inte den dagen, då klockan ställs fram.";
  assert.equal(await plan("2027-03-28T02:30"), skipped);
  assert.match(await plan("2027-10-31T02:30"), /kl\. 02\.30\. Den tiden kommer två gånger .* första\.$/);
  const past = await post("/deck/posts", form("Förr", { step: "schedule", when: "2026-11-22T10:59" }));
  assert.equal(past.status, 422);
  assert.match(await past.text(), /har redan varit/);
});

test("a new time that will not do is refused on a page of the deck, and the plan stands", async () => {
  const planned = await told(
    await post("/deck/posts", form("Flyttas inte", { step: "schedule", when: "2026-11-27T08:00" })),
  );
  const path = `/deck/drafts/${planned.draft}/replan`;
  const headers = { cookie: anna, origin: site.origin, accept: "text/html", "sec-fetch-dest": "document" };
  for (const when of ["", "2026-11-21T08:00"]) {
    const body = new URLSearchParams({ when });
    const answer = await fetch(site.origin + path, { method: "POST", headers, body });
    assert.deepEqual([answer.status, answer.headers.get("content-type")], [422, "text/html; charset=UTF-8"]);
    assert.match(await answer.text(), /<h1>[^<]+<\/h1>[\s\S]*href="\/deck\b/);
  }
  await post(`/deck/drafts/${planned.draft}/delete`);
});

test("the week shows each day, what goes out then, and the ways to the weeks beside it", async () => {
  await post("/deck/posts", form("Tisdagens nyhet", { step: "schedule", when: "2026-11-24T07:30" }));
  const page = await pageAt("/deck/planned?week=2026-W48");
  assert.match(page, /Vecka 48/);
  assert.match(page, /Tisdag[\s\S]*Tisdagens nyhet[\s\S]*Onsdag/);
  assert.ok(page.includes("week=2026-W47") && page.includes("week=2026-W49"));
  assert.match(await pageAt("/deck/planned?week=2026-W50"), /Inget är planerat den här veckan/);
  assert.equal((await site.ask("/deck/planned?week=2026-W60", anna)).status, 404);
  assert.match(
    await pageAt("/en/deck/planned?week=2026-W48"),
    /Tuesday[\s\S]*Tisdagens nyhet[\s\S]*Wednesday/,
  );
});

test("approval over the pages: asked, read by a colleague, given back, and let out", async () => {
  const bo = await site.addColleague();
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person: bo, account: office.id }, undefined),
  );
  await db.as(
    authority.id,
    (tx) => tx`update account set approval = true where authority = ${authority.id} and id = ${office.id}`,
  );
  const his = (await site.signIn(bo)).header;
  const asked = await told(await post("/deck/posts", form("Kallt vatten", { step: "ask" })));
  assert.equal(asked.state, "awaiting");
  const path = `/deck/drafts/${asked.draft}`;
  assert.match(await pageAt("/deck/drafts", his), /Väntar på att du godkänner[\s\S]*Kallt vatten/);
  const page = await pageAt(path, his);
  assert.match(page, /Kallt vatten[\s\S]*Godkänn/);
  assert.equal((await post(`${path}/refuse`, { version: "1", comment: "" }, his)).status, 422);
  assert.equal((await post(`${path}/refuse`, { version: "1", comment: "Var då?" }, his)).status, 200);
  const back = await pageAt(path);
  assert.match(back, /Bo Exempel godkände inte[\s\S]*Var då\?[\s\S]*Kallt vatten/);
  const once = / name="once" value="([^"]*)"/.exec(back)?.[1] ?? "";
  await told(await post("/deck/posts", form("Kallt vatten i Norr", { step: "ask", once })));
  assert.equal((await post(`${path}/approve`, { version: "1" }, his)).status, 303, "an older version");
  assert.equal(await countOf("Kallt vatten i Norr"), 0);
  assert.equal((await told(await post(`${path}/approve`, { version: "2" }, his))).state, "sending");
  assert.equal((await told(await post(`${path}/now`, {}, his))).state, "sent");
  assert.equal(await countOf("Kallt vatten i Norr"), 1);
  assert.equal((await site.ask(path, his)).status, 404, "what is written is its writer's again");
});

test("whoever publishes without approval gives a reason; until then nothing typed is lost", async () => {
  const refused = await post("/deck/posts", form("Vattnet är avstängt", { step: "bypass" }));
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /<details class="composer-bypass" open>[\s\S]*id="bypassReason-error"/);
  const more = { step: "bypass", bypassReason: "Jouren kan inte vänta" };
  const other = await post("/deck/posts", form("", more));
  assert.match(await other.text(), /name="bypassReason"[^>]* value="Jouren kan inte vänta"/);
  const sending = await told(await post("/deck/posts", form("Vattnet är avstängt", more)));
  assert.equal((await told(await post(`/deck/drafts/${sending.draft}/now`))).state, "sent");
  assert.equal(await countOf("Vattnet är avstängt"), 1);
});

test("drafts of others do not exist", async () => {
  const kept = await post("/deck/drafts", form("Bara mitt"));
  const { draft } = (await kept.json()) as { draft: string };
  const stranger = (await site.signIn(await site.addColleague())).header;
  assert.equal((await site.ask(`/deck/drafts/${draft}`, stranger)).status, 404);
  for (const act of ["undo", "now", "delete", "unschedule", "approve", "refuse", "bypass", "replan"])
    assert.equal((await post(`/deck/drafts/${draft}/${act}`, {}, stranger)).status, 404, act);
  assert.equal(person, site.person);
});
