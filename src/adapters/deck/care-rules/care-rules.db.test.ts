import assert from "node:assert/strict";
import { test } from "node:test";
import { crontab, jobs } from "#app.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { listCanned, type CannedId } from "#domain/care/canned-answers.ts";
import { loadCareRules } from "#domain/care/care-rules.ts";
import { concernOf } from "#domain/care/concern.ts";
import { includes, openCareDesk } from "#test/care-desk.ts";

const { anna, bo, caredFor, colleague, db, id, opened, rowsOf, site, textOf } = await openCareDesk();
const care = "/deck/settings/care";

test("hours, eves and targets are set on one page, and what cannot be read comes back with its field", async () => {
  const week = { d1: "8–12, 13–16", d2: "8-16", d3: "", d4: "8–16", d5: "8–15.30", d6: "", d7: "" };
  const wrong = await site.ask(`${care}/rules`, anna, { ...week, d2: "åtta", deputyAfter: "4" });
  assert.equal(wrong.status, 422);
  const page = await wrong.text();
  includes(page, 'href="#d2"');
  includes(page, 'value="åtta"');
  const good = await site.ask(`${care}/rules`, anna, { ...week, deputyAfter: "1,5", eve: "midsummer-eve" });
  assert.equal(good.headers.get("location"), `${care}/rules?done=saved`);
  assert.equal(
    (await site.ask(`${care}/rules/targets`, anna, { account: "", tag: "#Kris", hours: "0,5" })).status,
    303,
  );
  assert.equal(
    (await site.ask(`${care}/rules/targets`, anna, { account: "", tag: "", hours: "noll" })).status,
    422,
  );
  assert.equal(
    (await site.ask(`${care}/rules/closed-days`, anna, { day: "2027-02-30", dayName: "Nej" })).status,
    422,
  );
  await site.ask(`${care}/rules/closed-days`, anna, { day: "2027-02-26", dayName: "Sportlov" });
  assert.equal(
    (await site.ask(`${care}/rules/closed-days`, anna, { day: "2027-02-26", dayName: "Igen" })).status,
    422,
  );
  const rules = await db.read(id, (tx) => loadCareRules(tx, id));
  assert.deepEqual(
    rules.week.map((day) => day.length),
    [2, 1, 0, 1, 1, 0, 0],
  );
  assert.deepEqual([rules.eves, rules.deputyAfter], [["midsummer-eve"], 90]);
  assert.deepEqual(
    rules.targets.map(({ tag, minutes }) => [tag, minutes]),
    [["kris", 30]],
  );
  includes(await textOf(`${care}/rules`), "Sportlov");
  includes(await textOf(`${care}/rules`, bo), "Bara administratörer");
});

test("a canned answer is written, marked when its time is out, and put into a reply with its placeholders filled", async () => {
  const form = {
    account: site.office.id,
    language: "sv",
    name: "Simhallens öppettider",
    text: "Hej {namn}! {konto} svarar {datum}: öppet 6–21. {källa} Hälsningar {handläggare}",
    source: "https://example.se/simhallen",
    expires: "2026-01-31",
  };
  const bad = await site.ask(`${care}/canned/new`, anna, { ...form, text: "Hej {nman}!" });
  assert.equal(bad.status, 422);
  includes(await bad.text(), "{nman}");
  assert.equal(
    (await site.ask(`${care}/canned/new`, anna, { ...form, source: "javascript:alert(1)" })).status,
    422,
  );
  assert.equal((await site.ask(`${care}/canned/new`, anna, { ...form, expires: "i morgon" })).status, 422);
  assert.equal((await site.ask(`${care}/canned/new`, bo, form)).status, 403);
  assert.equal((await site.ask(`${care}/canned/new`, anna, form)).status, 303);
  const [answer] = await db.read(id, (tx) => listCanned(tx, id, [site.office.id]));
  assert.ok(answer);
  includes(await textOf(`${care}/canned`), "Gick ut 2026-01-31");

  const question = await site.hear("När öppnar ni?");
  const picker = await textOf(`/deck/canned?account=${site.office.id}&post=${question}`);
  includes(picker, "Hej asa! Kommunchefen svarar");
  includes(picker, `/deck/posts/${question}/reply?account=${site.office.id}&amp;canned=${answer.id}`);
  const part = await fetch(`${site.origin}/deck/canned?account=${site.office.id}&post=${question}`, {
    headers: { cookie: anna, "x-deck-part": "canned" },
  });
  assert.doesNotMatch(await part.text(), /<html/);
  const composer = await textOf(
    `/deck/posts/${question}/reply?account=${site.office.id}&canned=${answer.id}`,
  );
  includes(composer, "@asa@social.test Hej asa! Kommunchefen svarar");
  includes(composer, "https://example.se/simhallen Hälsningar Anna Exempel");
  includes(composer, "Standardsvaret har gått ut.");
  const other = await textOf(`/deck/canned?account=${site.voice.id}&post=${question}`);
  assert.ok(!other.includes("öppet 6–21"), "an answer of one account is not another's");
  await site.ask(`${care}/canned/${answer.id}`, anna, { ...form, account: "", expires: "" });
  assert.ok(!(await textOf(`${care}/canned`)).includes("Gick ut"));
  await site.ask(`${care}/canned/${answer.id}/remove`, anna, {});
  assert.equal((await site.ask(`${care}/canned/${answer.id}`, anna)).status, 404);
  assert.equal((await site.ask(`${care}/canned/${"9".repeat(18) as CannedId}`, anna)).status, 404);
});

