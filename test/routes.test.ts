import assert from "node:assert/strict";
import { test } from "node:test";
import { createApp } from "#app.ts";
import { endpoints } from "#adapters/api/endpoints.ts";
import { routePath } from "#adapters/api/routes.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { changeRoles } from "#domain/people/change-person.ts";
import { consentTable } from "./whole/consent-routes.ts";
import { careTable } from "./whole/care-routes.ts";
import { careRulesTable } from "./whole/care-rules-routes.ts";
import { composerTable } from "./whole/composer-routes.ts";
import { columnTable } from "./whole/column-routes.ts";
import { deckTable } from "./whole/deck-routes.ts";
import { draftTable } from "./whole/draft-routes.ts";
import { notificationTable } from "./whole/notification-routes.ts";
import { openDataTable } from "./whole/open-data-routes.ts";
import { publicTable } from "./whole/public-routes.ts";
import { settingsTable } from "./whole/settings-routes.ts";
import { startRemoteServer } from "./remote-server.ts";
import { fingerprint } from "./whole/fingerprint.ts";
import { everyone, type Row, type Who, type World } from "./whole/route-row.ts";
import { openSquare } from "./whole/square.ts";
import { startWholeTorg } from "./whole/torg.ts";
import { fileScope } from "./file-scope.ts";

const scope = fileScope();

// Nothing works in the background, so that what changes is what the request changed.
const torg = await startWholeTorg(scope, { work: false });
const { db } = torg;
const remote = await startRemoteServer();
scope.after(() => remote.stop());
const world = await makeWorld();
const table = [
  ...publicTable,
  ...openDataTable,
  ...deckTable,
  ...draftTable,
  ...columnTable,
  ...composerTable,
  ...notificationTable,
  ...settingsTable,
  ...consentTable,
  ...careRulesTable,
  ...careTable,
];

const ofApps = new Set(endpoints.map((endpoint) => `${endpoint.method} ${routePath(endpoint)}`));

test("every route of the app is in the table, and every row of the table has a route", () => {
  const routes = createApp(torg.torg.services)
    .routes.filter((route) => route.method !== "ALL")
    .map((route) => `${route.method} ${route.path}`)
    // What apps ask is held by client-access.test.ts, endpoint by endpoint.
    .filter((route) => !ofApps.has(route));
  const rows = table.map((row) => row.route);
  assert.deepEqual([...new Set(routes)].toSorted(), rows.toSorted());
});

for (const row of table) {
  test(`${row.route} answers ${row.expect.join(", ")} to ${everyone.join(", ")}`, async () => {
    const got: number[] = [];
    for (const who of everyone) got.push(await answerTo(row, who));
    assert.deepEqual(got, [...row.expect]);
  });
}

/** Asks, and checks on the way that what was refused changed nothing, and that a cookie from elsewhere is none. */
async function answerTo(row: Row, who: Who): Promise<number> {
  const [method = "GET"] = row.route.split(" ");
  const path = await row.path(world, who);
  const square = who === "elsewhere" ? world.b : world.a;
  const person = {
    nobody: undefined,
    elsewhere: world.b.person,
    without: world.colleague,
    granted: world.a.person,
  }[who];
  const cookie = person && (await torg.cookieOf(square.authority, person));
  if (row.activity && who === "granted") return postSigned(row, path);
  const form = row.form?.(world, who);
  const unsigned = row.activity && {
    body: JSON.stringify(row.activity(world)),
    headers: { "content-type": "application/activity+json" },
  };
  const question = {
    method,
    cookie,
    ...(form ? { form } : {}),
    ...(row.headers ? { headers: row.headers } : {}),
    ...unsigned,
  };
  const expected = row.expect[everyone.indexOf(who)] ?? 0;
  const watched = who === "elsewhere" || expected >= 400 || method === "GET" || row.idle?.includes(who);
  const counted = { retries: !watched && row.retries === true };
  const before = await fingerprint(db, world.a.authority.id, counted);
  const answer = await torg.ask(square.authority, path, question);
  const now = await fingerprint(db, world.a.authority.id, counted);
  if (watched) assert.deepEqual(now, before, `${who} changed something`);
  else assert.notDeepEqual(now, before, `${who} changed nothing`);
  if (path.startsWith("/deck") && answer.status === 200)
    assert.match(
      answer.headers["cache-control"] ?? "",
      /no-store/,
      "what staff see is kept by nobody in between",
    );
  if (answer.status === 303 && row.expect[0] === 303 && who === "nobody" && path.startsWith("/deck"))
    assert.match(answer.headers.location ?? "", /^\/sign-in\?next=%2Fdeck/);
  if (who === "nobody" && row.expect[0] !== row.expect[3])
    await assertForeignCookieIsNone(row, path, question);
  return answer.status;
}

