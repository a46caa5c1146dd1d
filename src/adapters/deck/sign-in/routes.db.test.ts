import assert from "node:assert/strict";
import { after, test } from "node:test";
import { addPerson } from "#domain/people/person.ts";
import { listSessions } from "#domain/people/session.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { staffSite } from "#test/staff-site.ts";

const { db } = await testDatabase({ after });
const { authority, person } = await exampleAuthority(db);
const host = authority.domain;

test("the link in the letter signs in once, by its button, and leads to where one was going", async () => {
  const site = staffSite(db);
  const visitor = site.browser(host);
  const asked = await visitor.post("/sign-in", { email: " Anna@Example.se ", next: "/deck/settings" });
  assert.equal(asked.status, 200);
  const letter = await site.nextLetter();
  assert.equal(letter.to, "anna@example.se");
  const path = /http:\/\/[^/]+(\/sign-in\/\S+)/.exec(letter.text)?.[1] ?? "";

  // Scanners of mail open links, and may do so several times.
  for (const look of [visitor.head(path), visitor.get(path), visitor.get(path)]) {
    const seen = await look;
    assert.equal(seen.status, 200);
    assert.equal(seen.headers.get("cache-control"), "no-store");
    assert.equal(seen.headers.getSetCookie().length, 0);
  }
  assert.match(await (await visitor.get(path)).text(), /Anna Exempel/);

  const [bare = ""] = path.split("?");
  const entered = await visitor.post(bare, { next: "/deck/settings" });
  assert.equal(entered.status, 303);
  assert.equal(entered.headers.get("location"), "/deck/settings");
  assert.match(entered.headers.getSetCookie()[0] ?? "", /HttpOnly.*SameSite=Lax/i);
  assert.equal((await visitor.get("/deck/settings")).status, 200);

  const again = await site.browser(host).post(bare);
  assert.equal(again.status, 410);
  assert.equal(again.headers.getSetCookie().length, 0);
  assert.match(await again.text(), /ny länk/);
});

test("pressing the button twice at once opens one session", async () => {
  const site = staffSite(db);
  await site.browser(host).post("/sign-in", { email: "anna@example.se" });
  const path = /(\/sign-in\/[\w-]+)/.exec((await site.nextLetter()).text)?.[1] ?? "";
  const statuses = await Promise.all([1, 2, 3].map(async () => (await site.browser(host).post(path)).status));
  assert.deepEqual(
    statuses.toSorted((one, other) => one - other),
    [303, 410, 410],
  );
});

test("a link is over after 15 minutes", async () => {
  const site = staffSite(db);
  const visitor = site.browser(host);
  await visitor.post("/sign-in", { email: "anna@example.se" });
  const path = /(\/sign-in\/[\w-]+)/.exec((await site.nextLetter()).text)?.[1] ?? "";
  site.later({ minutes: 15, seconds: 1 });
  assert.equal((await visitor.get(path)).status, 410);
  assert.equal((await visitor.post(path)).status, 410);
});

test("an unknown address gets the same answer as a known one, and no letter", async () => {
  const site = staffSite(db);
  site.later({ hours: 1 });
  const known = await site.browser(host).post("/sign-in", { email: "anna@example.se" });
  await site.nextLetter();
  const unknown = await site.browser(host).post("/sign-in", { email: "bo@example.se" });
  assert.equal(unknown.status, known.status);
  assert.equal(await unknown.text(), await known.text());
  const headers = (answer: Response) => JSON.stringify([...answer.headers]);
  assert.equal(headers(unknown), headers(known));
});

test("without a mail server the link is announced, and the page says where it is", async () => {
  const site = staffSite(db, { withoutMail: true });
  site.later({ hours: 2 });
  const asked = await site.browser(host).post("/sign-in", { email: "bo@example.se" });
  assert.match(await asked.text(), /fönster/);
  await site.browser(host).post("/sign-in", { email: "anna@example.se" });
  while (site.announced.length === 0) await new Promise(setImmediate);
  assert.equal(site.announced.length, 1);
  assert.match(site.announced[0] ?? "", new RegExp(`http://${host}/sign-in/[\\w-]{43}$`));
});

