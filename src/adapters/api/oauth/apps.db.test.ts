import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "#config.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { oob, startOauthWorld, type Registered } from "#test/oauth-world.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startOauthWorld(scope, db);
const register = (json: object) =>
  world.api<Registered & { error: string; redirect_uri: string; redirect_uris: string[]; scopes: string[] }>(
    "POST",
    "/api/v1/apps",
    { json },
  );

test("an app registers, with one address or several, as a form or as JSON", async () => {
  const { status, body, headers } = await register({
    client_name: "Provapp",
    redirect_uris: ["https://app.example/callback", "provapp://oauth"],
    scopes: "read write push",
    website: "https://app.example",
  });
  assert.equal(status, 200);
  assertEntity("CredentialApplication", body);
  assert.equal(body.redirect_uri, "https://app.example/callback\nprovapp://oauth");
  assert.match(headers.get("cache-control") ?? "", /no-store/);
  assert.equal(headers.get("access-control-allow-origin"), "*");

  const form = { client_name: "Provapp", redirect_uris: `${oob} http://localhost:1234/` };
  const again = await world.api<typeof body>("POST", "/api/v1/apps", { form });
  assert.deepEqual(again.body.redirect_uris, [oob, "http://localhost:1234/"]);
  assert.deepEqual(again.body.scopes, ["read"], "read is what is given unless another is named");
  assert.notEqual(again.body.client_id, body.client_id);
});

test("scopes of Mastodon's administrators are left out, and others are unknown", async () => {
  const named = { client_name: "Provapp", redirect_uris: oob };
  assert.deepEqual(
    (await register({ ...named, scopes: "read admin:read admin:write:accounts" })).body.scopes,
    ["read"],
  );
  assert.equal((await register({ ...named, scopes: "read everything" })).status, 422);
});

test("an app without a name or an address, or with one where something would run, is not registered", async () => {
  const good = { client_name: "Provapp", redirect_uris: oob };
  for (const bad of [
    { client_name: "" },
    { client_name: "\u202e" },
    { client_name: "\u2800 \u3164\u200b\u00ad" },
    { client_name: "x".repeat(61) },
    { redirect_uris: "" },
    { redirect_uris: [] },
    { redirect_uris: "javascript:alert(1)" },
    { redirect_uris: [oob, "data:text/html,x"] },
    { redirect_uris: "https://app.example/#x" },
    { redirect_uris: "/callback" },
    { website: "javascript:alert(1)" },
  ]) {
    const { status, body } = await register({ ...good, ...bad });
    assert.equal(status, 422, JSON.stringify(bad));
    assert.match(body.error, /^Validation failed: /);
  }
});

test("what cannot be read or kept is said in JSON, as everything is", async () => {
  const sent = (body: string) =>
    fetch(`${world.origin}/api/v1/apps`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
  for (const [body, status] of [
    ["{", 400],
    ["[]", 400],
    [JSON.stringify({ client_name: "x", redirect_uris: oob, website: "https://app.example/\0" }), 422],
  ] as const) {
    const answer = await sent(body);
    assert.equal(answer.status, status, body);
    assert.match(JSON.stringify(await answer.json()), /^\{"error":"/);
  }
});

test("an app asks with its own token or with a person's who it is", async () => {
  const app = await world.register();
  const form = {
    grant_type: "client_credentials",
    client_id: app.client_id,
    client_secret: app.client_secret,
  };
  const own = await world.api<{ access_token: string }>("POST", "/oauth/token", { form });
  const { body: ofPerson } = await world.redeem(app, await world.code(app));
  for (const token of [own.body.access_token, ofPerson.access_token]) {
    const { status, body } = await world.api("GET", "/api/v1/apps/verify_credentials", { token });
    assert.equal(status, 200);
    assertEntity("Application", body);
    assert.equal(body["name"], "Provapp");
  }
  const made = await world.api("GET", "/api/v1/apps/verify_credentials", {
    token: await world.token(["read"]),
  });
  assertEntity("Application", made.body);
  assert.equal((await world.api("GET", "/api/v1/apps/verify_credentials")).status, 401);
});

test("an address may register so many apps and no more, and is told when it may again", async () => {
  let now = Temporal.Instant.from("2026-11-22T10:00:00Z");
  const strict = await startOauthWorld(scope, (await testDatabase(scope)).db, {
    config: readConfig({ TORG_URL: "http://localhost:3000" }),
    clock: () => now,
  });
  for (let count = 0; count < 25; count++) await strict.register();
  const refused = await strict.api("POST", "/api/v1/apps", {
    form: { client_name: "x", redirect_uris: oob },
  });
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "3600");
  assert.equal(refused.headers.get("x-ratelimit-limit"), "25");
  assert.equal(refused.headers.get("x-ratelimit-remaining"), "0");
  assert.equal(refused.headers.get("x-ratelimit-reset"), "2026-11-22T11:00:00.000000Z");
  now = now.add({ hours: 1 });
  await strict.register();
});
