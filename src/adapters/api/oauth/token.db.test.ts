import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { endPerson } from "#domain/people/end-person.ts";
import { addPerson } from "#domain/people/person.ts";
import { systemClock } from "#platform/clock.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { challenge, oob, startOauthWorld, verifier, type Registered } from "#test/oauth-world.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
let ahead = Temporal.Duration.from({ seconds: 0 });
const world = await startOauthWorld(scope, db, { clock: () => systemClock().add(ahead) });
const { authority } = world;
const home = (token: string) => world.api("GET", "/api/v1/timelines/home", { token });
const asProgram = (app: Registered, more: Record<string, string> = {}) => ({
  form: { client_id: app.client_id, client_secret: app.client_secret, ...more },
});

test("a code is exchanged for a token, which is a fact with the app's name", async () => {
  const app = await world.register();
  const { status, body, headers } = await world.redeem(app, await world.code(app));
  assert.equal(status, 200);
  assertEntity("Token", body);
  assert.equal(body.scope, "read write");
  assert.match(headers.get("cache-control") ?? "", /no-store/);
  assert.equal((await home(body.access_token)).status, 200);
  const [entry] = await db.read(
    authority.id,
    (tx) => tx<{ person: string; account: string; facts: object }[]>`
      select person, account, facts from journal
      where authority = ${authority.id} and kind = 'access-token-made' order by id desc limit 1`,
  );
  assert.deepEqual(
    { ...entry },
    { person: world.person, account: world.office.id, facts: { scopes: ["read", "write"], app: "Provapp" } },
  );
});

test("an app says who it is in a form, in JSON or with HTTP Basic", async () => {
  const app = await world.register();
  const wanted = { grant_type: "client_credentials", scope: "read" };
  const said = { client_id: app.client_id, client_secret: app.client_secret };
  const basic = `Basic ${Buffer.from(`${app.client_id}:${app.client_secret}`).toString("base64")}`;
  for (const asked of [
    { form: { ...wanted, ...said } },
    { json: { ...wanted, ...said } },
    { form: wanted, headers: { authorization: basic } },
  ]) {
    const { status, body } = await world.api("POST", "/oauth/token", asked);
    assert.equal(status, 200);
    assertEntity("Token", body);
  }
  const wrong = `Basic ${Buffer.from(`${app.client_id}:x`).toString("base64")}`;
  for (const asked of [
    { form: wanted },
    { form: { ...wanted, ...said, client_secret: "x" } },
    { form: { ...wanted, client_id: app.client_id } },
    { form: wanted, headers: { authorization: wrong } },
    { form: wanted, headers: { authorization: "Basic %%%" } },
  ]) {
    const { status, body } = await world.api("POST", "/oauth/token", asked);
    assert.equal(status, 401);
    assert.equal(body["error"], "invalid_client");
    assertEntity("OAuthError", body);
  }
});

test("an app by itself is given no more than it was registered with, and leaves nothing in the journal", async () => {
  const app = await world.register({ scopes: "read:accounts write" });
  const before = await world.kinds();
  const ask = (more: Record<string, string>) =>
    world.api<{ scope: string; error: string; access_token: string }>(
      "POST",
      "/oauth/token",
      asProgram(app, { grant_type: "client_credentials", ...more }),
    );
  assert.equal((await ask({ scope: "write:statuses" })).body.scope, "write:statuses");
  assert.equal((await ask({})).body.scope, "read:accounts write");
  assert.equal((await ask({ scope: "read" })).body.error, "invalid_scope");
  assert.equal((await ask({ scope: "everything" })).status, 400);
  const { body } = await ask({ scope: "write" });
  assert.equal((await home(body.access_token)).status, 422);
  assert.deepEqual(await world.kinds(), before);
});

test("passwords and other ways are refused, and it is said how instead", async () => {
  const app = await world.register();
  const password = await world.api(
    "POST",
    "/oauth/token",
    asProgram(app, { grant_type: "password", username: "a" }),
  );
  assert.equal(password.status, 400);
  assert.equal(password.body["error"], "unsupported_grant_type");
  assert.match(String(password.body["error_description"]), /authorization_code/);
  assert.equal((await world.api("POST", "/oauth/token", asProgram(app))).body["error"], "invalid_request");
  for (const grant of ["refresh_token", "implicit"])
    assert.equal(
      (await world.api("POST", "/oauth/token", asProgram(app, { grant_type: grant }))).body["error"],
      "unsupported_grant_type",
    );
});

test("a code that comes twice ends the token that it gave", async () => {
  const app = await world.register();
  const code = await world.code(app);
  const { body } = await world.redeem(app, code);
  const again = await world.redeem(app, code);
  assert.equal(again.status, 400);
  assert.equal(again.body.error, "invalid_grant");
  assert.equal((await home(body.access_token)).status, 401);
  assert.equal((await world.kinds()).at(-1), "access-token-revoked");
});

