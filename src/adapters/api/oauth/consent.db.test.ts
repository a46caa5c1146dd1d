import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { challenge, oob, redirectUri, startOauthWorld } from "#test/oauth-world.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startOauthWorld(scope, db);
const app = await world.register({
  website: "https://app.example/",
  redirect_uris: [redirectUri, oob, "prov.app:/in"],
});
const leads = (answer: Response) => new URL(answer.headers.get("location") ?? "", world.origin);

test("who is not signed in goes to the door and back, with all that was asked", async () => {
  const answer = await world.page(app, { state: "a\\b <c>" }, "");
  assert.equal(answer.status, 303);
  const door = leads(answer);
  assert.equal(door.pathname, "/sign-in");
  const next = new URL(door.searchParams.get("next") ?? "", world.origin);
  assert.equal(next.pathname, "/oauth/authorize");
  assert.equal(next.searchParams.get("state"), "a\\b <c>");
  const kept = await (await world.ask(door.pathname + door.search, "")).text();
  assert.match(kept, /name="next" value="\/oauth\/authorize\?/);
});

test("who is signed in may be asked to sign in again, once", async () => {
  const door = leads(await world.page(app, { force_login: "true" }));
  assert.equal(door.pathname, "/sign-in");
  assert.doesNotMatch(door.searchParams.get("next") ?? "", /force_login/);
});

test("the page says who asks, where the answer goes, what for and as whom, and is kept by nobody", async () => {
  const answer = await world.page(app, { scope: "read:statuses write:statuses push" });
  assert.equal(answer.status, 200);
  const page = await answer.text();
  for (const words of [
    "Ska Provapp få använda ditt konto?",
    "https://app.example/",
    "skickas du vidare till app.example",
    "Publicera, ändra och ta bort inlägg i kontots namn",
    "Skicka notiser till din enhet",
    "@kommunchef@exempel.test",
    "@exempelkommun@exempel.test",
    "Anna Exempel",
  ])
    assert.ok(page.includes(words), words);
  assert.doesNotMatch(page, /<script/);
  assert.doesNotMatch(page, / checked/, "of several accounts none is chosen beforehand");
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  const policy = answer.headers.get("content-security-policy") ?? "";
  assert.match(policy, /form-action 'self' https:;/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /script-src/);
  assert.equal(answer.headers.get("access-control-allow-origin"), null, "this page is for people");
});

test("the page is in the language that the app names, else in the person's own", async () => {
  assert.match(await (await world.page(app, { lang: "en" })).text(), /Let Provapp use your account\?/);
  assert.match(await (await world.page(app, { lang: "fi" })).text(), /<html lang="sv">/);
});

test("the one account that somebody speaks for is chosen beforehand; who speaks for none is told so", async () => {
  const { id } = world.authority;
  const bo = await world.addColleague();
  const { header } = await world.signIn(bo);
  const none = await world.page(app, {}, header);
  assert.equal(none.status, 403);
  assert.match(await none.text(), /Du får inte tala för något konto än/);
  assert.equal((await world.press(app, {}, header)).status, 403);
  await db.as(id, (tx) => grantAccount(tx, id, { person: bo, account: world.office.id }, undefined));
  assert.match(
    await (await world.page(app, {}, header)).text(),
    new RegExp(`value="${world.office.id}" checked`),
  );
  const other = await world.press(app, { account: world.voice.id }, header);
  assert.equal(other.status, 422, "an account that was not granted");
});

test("who lets an app in is sent on with a code, its state and our name", async () => {
  const answer = await world.press(app, { state: "x&y=z" });
  assert.equal(answer.status, 303);
  const to = leads(answer);
  assert.equal(to.origin + to.pathname, redirectUri);
  assert.equal(to.searchParams.get("state"), "x&y=z");
  assert.equal(to.searchParams.get("iss"), `${world.origin}/`);
  assert.match(to.searchParams.get("code") ?? "", /^[\w-]{43}$/);
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  const own = await world.press(app, { redirect_uri: "prov.app:/in" });
  assert.match(own.headers.get("location") ?? "", /^prov\.app:\/in\?code=/);
});

test("who refuses is sent on with that, whether an account was chosen or not", async () => {
  const to = leads(await world.press(app, { answer: "refuse", account: "", state: "1" }));
  assert.equal(to.searchParams.get("error"), "access_denied");
  assert.equal(to.searchParams.get("state"), "1");
  assert.equal(to.searchParams.get("iss"), `${world.origin}/`);
  assert.equal(to.searchParams.get("code"), null);
  const shown = await world.press(app, { answer: "refuse", redirect_uri: oob });
  assert.match(await shown.text(), /Du har nekat/);
});

test("an app without an address is given its code by hand", async () => {
  const answer = await world.press(app, { redirect_uri: oob });
  assert.equal(answer.status, 200);
  const code = /<code id="code">([\w-]{43})</.exec(await answer.text())?.[1] ?? "";
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  assert.equal((await world.redeem(app, code, { redirect_uri: oob })).status, 200);
});

test("nobody is sent to an address that the app has not registered, to the letter", async () => {
  for (const redirect_uri of [
    "https://evil.example/",
    "https://app.example/callback/",
    "https://app.example/callback?x=1",
    "https://APP.example/callback",
    "https://app.example/callback/../evil",
    "https://app.example@evil.example/callback",
    "javascript:alert(1)",
    undefined,
  ])
    for (const ask of [world.page, world.press]) {
      const answer = await ask(app, { redirect_uri });
      assert.equal(answer.status, 400, String(redirect_uri));
      assert.equal(answer.headers.get("location"), null);
      assert.doesNotMatch(await answer.text(), /evil\.example/);
    }
  for (const client_id of ["", "unknown", undefined])
    assert.equal((await world.page(app, { client_id })).status, 400);
});

test("a request that cannot be is said on a page, from which the person goes on or not", async () => {
  const cases: [fields: Record<string, string | undefined>, error: string][] = [
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ response_type: undefined }, "invalid_request"],
    [{ response_mode: "form_post" }, "invalid_request"],
    [{ scope: "read everything" }, "invalid_scope"],
    [{ scope: "profile" }, "invalid_scope"],
    [{ code_challenge: challenge, code_challenge_method: "plain" }, "invalid_request"],
    [{ code_challenge: challenge }, "invalid_request"],
    [{ code_challenge_method: "S256" }, "invalid_request"],
    [{ code_challenge: "short", code_challenge_method: "S256" }, "invalid_request"],
  ];
  for (const [fields, error] of cases)
    for (const ask of [world.page, world.press]) {
      const answer = await ask(app, { ...fields, state: "1" });
      assert.equal(answer.status, 400, JSON.stringify(fields));
      assert.equal(answer.headers.get("location"), null, "a link to us leads nobody elsewhere by itself");
      const way = /href="(https:\/\/app\.example[^"]*)"/
        .exec(await answer.text())?.[1]
        ?.replaceAll("&amp;", "&");
      const { searchParams } = new URL(way ?? "");
      assert.equal(searchParams.get("error"), error, JSON.stringify(fields));
      assert.equal(searchParams.get("state"), "1");
      assert.equal(searchParams.get("iss"), `${world.origin}/`);
    }
});

