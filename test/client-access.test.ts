import assert from "node:assert/strict";
import { test } from "node:test";
import type { Endpoint } from "#adapters/api/endpoint.ts";
import { endpoints } from "#adapters/api/endpoints.ts";
import { scopes as everyScope, type Scope } from "#adapters/api/scopes.ts";
import { makeAccessToken, makeAppToken, revokeToken } from "#domain/accounts/access-token.ts";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { registerApp } from "#domain/accounts/oauth-app.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { endPerson } from "#domain/people/end-person.ts";
import type { PersonId } from "#domain/people/person.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, type Example } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { fingerprint } from "#test/whole/fingerprint.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const now = () => Temporal.Now.instant();
const { id } = world.authority;
const strangers = await tokensThatAreNone();
const ofProgram = await programToken();

/** What answers 401 or 403 to whoever has the right, for a reason that it says. */
const refusing: Readonly<Record<string, readonly number[]>> = {
  // No account is opened by an app, and no address waits to be confirmed.
  "POST /api/v1/accounts": [403],
  "POST /api/v1/emails/confirmations": [403],
  // Any token is let through, and then a person's is asked for.
  "GET /api/v1/emails/check_confirmation": [422, 200],
  // These ask for the app's secret in what is sent.
  "POST /oauth/token": [400],
  "POST /oauth/revoke": [403],
};

for (const endpoint of endpoints) {
  const { method, path, access } = endpoint;
  const name = `${method} ${path}`;
  test(`${name} is answered ${saying(endpoint)}`, async () => {
    const before = await marks();
    const isOpen = access.kind === "open";
    const none = await ask(endpoint, undefined);
    if (access.kind === "user" || access.kind === "app") assert.equal(none.status, 401, "without a token");
    else assertAdmitted(name, none);
    for (const [whose, token] of Object.entries(strangers)) {
      const answer = await ask(endpoint, token);
      if (isOpen) assertAdmitted(name, answer);
      else assert.equal(answer.status, 401, whose);
    }
    if (access.kind === "user" || access.kind === "optional") {
      const asked = access.kind === "user" ? access.scopes : [access.scope];
      const wrong = await world.token(
        everyScope.filter((other) => !asked.some((one) => touches(other, one))),
      );
      const refused = await ask(endpoint, wrong);
      assert.equal(refused.status, 403, "every scope but the right one");
      assert.equal(refused.error, "This action is outside the authorized scopes");
    }
    if (access.kind === "user") {
      const answer = await ask(endpoint, ofProgram);
      assert.equal(answer.status, 422, "an app by itself");
      assert.equal(answer.error, "This method requires an authenticated user");
    }
    if (method === "GET" || access.kind === "user")
      assert.deepEqual(await marks(), before, "nothing was changed");
    if (access.kind !== "user") assertAdmitted(name, await ask(endpoint, ofProgram));
    for (const right of rightsFor(endpoint))
      assertAdmitted(name, await ask(endpoint, await world.token([right])));
  });
}

test("each endpoint stands once in the list", () => {
  const names = endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted());
});

test("a whole scope holds its parts, and a part neither the whole nor another", async () => {
  const home = (scopes: Scope[]) =>
    world.token(scopes).then((token) => world.api("GET", "/api/v1/timelines/home", { token }));
  assert.equal((await home(["read"])).status, 200);
  assert.equal((await home(["read:statuses"])).status, 200);
  assert.equal((await home(["read:lists", "write", "follow", "push", "profile"])).status, 403);
  const follows = { token: await world.token(["follow"]) };
  assert.equal((await world.api("GET", "/api/v1/blocks", follows)).status, 200);
  assert.equal((await world.api("GET", "/api/v1/bookmarks", follows)).status, 403);
});

test("every answer says how much may still be asked, and what there is not is said in JSON", async () => {
  for (const path of [
    "/api/v1/timelines/home",
    "/api/v1/instance",
    "/api/v1/nothing",
    "/api/v2/nothing/here",
  ]) {
    const { headers, body } = await world.api("GET", path);
    assert.match(headers.get("x-ratelimit-limit") ?? "", /^\d+$/, path);
    assert.match(headers.get("x-ratelimit-remaining") ?? "", /^\d+$/, path);
    assert.match(headers.get("x-ratelimit-reset") ?? "", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, path);
    assert.equal(typeof body, "object", path);
  }
});