test("whether a direct message concerns the office is decided by name, can be changed, and is asked for until then", async () => {
  const post = await site.hear("Hur går det med mitt ärende?", { visibility: "direct" });
  await opened(post);
  includes(await textOf(`${care}/concerns`), `/deck/posts/${post}`);
  const decide = (concerns: string) => site.ask(`/deck/posts/${post}/concern`, anna, { concerns });
  assert.equal((await decide("kanske")).status, 404);
  assert.equal((await decide("yes")).status, 303);
  assert.equal((await decide("yes")).status, 303, "the same again is no decision");
  assert.equal((await caredFor(post))?.concernsOffice, true);
  await decide("no");
  assert.equal((await caredFor(post))?.concernsOffice, false);
  const entries = await rowsOf<{ person: string; facts: { concerns: boolean } }>("concern-decided");
  assert.deepEqual(
    entries.map((entry) => [entry.person, entry.facts.concerns]),
    [
      [site.person, true],
      [site.person, false],
    ],
  );
  assert.equal((await db.read(id, (tx) => concernOf(tx, id, post, [site.office.id])))?.concerns, false);
  assert.ok(!(await textOf(`${care}/concerns`)).includes(`/deck/posts/${post}`));
  const open = await site.hear("En öppen fråga");
  await opened(open);
  assert.equal((await site.ask(`/deck/posts/${open}/concern`, anna, { concerns: "yes" })).status, 404);
  assert.equal((await site.ask(`/deck/posts/${post}/concern`, bo, { concerns: "yes" })).status, 404);
});

test("the job of every minute tells what is overdue", async () => {
  const post = await site.hear("Är ni där?");
  const { id: overdue } = await opened(post);
  await db.as(
    id,
    (tx) =>
      tx`update care set due_at = now() - interval '1 minute' where authority = ${id} and id = ${overdue}`,
  );
  await jobs(site.services)["tell-overdue"]?.({});
  assert.match(crontab, /^\* \* \* \* \* tell-overdue$/m);
  assert.equal((await caredFor(post))?.told, 1);
});

test("answer times are told by account, as a table and as CSV, without a single person", async () => {
  await db.as(id, (tx) => tx`delete from care_answer where authority = ${id}`);
  const now = site.services.clock();
  await db.as(id, async (tx) => {
    for (let minutes = 1; minutes <= 12; minutes++) {
      const asked = now.subtract({ minutes: minutes * 10 + 60 });
      await tx`insert into care_answer (authority, care, account, network, asked_at, answered_at, office_seconds, person)
        values (${id}, 1, ${site.office.id}, ${minutes > 10 ? "torg" : "fediverse"}, ${asked}, ${now.subtract({ minutes: 60 })},
          ${minutes * 60}, ${site.person})`;
    }
  });
  const page = await textOf(care);
  includes(page, "för få svar");
  assert.ok(!/Anna/.test(page.slice(page.indexOf("<main"))), "no member of staff is named");
  const csv = await site.ask(`${care}/answer-times.csv`, anna);
  assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/);
  const lines = (await csv.text()).trim().split("\r\n");
  assert.deepEqual(lines.slice(1), [
    "Kommunchefen,Alla nätverk,12,390,654,3900,6540",
    "Kommunchefen,Fediversum,10,330,546,3300,5460",
    "Kommunchefen,Hos oss,2,690,,6900,",
  ]);
  assert.equal((await site.ask(`${care}?from=2026-02-30&until=2026-03-01`, anna)).status, 422);
  includes(await textOf(`${care}?from=2020-01-01&until=2020-12-31`), "Inget är besvarat under den tiden.");
  includes(await textOf(care, bo), "Du talar inte för något konto");
});

test("everybody sets their own absence, an administrator anybody's, and nobody sees why", async () => {
  const day = (days: number) =>
    site.services.clock().toZonedDateTimeISO("UTC").toPlainDate().add({ days }).toString();
  const form = { from: day(10), until: day(12), substitute: site.person };
  assert.equal(
    (await site.ask(`${care}/absence`, bo, { ...form, person: site.person, substitute: "" })).status,
    303,
  );
  const own = await textOf(`${care}/absence`, bo);
  includes(own, `${day(10)} – ${day(12)}`);
  assert.ok(
    (await textOf(`${care}/absence`)).includes(`Bo Exempel, ${day(10)}`),
    "the form of a colleague names themselves",
  );
  assert.equal((await site.ask(`${care}/absence`, bo, { ...form, until: day(9) })).status, 422);
  await db.as(id, (tx) => grantAccount(tx, id, { person: colleague, account: site.office.id }, undefined));
  assert.equal(
    (await site.ask(`${care}/absence`, anna, { ...form, person: colleague, from: day(20), until: day(20) }))
      .status,
    303,
  );
  includes(await textOf(`${care}/absence`, bo), "Ersätts av Anna Exempel");
  assert.equal(
    (await site.ask(`${care}/absence`, anna, { ...form, person: colleague, from: day(-1), until: day(1) }))
      .status,
    303,
  );
  const post = await site.hear("Vem tar det här?");
  await opened(post);
  assert.equal((await site.ask(`/deck/care/${post}/assign`, anna, { to: colleague })).status, 303);
  const panel = await textOf(`/deck/care/${post}`);
  includes(panel, `Bo Exempel är borta till och med ${day(1)} och ersätts av Anna Exempel.`);
  includes(panel, "Ge samtalet till Anna Exempel");
});