test("of two apps with one code at the same time, neither keeps a token", async () => {
  const app = await world.register();
  const code = await world.code(app);
  const both = await Promise.all([world.redeem(app, code), world.redeem(app, code)]);
  assert.deepEqual(new Set(both.map(({ status }) => status)), new Set([200, 400]));
  const token = both.find(({ status }) => status === 200)?.body.access_token ?? "";
  assert.equal((await home(token)).status, 401);
});

test("a code is good for the app that it was given to, at the address that it asked from", async () => {
  const app = await world.register({ redirect_uris: ["https://app.example/callback", oob] });
  const thief = await world.register({ client_name: "Tjuv" });
  const code = await world.code(app);
  assert.equal((await world.redeem(thief, code)).body.error, "invalid_grant");
  assert.equal((await world.redeem(app, code, { redirect_uri: oob })).body.error, "invalid_grant");
  assert.equal((await world.redeem(app, "x")).body.error, "invalid_grant");
  assert.equal((await world.redeem(app, code)).status, 200, "the thief has not spoilt it for the owner");
});

test("a challenge is to be answered, and an answer without one is a sign that it was cut out", async () => {
  const app = await world.register();
  const asked = { code_challenge: challenge, code_challenge_method: "S256" };
  const redeem = async (fields: object, code_verifier?: string) => {
    const code = await world.code(app, { ...fields });
    return (await world.redeem(app, code, code_verifier === undefined ? {} : { code_verifier })).status;
  };
  assert.equal(await redeem(asked, verifier), 200);
  assert.equal(await redeem(asked, `${verifier}x`), 400);
  assert.equal(await redeem(asked, challenge), 400, "what went over the wire is no answer");
  assert.equal(await redeem(asked), 400);
  assert.equal(await redeem({}, verifier), 400, "a downgrade");
});

test("a code is good for ten minutes", async () => {
  const app = await world.register();
  const [early, late] = [await world.code(app), await world.code(app)];
  ahead = Temporal.Duration.from({ minutes: 9 });
  assert.equal((await world.redeem(app, early)).status, 200);
  ahead = Temporal.Duration.from({ minutes: 10 });
  assert.equal((await world.redeem(app, late)).body.error, "invalid_grant");
  ahead = Temporal.Duration.from({ seconds: 0 });
});

test("who has lost the account, or has left, gives no token by a code from before", async () => {
  const app = await world.register();
  const { id } = authority;
  const bo = await db.as(id, async (tx) => {
    const details = { name: "Bo Exempel", email: "bo.kod@example.se", roles: [], language: "sv" as const };
    const added = await addPerson(tx, id, details, undefined);
    if (added.outcome !== "added") throw new Error(added.outcome);
    await grantAccount(tx, id, { person: added.id, account: world.office.id }, undefined);
    return added.id;
  });
  const { header } = await world.signIn(bo);
  const codeOf = async () =>
    new URL((await world.press(app, {}, header)).headers.get("location") ?? "").searchParams.get("code") ??
    "";
  const [first, second] = [await codeOf(), await codeOf()];
  const grant = { person: bo, account: world.office.id };
  await db.as(id, (tx) => revokeGrant(tx, id, grant, undefined));
  assert.equal((await world.redeem(app, first)).status, 400);
  await db.as(id, (tx) => grantAccount(tx, id, grant, undefined));
  await db.as(id, (tx) => endPerson(tx, id, bo, world.person, systemClock()));
  assert.equal((await world.redeem(app, second)).status, 400);
});

test("an app gives back its own token as often as it likes, and no other's", async () => {
  const app = await world.register();
  const other = await world.register({ client_name: "Annan" });
  const { body } = await world.redeem(app, await world.code(app));
  const token = body.access_token;
  const give = (from: Registered, more: Record<string, string>) =>
    world.api("POST", "/oauth/revoke", asProgram(from, more));
  assert.equal((await give(other, { token })).status, 403);
  assert.equal((await give({ ...app, client_secret: "x" }, { token })).status, 403);
  assert.equal((await give(app, {})).status, 403);
  assert.equal((await home(token)).status, 200);
  for (let time = 0; time < 2; time++) {
    const given = await give(app, { token });
    assert.equal(given.status, 200);
    assert.deepEqual(given.body, {});
  }
  assert.equal((await home(token)).status, 401);
  assert.equal((await give(app, { token: "unknown" })).status, 200);
});

test("the metadata say what is so, and the claims of a person are those of the account", async () => {
  const { body } = await world.api("GET", "/.well-known/oauth-authorization-server");
  assertEntity("AuthorizationServer", body);
  assert.equal(body["issuer"], `${world.origin}/`);
  const token = await world.token(["profile"]);
  for (const method of ["GET", "POST"]) {
    const claims = await world.api(method, "/oauth/userinfo", { token });
    assertEntity("UserInfo", claims.body);
    assert.equal(claims.body["preferred_username"], "kommunchef");
  }
  assert.equal(
    (await world.api("GET", "/oauth/userinfo", { token: await world.token(["write"]) })).status,
    403,
  );
});