test("links are limited for each address and for each network, known or not, with the same words", async () => {
  const site = staffSite(db);
  site.later({ hours: 3 });
  const ask = (email: string, address: string) => site.browser(host, address).post("/sign-in", { email });
  const answers: Response[] = [];
  for (const email of ["anna@example.se", "nobody@example.se"]) {
    for (let count = 0; count < 20; count++)
      assert.equal((await ask(email, `198.51.${count}.7`)).status, 200, `${email} ${count}`);
    answers.push(await ask(email, "198.51.99.7"));
  }
  for (const answer of answers) assert.equal(answer.status, 429);
  assert.equal(await answers[0]?.text(), await answers[1]?.text());

  for (let count = 0; count < 20; count++)
    assert.equal((await ask(`n${count}@example.se`, `203.0.113.${count}`)).status, 200, String(count));
  assert.equal((await ask("another@example.se", "203.0.113.200")).status, 429);
  site.later({ minutes: 16 });
  assert.equal((await ask("another@example.se", "203.0.113.200")).status, 200);
});

test("a form leads to no other site", async () => {
  const site = staffSite(db);
  site.later({ hours: 5 });
  for (const next of [
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "javascript:alert(1)",
    "deck",
  ]) {
    const page = await (await site.browser(host).get(`/sign-in?next=${encodeURIComponent(next)}`)).text();
    assert.match(page, /name="next" value="\/deck"/, next);
    const visitor = site.browser(host);
    await visitor.post("/sign-in", { email: "anna@example.se" });
    const path = /(\/sign-in\/[\w-]+)/.exec((await site.nextLetter()).text)?.[1] ?? "";
    assert.equal((await visitor.post(path, { next })).headers.get("location"), "/deck", next);
    site.later({ minutes: 16 });
  }
});

test("a post from another origin is refused", async () => {
  const answer = await staffSite(db)
    .browser(host)
    .post("/sign-in", { email: "anna@example.se" }, { origin: "https://evil.test" });
  assert.equal(answer.status, 403);
});

test("what is no address is said so, beside the field", async () => {
  const answer = await staffSite(db).browser(host).post("/sign-in", { email: "anna" });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /href="#email"/);
});

test("signing out ends the session at once", async () => {
  const site = staffSite(db);
  const visitor = await site.browser(host).signIn(authority.id, person);
  assert.equal((await visitor.get("/deck/settings")).status, 200);
  const before = await db.read(authority.id, (tx) =>
    listSessions(tx, authority.id, person, site.services.clock()),
  );
  const out = await visitor.post("/sign-out");
  assert.equal(out.status, 303);
  const left = await db.read(authority.id, (tx) =>
    listSessions(tx, authority.id, person, site.services.clock()),
  );
  assert.equal(left.length, before.length - 1);
  const answer = await visitor.get("/deck/settings");
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/sign-in?next=%2Fdeck%2Fsettings");
});

test("a link of one authority opens nothing at another", async () => {
  const other = await exampleAuthority(db);
  const site = staffSite(db);
  const added = await db.as(other.authority.id, (tx) =>
    addPerson(
      tx,
      other.authority.id,
      { name: "Cilla", email: "cilla@example.se", roles: [], language: "sv" },
      undefined,
    ),
  );
  assert.equal(added.outcome, "added");
  await site.browser(other.authority.domain).post("/sign-in", { email: "cilla@example.se" });
  const path = /(\/sign-in\/[\w-]+)/.exec((await site.nextLetter()).text)?.[1] ?? "";
  assert.equal((await site.browser(host).get(path)).status, 410);
  assert.equal((await site.browser(host).post(path)).status, 410);
  assert.equal((await site.browser(other.authority.domain).post(path)).status, 303);
});

test("the deck opens in the person's own language, unless another was chosen on the way", async () => {
  const own = await exampleAuthority(db);
  const site = staffSite(db);
  const person = { name: "Dee", email: "dee@example.se", roles: [], language: "en" as const };
  await db.as(own.authority.id, (tx) => addPerson(tx, own.authority.id, person, undefined));
  const visitor = site.browser(own.authority.domain);
  await visitor.post("/sign-in", { email: person.email });
  const path = /(\/sign-in\/[\w-]+)/.exec((await site.nextLetter()).text)?.[1] ?? "";
  assert.equal((await visitor.post(path)).headers.get("location"), "/en/deck");
  const saved = await visitor.post("/en/deck/settings", { name: "Dee", language: "sv" });
  assert.equal(saved.headers.get("location"), "/deck/settings?done=saved");
});