type Answered = { status: number; error: unknown };

async function ask({ method, path }: Endpoint, token: string | undefined): Promise<Answered> {
  const stopped = new AbortController();
  const url = world.origin + path.replaceAll(/:\w*id\b/g, "100000000000000001").replaceAll(/:\w+/g, "x");
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: stopped.signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
    },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
  const { status, headers } = response;
  // A live line has no end; that it has begun is the answer.
  const isJson = (headers.get("content-type") ?? "").startsWith("application/json");
  const body: unknown = isJson ? await response.json() : undefined;
  if (!isJson) stopped.abort();
  return {
    status,
    error: typeof body === "object" && body !== null && "error" in body ? body.error : undefined,
  };
}

/** Whatever comes then, as there is nothing behind the ids: the door was open. */
function assertAdmitted(name: string, { status, error }: Answered): void {
  const said = `${name}: ${status} ${String(error)}`;
  if (refusing[name] !== undefined) return assert.ok(refusing[name].includes(status), said);
  assert.ok(status !== 401 && status !== 403 && status < 500, said);
  assert.notEqual(error, "This method requires an authenticated user", said);
}

/** Each of them alone is enough; where none is asked for the least one is. */
function rightsFor({ access }: Endpoint): readonly Scope[] {
  if (access.kind === "user") return access.scopes;
  return access.kind === "optional" ? [access.scope] : ["profile"];
}

/** Whether having one scope gives what another one asks for. */
function touches(had: Scope, asked: Scope): boolean {
  if (had === asked || asked.startsWith(`${had}:`)) return true;
  return had === "follow" && /:(blocks|follows|mutes)$/.test(asked);
}

function saying({ access }: Endpoint): string {
  if (access.kind === "user") return `to a person's token with ${access.scopes.join(" or ")}`;
  if (access.kind === "optional") return `to anyone, and to a token with ${access.scope}`;
  return access.kind === "app" ? "to any valid token" : "to anyone";
}

/** Tokens and their days of use aside: making one is what these tests do. */
async function marks(): Promise<Record<string, string>> {
  const { access_token: _tokens, journal: _journal, ...rest } = await fingerprint(db, id);
  return Object.fromEntries(
    Object.entries(rest).filter(([table]) => !/^(journal|subscription|notification)/.test(table)),
  );
}

async function programToken(): Promise<string> {
  return db.as(id, async (tx) => {
    const named = {
      name: "Provapp",
      website: null,
      redirectUris: ["urn:ietf:wg:oauth:2.0:oob"],
      scopes: [...everyScope],
    };
    const app = await registerApp(tx, id, named);
    return (await makeAppToken(tx, id, app, everyScope)).token;
  });
}

/** Each was good once, or is good elsewhere. */
async function tokensThatAreNone(): Promise<Record<string, string>> {
  const other = await exampleAuthority(db);
  const [bo, cilla] = [await world.addColleague(), await world.addColleague()];
  const grantTo = (person: PersonId) => ({ person, account: world.office.id });
  const revoked = await make(world, id, world.person);
  await db.as(id, async (tx) => {
    await revokeToken(tx, id, revoked.id, world.person, now());
    for (const person of [bo, cilla]) await grantAccount(tx, id, grantTo(person), undefined);
  });
  const [left, withdrawn] = [await make(world, id, bo), await make(world, id, cilla)];
  await db.as(id, async (tx) => {
    await endPerson(tx, id, bo, world.person, now());
    await revokeGrant(tx, id, grantTo(cilla), world.person);
  });
  return {
    "a token that was revoked": revoked.token,
    "a token of one who has left": left.token,
    "a token of one who may no longer speak for the account": withdrawn.token,
    "a token of another authority": (await make(other, other.authority.id, other.person)).token,
    "no token of anybody": "x".repeat(43),
  };
}

async function make(of: Pick<Example, "office">, authority: AuthorityId, person: PersonId) {
  const wanted = { person, account: of.office.id, scopes: everyScope };
  const made = await db.as(authority, (tx) => makeAccessToken(tx, authority, wanted));
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made;
}
