import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { makeAccessToken, makeAppToken, revokeToken } from "./access-token.ts";
import { findToken, noteUse } from "./find-token.ts";
import { forgetApps } from "./forget-apps.ts";
import { findAppById, registerApp } from "./oauth-app.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const { authority, office, person } = await exampleAuthority(db);
const { id } = authority;
const now = Temporal.Now.instant();
const after = (days: number) => now.add({ hours: 24 * days });

const register = () =>
  db.as(id, (tx) =>
    registerApp(tx, id, {
      name: "Provapp",
      website: null,
      redirectUris: ["https://app.example/"],
      scopes: ["read"],
    }),
  );
const forget = (at: Temporal.Instant) => db.as(id, (tx) => forgetApps(tx, id, at));
const isKnown = async (app: { id: string }) =>
  (await db.read(id, (tx) => findAppById(tx, id, app.id as never))) !== undefined;
const isGood = async (token: string) => (await db.read(id, (tx) => findToken(tx, id, token))) !== undefined;

test("an app that nobody has let in is forgotten after a week, and no sooner", async () => {
  const app = await register();
  await forget(after(6));
  assert.equal(await isKnown(app), true);
  await forget(after(8));
  assert.equal(await isKnown(app), false);
});

test("an app that somebody has let in once stays, also when its token has ended", async () => {
  const app = await register();
  await db.as(id, async (tx) => {
    const made = await makeAccessToken(tx, id, { person, account: office.id, scopes: ["read"], app });
    assert.ok(made.outcome === "made");
    await revokeToken(tx, id, made.id, person, now);
  });
  await forget(after(400));
  assert.equal(await isKnown(app), true);
});

test("an app's own token lasts as long as it is used", async () => {
  const app = await register();
  const [tried, untried] = await db.as(id, async (tx) => [
    await makeAppToken(tx, id, app, ["read"]),
    await makeAppToken(tx, id, app, ["read"]),
  ]);
  await db.as(id, (tx) => noteUse(tx, id, tried.id, now.toString().slice(0, 10)));
  await forget(after(8));
  assert.deepEqual([await isGood(tried.token), await isGood(untried.token)], [true, false]);
  assert.equal(await isKnown(app), true);
  await forget(after(92));
  assert.deepEqual([await isGood(tried.token), await isKnown(app)], [false, false]);
});