/** Signed in at the other authority, and come here with that cookie: like anybody. */
async function assertForeignCookieIsNone(row: Row, path: string, question: object): Promise<void> {
  const cookie = await torg.cookieOf(world.b.authority, world.b.person);
  const before = await fingerprint(db, world.a.authority.id);
  const answer = await torg.ask(world.a.authority, path, { ...question, cookie });
  assert.equal(answer.status, row.expect[0], "with a cookie of the other authority");
  assert.deepEqual(await fingerprint(db, world.a.authority.id), before);
}

async function postSigned(row: Row, path: string): Promise<number> {
  const before = await fingerprint(db, world.a.authority.id);
  const inbox = `http://${world.a.authority.domain}${path}`;
  const answer = await remote.post(inbox, row.activity?.(world) ?? {}, { as: world.actor });
  assert.notDeepEqual(await fingerprint(db, world.a.authority.id), before);
  return answer.status;
}

test("who speaks for one account does nothing as another", async () => {
  const { a } = world;
  const { id } = a.authority;
  const person = await a.colleague();
  await db.as(id, (tx) => grantAccount(tx, id, { person, account: a.voice.id }, a.person));
  const cookie = await torg.cookieOf(a.authority, person);
  const before = await fingerprint(db, id);
  const as = (account: string) => ({ account, text: "Hej", language: "sv" });
  const acts: [path: string, form: Record<string, string>, status: number][] = [
    ["/deck/posts", as(a.office.id), 403],
    [`/deck/posts/${world.question}/edit`, as(a.office.id), 403],
    [`/deck/posts/${world.question}/edit`, as(a.voice.id), 422],
    [`/deck/posts/${world.question}/delete`, as(a.voice.id), 404],
    [`/deck/posts/${world.question}/boost`, as(a.office.id), 403],
    [`/deck/posts/${world.quiet}/boost`, as(a.voice.id), 404],
    ["/deck/follow", { account: a.office.id, handle: "@a@b.test" }, 403],
    [`/deck/settings/accounts/${a.office.id}`, { name: "Någon annan" }, 403],
  ];
  for (const [path, form, status] of acts)
    assert.equal((await torg.ask(a.authority, path, { form, cookie })).status, status, path);
  assert.equal((await torg.ask(a.authority, `/deck/posts/${world.quiet}`, { cookie })).status, 404);
  assert.deepEqual(await fingerprint(db, id), before);
});

test("each role opens its own doors and no others", async () => {
  const { a } = world;
  const { id } = a.authority;
  const doors: [path: string, admin: number, moderator: number][] = [
    ["/deck/settings/people", 200, 403],
    ["/deck/settings/authority", 200, 403],
    ["/deck/settings/accounts/new", 200, 403],
    ["/deck/settings/deliveries", 200, 200],
    ["/deck/moderation", 403, 200],
    ["/deck/moderation/blocks", 403, 200],
    [`/deck/posts/${world.answer}/hide`, 403, 200],
    [`/deck/posts/${world.quiet}`, 404, 404],
  ];
  for (const [role, column] of [
    ["admin", 1],
    ["moderator", 2],
  ] as const) {
    const person = await a.colleague();
    await db.as(id, (tx) => changeRoles(tx, id, person, [role], a.person));
    const cookie = await torg.cookieOf(a.authority, person);
    for (const door of doors)
      assert.equal(
        (await torg.ask(a.authority, door[0], { cookie })).status,
        door[column],
        `${role} ${door[0]}`,
      );
  }
});

async function makeWorld(): Promise<World> {
  const a = await openSquare(torg, torg.hosts[0], "kommunchef");
  const b = await openSquare(torg, torg.hosts[1], "direktor");
  const actor = await remote.actor("alice");
  const stranger = await a.know(actor);
  const question = await a.say("När öppnar #simhallen?");
  const answer = await a.hear(stranger, `${remote.origin}/posts/answer`, "I mars", question);
  const quiet = await a.say("Bara för följare", { visibility: "followers" });
  let serial = 0;
  const next = () => ++serial;
  const made = { a, b, remote, actor, stranger, question, answer, quiet, next };
  return { ...made, picture: await a.picture(), colleague: await a.colleague() };
}