test("a parameter that stands there twice is neither of the two", async () => {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: redirectUri,
  });
  const { header } = await world.signIn();
  for (const [name, value, status] of [
    ["redirect_uri", "https://evil.example/", 400],
    ["client_id", "x", 400],
    ["scope", "write", 200],
  ] as const) {
    const twice = `${query.toString()}&${name}=${encodeURIComponent(value)}`;
    assert.equal((await world.ask(`/oauth/authorize?${twice}`, header)).status, status, name);
  }
  assert.equal(
    (await world.ask(`/oauth/authorize?${query.toString()}&scope=read&scope=write`, header)).status,
    400,
  );
});

test("the form is taken from our own page alone, and from who is signed in", async () => {
  const { header } = await world.signIn();
  const body = new URLSearchParams({
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: redirectUri,
    answer: "allow",
    account: world.office.id,
  });
  for (const origin of ["https://evil.example", "null", undefined]) {
    const headers = { cookie: header, ...(origin ? { origin } : {}) };
    const answer = await fetch(`${world.origin}/oauth/authorize`, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
    });
    assert.equal(answer.status, 403);
  }
  const signedOut = await world.press(app, { state: "1" }, "");
  assert.equal(signedOut.status, 303);
  assert.equal(leads(signedOut).pathname, "/sign-in");
  assert.match(leads(signedOut).searchParams.get("next") ?? "", /state=1/);
});

test("what an app calls itself is shown as text", async () => {
  const rude = await world.register({ client_name: `<b onclick="x">"Torg"</b>` });
  const page = await (await world.page(rude)).text();
  assert.doesNotMatch(page, /<b onclick/);
  assert.match(page, /&lt;b onclick=/);
});

test("an app of one authority is unknown at another, and so are its people, codes and tokens", async () => {
  const host = world.origin.replace("localhost", "127.0.0.1");
  const neighbour = await exampleAuthority(db, { domain: new URL(host).host, handleDomain: "granne.test" });
  const { header } = await world.signIn();
  const query = new URLSearchParams({
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: redirectUri,
  });
  const there = (path: string, init: RequestInit = {}) => fetch(host + path, { redirect: "manual", ...init });
  assert.equal(
    (await there(`/oauth/authorize?${query.toString()}`, { headers: { cookie: header } })).status,
    400,
  );

  const code = await world.code(app);
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    client_id: app.client_id,
    client_secret: app.client_secret,
  };
  const post = (path: string, fields: Record<string, string>) =>
    there(path, { method: "POST", body: new URLSearchParams(fields) });
  assert.equal((await post("/oauth/token", form)).status, 401);

  const named = { client_name: "Grannapp", redirect_uris: redirectUri, scopes: "read write" };
  const theirs = (await (await post("/api/v1/apps", named)).json()) as typeof app;
  const own = { client_id: theirs.client_id, client_secret: theirs.client_secret };
  assert.equal((await post("/oauth/token", { ...form, ...own })).status, 400);
  // The person of one authority has no session at the other.
  const asked = new URLSearchParams({ ...Object.fromEntries(query), client_id: theirs.client_id }).toString();
  const answer = await there(`/oauth/authorize?${asked}`, { headers: { cookie: header } });
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get("location") ?? "", /^\/sign-in/);

  const { body } = await world.redeem(app, code);
  const home = await there("/api/v1/timelines/home", {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  assert.equal(home.status, 401);
  assert.equal((await post("/oauth/revoke", { ...own, token: body.access_token })).status, 200);
  assert.equal((await world.api("GET", "/api/v1/timelines/home", { token: body.access_token })).status, 200);
  assert.ok(neighbour.authority.id !== world.authority.id);
});
