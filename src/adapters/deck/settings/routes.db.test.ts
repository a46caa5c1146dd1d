import assert from "node:assert/strict";
import { after, test } from "node:test";
import sharp from "sharp";
import { findAccount } from "#domain/accounts/account.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import { addPerson, findPerson, type PersonId, type Role } from "#domain/people/person.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { staffSite } from "#test/staff-site.ts";

const { db } = await testDatabase({ after });
const { authority, office, voice, person: admin } = await exampleAuthority(db);
const other = await exampleAuthority(db);
const host = authority.domain;
const site = staffSite(db);
let serial = 0;

async function colleague(roles: Role[] = []): Promise<PersonId> {
  const details = { name: "Bo Exempel", email: `bo${++serial}@example.se`, roles, language: "sv" as const };
  const added = await db.as(authority.id, (tx) => addPerson(tx, authority.id, details, undefined));
  if (added.outcome !== "added") throw new Error(added.outcome);
  return added.id;
}

async function kindsOf(): Promise<string[]> {
  const rows = await db.read(
    authority.id,
    (tx) => tx<{ kind: string }[]>`select kind from journal where authority = ${authority.id} order by id`,
  );
  return rows.map((row) => row.kind);
}

test("each page asks for its role or grant", async () => {
  const nobody = await site.browser(host).signIn(authority.id, await colleague());
  const moderator = await site.browser(host).signIn(authority.id, await colleague(["moderator"]));
  const boss = await site.browser(host).signIn(authority.id, admin);
  const profile = `/deck/settings/accounts/${office.id}`;
  const table: [path: string, nobody: number, moderator: number, admin: number][] = [
    ["/deck/settings", 200, 200, 200],
    ["/deck/settings/accounts", 200, 200, 200],
    ["/deck/settings/accounts/new", 403, 403, 200],
    [profile, 403, 403, 200],
    [`${profile}/followers`, 403, 403, 200],
    ["/deck/settings/people", 403, 403, 200],
    [`/deck/settings/people/${admin}`, 403, 403, 200],
    ["/deck/settings/authority", 403, 403, 200],
    ["/deck/settings/deliveries", 403, 200, 200],
    ["/deck/moderation", 403, 200, 200],
    ["/deck/moderation/blocks", 403, 200, 200],
  ];
  for (const [path, ...expected] of table) {
    const got = await Promise.all([nobody, moderator, boss].map(async (who) => (await who.get(path)).status));
    assert.deepEqual(got, expected, path);
    assert.equal((await site.browser(host).get(path)).status, 303, path);
  }
  for (const path of [
    "/deck/settings/people",
    `/deck/settings/people/${admin}`,
    `/deck/settings/people/${admin}/link`,
    `/deck/settings/people/${admin}/end`,
    "/deck/settings/authority",
    "/deck/settings/accounts/new",
    "/deck/settings/deliveries",
    profile,
    `${profile}/followers`,
    `/deck/moderation/posts/${office.id}/unhide`,
    `/deck/moderation/reports/${office.id}`,
    "/deck/moderation/blocks",
    "/deck/moderation/blocks/lift",
  ]) {
    assert.equal((await nobody.post(path)).status, 403, path);
    assert.equal((await site.browser(host).post(path)).status, 401, path);
  }
});

test("what belongs to another authority is not there", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  for (const path of [
    `/deck/settings/accounts/${other.office.id}`,
    `/deck/settings/accounts/${other.office.id}/followers`,
    `/deck/settings/people/${other.person}`,
    "/deck/settings/people/1",
  ])
    assert.equal((await boss.get(path)).status, 404, path);
  for (const path of [
    `/deck/settings/accounts/${other.office.id}`,
    `/deck/settings/people/${other.person}`,
    `/deck/settings/people/${other.person}/link`,
    `/deck/settings/people/${other.person}/end`,
    `/deck/moderation/reports/${other.office.id}`,
  ])
    assert.equal((await boss.post(path, { name: "x" })).status, 404, path);
  const stranger = await site.browser(other.authority.domain).signIn(authority.id, admin);
  assert.equal((await stranger.get("/deck/settings")).status, 303);
});

test("a session that is revoked is out at its next request", async () => {
  const bo = await colleague();
  const here = await site.browser(host).signIn(authority.id, bo);
  const there = await site.browser(host).signIn(authority.id, bo);
  const page = await (await here.get("/deck/settings")).text();
  const path = /action="(\/deck\/settings\/sessions\/\d+\/revoke)"/.exec(page)?.[1] ?? "";
  // Nobody closes a session that is not theirs.
  const someone = await site.browser(host).signIn(authority.id, await colleague());
  assert.equal((await someone.post(path)).status, 404);
  assert.equal((await there.get("/deck/settings")).status, 200);
  assert.equal((await here.post(path)).status, 303);
  assert.equal((await there.get("/deck/settings")).status, 303);
  const third = await site.browser(host).signIn(authority.id, bo);
  await here.post("/deck/settings/sessions/revoke-others");
  assert.equal((await third.get("/deck/settings")).status, 303);
  assert.equal((await here.get("/deck/settings")).status, 200);
});

