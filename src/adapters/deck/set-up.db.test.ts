import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { listAuthorities } from "#domain/authorities/authority.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import { listRules } from "#domain/moderation/rules.ts";
import { listPeople } from "#domain/people/person.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { staffSite } from "#test/staff-site.ts";
import { makeSetUpLink } from "./set-up.ts";

const answers = {
  name: "Exempelkommun",
  municipality: "0000",
  language: "sv",
  accent: "#0b5c5f",
  domain: "torg.test",
  "handle-domain": "exempel.test",
  kind: "authority",
  handle: "exempelkommun",
  "account-name": "Exempelkommun",
  "admin-name": "Anna Exempel",
  email: "anna@example.se",
};

test("an empty installation says so at / in both languages, and answers 503 elsewhere", async (t) => {
  const { db } = await testDatabase(t);
  const visitor = staffSite(db).browser("anywhere.test");
  const first = await visitor.get("/");
  assert.equal(first.status, 200);
  const text = await first.text();
  assert.match(text, /inte uppställt/);
  assert.match(text, /not set up/);
  assert.match(text, /npm run torg -- setup/);
  for (const path of ["/deck", "/sign-in", "/about", "/set-up", "/set-up/short"])
    assert.equal((await visitor.get(path)).status, 503, path);
  assert.equal((await visitor.get("/set-up/accent/ffcc00.css")).status, 200);
});

test("the printed link opens the set-up, which creates everything and signs its maker in", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const visitor = site.browser("torg.test");
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  assert.equal((await visitor.get(path)).status, 200);
  assert.equal((await visitor.get("/set-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).status, 410);

  const form = new FormData();
  for (const [name, value] of Object.entries(answers)) form.set(name, value);
  const picture = await sharp({ create: { width: 80, height: 40, channels: 3, background: "#0b5c5f" } })
    .png()
    .toBuffer();
  form.set("logo", new File([new Uint8Array(picture)], "logo.png", { type: "image/png" }));
  const done = await visitor.post(path, form);
  assert.equal(done.status, 303);
  assert.equal(done.headers.get("location"), "/deck");
  assert.equal((await visitor.get("/deck/settings/people")).status, 200);

  const [authority] = await db.system(listAuthorities);
  assert.ok(authority?.logo);
  assert.equal(authority.handleDomain, "exempel.test");
  assert.deepEqual(authority.languages, ["sv", "en"]);
  const seen = await db.read(authority.id, async (tx) => {
    const people = await listPeople(tx, authority.id);
    const [anna] = people;
    return {
      people,
      accounts: anna ? await grantedAccounts(tx, authority.id, anna.id) : [],
      rules: await listRules(tx, authority.id, "en"),
    };
  });
  assert.deepEqual(seen.people[0]?.roles, ["admin", "moderator"]);
  assert.equal(seen.accounts[0]?.handle, "exempelkommun");
  assert.ok(seen.accounts[0]?.publicKey);
  assert.equal(seen.rules.length, 6);

  // From now on these addresses are nobody's.
  assert.equal((await site.browser("torg.test").post(path, answers)).status, 404);
  assert.equal(await makeSetUpLink(site.services), undefined);
});

test("only the latest link works, for a day", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const visitor = site.browser("torg.test");
  const pathOf = async () => new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const first = await pathOf();
  const second = await pathOf();
  assert.equal((await visitor.get(first)).status, 410);
  assert.equal((await visitor.post(first, answers)).status, 410);
  site.later({ hours: 24, seconds: 1 });
  assert.equal((await visitor.post(second, answers)).status, 410);
  assert.equal((await db.system(listAuthorities)).length, 0);
});

test("what is wrong is said field by field, what was written stays, and the link still works", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const visitor = site.browser("torg.test");
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const wrong = {
    ...answers,
    municipality: "48",
    domain: "https://torg.test/",
    handle: "kommun chefen",
    email: "anna",
    accent: "red",
  };
  const answer = await visitor.post(path, wrong);
  assert.equal(answer.status, 422);
  const text = await answer.text();
  for (const id of ["municipality", "accent", "domain", "handle", "email"])
    assert.match(text, new RegExp(`href="#${id}"`), id);
  assert.match(text, /value="Exempelkommun"/);
  assert.match(text, /<title>Fel: /);
  const form = new FormData();
  for (const [name, value] of Object.entries(answers)) form.set(name, value);
  form.set(
    "logo",
    new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "logo.png", { type: "image/png" }),
  );
  assert.match(await (await visitor.post(path, form)).text(), /href="#logo"/);
  assert.equal((await visitor.post(path, answers, { origin: "https://evil.test" })).status, 403);
  assert.equal((await visitor.post(path, answers)).status, 303);
});

test("a colour too weak to be read is shown as it will be", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const answer = await site.browser("torg.test").post(path, { accent: "#ffcc00", preview: "1" });
  const text = await answer.text();
  assert.match(text, /Färgen är ändrad/);
  assert.equal(answer.status, 200);
  assert.doesNotMatch(text, /uppgifter behöver rättas|href="#name"/, "nothing else is asked for yet");
  assert.match(text, /href="\/set-up\/accent\/ffcc00.css"/);
  assert.equal((await db.system(listAuthorities)).length, 0);
});

test("two who use the link at once open one authority", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const statuses = await Promise.all(
    ["torg.test", "torg2.test"].map(async (domain) => {
      const form = { ...answers, domain, "handle-domain": domain };
      return (await site.browser("torg.test").post(path, form)).status;
    }),
  );
  assert.equal(statuses.filter((status) => status === 303 || status === 200).length, 1);
  assert.equal((await db.system(listAuthorities)).length, 1);
});

test("set up at another address than its own, one goes on there by a link", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const done = await site.browser("localhost:3000").post(path, answers);
  assert.equal(done.status, 200);
  const link = /href="http:\/\/torg\.test(\/sign-in\/[\w-]+)"/.exec(await done.text())?.[1] ?? "";
  assert.equal((await site.browser("torg.test").post(link)).status, 303);
});

test("where there is an authority the set-up is no page at all", async (t) => {
  const { db } = await testDatabase(t);
  const site = staffSite(db);
  const path = new URL((await makeSetUpLink(site.services)) ?? "").pathname;
  const { authority } = await exampleAuthority(db);
  assert.equal((await site.browser(authority.domain).get(path)).status, 404);
  assert.equal((await site.browser(authority.domain).post(path, answers)).status, 404);
  assert.equal((await db.system(listAuthorities)).length, 1);
});