test("an administrator adds a person, grants accounts, hands over a link and ends the person", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const added = await boss.post("/deck/settings/people", {
    name: "Cilla",
    email: "cilla@example.se",
    role: "moderator",
  });
  const path = (added.headers.get("location") ?? "").replace(/\?.*/, "");
  const cilla = path.split("/").at(-1) as PersonId;
  assert.equal(
    (await boss.post("/deck/settings/people", { name: "Cilla", email: "CILLA@example.se" })).status,
    422,
  );

  await boss.post(path, { role: [], account: [office.id, other.office.id] });
  const granted = await db.read(authority.id, (tx) => grantedAccounts(tx, authority.id, cilla));
  assert.deepEqual(
    granted.map((account) => account.id),
    [office.id],
  );
  assert.deepEqual((await db.read(authority.id, (tx) => findPerson(tx, authority.id, cilla)))?.roles, []);

  const link =
    /http:\/\/[^/]+(\/sign-in\/[\w-]+)/.exec(await (await boss.post(`${path}/link`)).text())?.[1] ?? "";
  const visitor = site.browser(host);
  assert.equal((await visitor.post(link)).status, 303);
  assert.equal((await visitor.get(`/deck/settings/accounts/${office.id}`)).status, 200);
  assert.equal((await visitor.get(`/deck/settings/accounts/${voice.id}`)).status, 403);

  const waiting = /(\/sign-in\/[\w-]+)/.exec(await (await boss.post(`${path}/link`)).text())?.[1] ?? "";
  assert.equal((await boss.post(`${path}/end`)).status, 303);
  assert.equal((await visitor.get("/deck/settings")).status, 303);
  assert.equal((await site.browser(host).post(waiting)).status, 410);
  assert.deepEqual(
    (await kindsOf()).filter((kind) => kind === "sign-in-link-made" || kind === "person-ended"),
    ["sign-in-link-made", "sign-in-link-made", "person-ended"],
  );
});

test("the last administrator stays one", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  for (const [path, form] of [
    [`/deck/settings/people/${admin}`, { role: "moderator" }],
    [`/deck/settings/people/${admin}/end`, {}],
  ] as const) {
    const answer = await boss.post(path, form);
    assert.match(answer.headers.get("location") ?? "", /done=last-admin/);
  }
  assert.ok(
    (await db.read(authority.id, (tx) => findPerson(tx, authority.id, admin)))?.roles.includes("admin"),
  );
});

test("a profile is changed by who speaks for the account, and told outwards", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const form = new FormData();
  const values = {
    name: "Kommunchefen",
    role: "Kommundirektör",
    answers: "Anna Exempel",
    biography: "Jag *svarar* här.",
    locked: "1",
  };
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  form.append("field-name", "Webb");
  form.append("field-value", "https://exempel.test/");
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#fff" } })
    .webp()
    .toBuffer();
  form.set("avatar", new File([new Uint8Array(picture)], "jag.webp", { type: "image/webp" }));
  const path = `/deck/settings/accounts/${office.id}`;
  assert.match((await boss.post(path, form)).headers.get("location") ?? "", /done=saved/);
  const account = await db.read(authority.id, (tx) => findAccount(tx, authority.id, office.id));
  assert.ok(account?.avatar);
  assert.equal(account.locked, true);
  assert.deepEqual(account.fields, [{ name: "Webb", value: "https://exempel.test/" }]);
  const [entry] = await db.read(
    authority.id,
    (tx) =>
      tx`select direction, account, person from journal where authority = ${authority.id} and kind = 'account-changed'`,
  );
  assert.deepEqual({ ...entry }, { direction: "out", account: office.id, person: admin });

  const bad = new FormData();
  bad.set("name", "");
  assert.equal((await boss.post(path, bad)).status, 422);
  form.set("avatar", new File(["GIF89a"], "a.png", { type: "image/png" }));
  assert.match(await (await boss.post(path, form)).text(), /href="#avatar"/);
});

test("an administrator opens an account", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const form = { kind: "office", handle: "rektor", name: "Rektorn", speak: "1" };
  const opened = await boss.post("/deck/settings/accounts/new", form);
  assert.equal(opened.status, 303);
  assert.equal((await boss.get(opened.headers.get("location") ?? "")).status, 200);
  assert.equal((await boss.post("/deck/settings/accounts/new", form)).status, 422);
});

test("the authority's colour is checked, and its look changed", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  const form = {
    name: "Exempelkommun",
    accent: "#ffcc00",
    email: "info@example.se",
    "first-language": "sv",
    both: "1",
  };
  assert.match(
    await (await boss.post("/deck/settings/authority", { ...form, accent: "gul" })).text(),
    /href="#accent"/,
  );
  assert.equal((await boss.post("/deck/settings/authority", form)).status, 303);
  assert.match(await (await boss.get("/deck/settings/authority?done=saved")).text(), /Färgen är ändrad/);
  assert.equal((await boss.post("/deck/settings/authority", { ...form, name: "" })).status, 422);
});

test("an address puts no words into our mouth", async () => {
  const boss = await site.browser(host).signIn(authority.id, admin);
  assert.doesNotMatch(await (await boss.get("/deck/settings?done=Ring+070-123")).text(), /070-123/);
});
