import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { findAccount } from "#domain/accounts/account.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { CredentialAccount } from "../entities/credential-account.ts";
import type { Status } from "../entities/status.ts";

type Failure = { error: string };

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db, {
  lookUpAccount: async (authority, handle) => {
    if (handle !== "ny@fresh.test") return undefined;
    const id = await exampleRemote(db, authority, "ny", "fresh.test");
    return db.read(authority.id, (tx) => findAccount(tx, authority.id, id));
  },
});
const { authority, office, voice, asa } = world;
const own = authority.id;
const token = await world.token(["read", "write"]);
const update = (asked: Parameters<typeof world.api>[2]) =>
  world.api<CredentialAccount & Failure>("PATCH", "/api/v1/accounts/update_credentials", { token, ...asked });

test("one's own account has all that an app asks for at start, also with a token that may see no more", async () => {
  for (const scopes of [["read"], ["profile"], ["read:accounts"]]) {
    const { status, body } = await world.api<CredentialAccount>(
      "GET",
      "/api/v1/accounts/verify_credentials",
      {
        token: await world.token(scopes),
      },
    );
    assert.equal(status, 200);
    assertEntity("CredentialAccount", body);
    assert.equal(body.acct, "kommunchef");
    assert.deepEqual([body.source.privacy, body.source.language, body.source.note], ["public", "sv", ""]);
  }
  const other = await world.token(["read:statuses"]);
  assert.equal(
    (await world.api<CredentialAccount>("GET", "/api/v1/accounts/verify_credentials", { token: other }))
      .status,
    403,
  );
});

test("a profile is changed by its parts, and the rest stays", async () => {
  const { status, body } = await update({
    form: { display_name: "Kommunchefen", note: "Svarar **själv**", locked: "true", bot: "true" },
  });
  assert.equal(status, 200);
  assertEntity("CredentialAccount", body);
  assert.deepEqual([body.locked, body.bot, body.source.note], [true, true, "Svarar **själv**"]);
  assert.match(body.note, /<strong>själv<\/strong>/);
  assert.equal(body.torg.role, office.role);
  const second = await update({ json: { locked: false } });
  assert.deepEqual(
    [second.body.locked, second.body.bot, second.body.source.note],
    [false, true, "Svarar **själv**"],
  );
});

test("lines of the profile come as a list, as a hash, and as names and values one after the other", async () => {
  const lines = [
    { name: "Kommun", value: "Exempel" },
    { name: "Webb", value: "https://exempel.test" },
  ];
  const asHash = new URLSearchParams(
    lines.flatMap(({ name, value }, index) => [
      [`fields_attributes[${index}][name]`, name],
      [`fields_attributes[${index}][value]`, value],
    ]),
  );
  const asFlat = new URLSearchParams(
    lines.flatMap(({ name, value }) => [
      ["fields_attributes[][name]", name],
      ["fields_attributes[][value]", value],
    ]),
  );
  const ways = [
    { json: { fields_attributes: lines } },
    { json: { fields_attributes: { 0: lines[0], 7: lines[1] } } },
    { form: Object.fromEntries(asHash) },
    { multipart: formOf(asHash) },
    { multipart: formOf(asFlat) },
  ];
  for (const way of ways) {
    await update({ json: { fields_attributes: [] } });
    const { body } = await update(way);
    assert.deepEqual(
      body.source.fields.map(({ name, value }) => ({ name, value })),
      lines,
      JSON.stringify(way),
    );
    assert.match(body.fields[1]?.value ?? "", /<a /);
  }
});

test("what cannot be changed is refused in words, and nothing of it is kept", async () => {
  const name = (await world.api<Account>("GET", `/api/v1/accounts/${office.id}`)).body.display_name;
  const five = Array.from({ length: 5 }, (_, index) => ({ name: `n${index}`, value: "v" }));
  const wrong: [object, RegExp][] = [
    [{ display_name: "  " }, /Namnet/],
    [{ display_name: "Annat", discoverable: false }, /alltid offentliga/],
    [{ display_name: "Annat", hide_collections: true }, /alltid offentliga/],
    [{ display_name: "Annat", fields_attributes: five }, /högst 4/],
    [{ display_name: "Annat", fields_attributes: [{ name: "bara", value: "" }] }, /rubrik och innehåll/],
    [{ display_name: "Annat", source: { privacy: "secret" } }, /Synligheten/],
    [{ display_name: "Annat", source: { language: "svenska" } }, /Språket/],
    [{ display_name: "Annat", attribution_domains: ["a.test"] }, /avsändare/],
  ];
  for (const [json, why] of wrong) {
    const { status, body } = await update({ json });
    assert.equal(status, 422);
    assert.match(body.error, why);
  }
  assert.equal((await world.api<Account>("GET", `/api/v1/accounts/${office.id}`)).body.display_name, name);
  assert.equal(
    (await update({ json: { discoverable: true, indexable: true, hide_collections: false } })).status,
    200,
  );
});

test("how posts begin is kept for the account, and told as preferences; no follower hears of it", async () => {
  const before = await changes();
  const begun = await world.api("GET", "/api/v1/preferences", { token });
  assert.equal(begun.body["posting:default:language"], "sv", "the person's own, until another is set");
  const { body } = await update({
    form: { "source[privacy]": "private", "source[sensitive]": "true", "source[language]": "EN" },
  });
  assert.deepEqual(
    [body.source.privacy, body.source.sensitive, body.source.language],
    ["private", true, "en"],
  );
  const preferences = await world.api("GET", "/api/v1/preferences", { token });
  assertEntity("Preferences", preferences.body);
  assert.equal(preferences.body["posting:default:visibility"], "private");
  assert.equal(preferences.body["posting:default:language"], "en");
  assert.equal(await changes(), before);
  const said = await world.api<Status>("POST", "/api/v1/statuses", { token, form: { status: "Hello" } });
  assert.deepEqual([said.body.visibility, said.body.language, said.body.sensitive], ["private", "en", true]);
  const otherwise = { status: "Hej", visibility: "public", language: "sv", sensitive: "false" };
  const asked = await world.api<Status>("POST", "/api/v1/statuses", { token, form: otherwise });
  assert.deepEqual(
    [asked.body.visibility, asked.body.language, asked.body.sensitive],
    ["public", "sv", false],
  );
  assert.equal((await update({ json: { source: { language: "" } } })).body.source.language, "sv");
});

test("pictures are taken in a form, shown, and taken away", async () => {
  const form = new FormData();
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  form.set("avatar", new File([Uint8Array.from(png)], "a.png", { type: "image/png" }));
  const { status, body } = await update({ multipart: form });
  assert.equal(status, 200);
  assert.match(body.avatar, /\/media\/\d+\/full\.webp$/);
  assert.match(body.header, /missing/);
  const wrong = new FormData();
  wrong.set("header", new File(["<svg/>"], "a.svg", { type: "image/svg+xml" }));
  assert.match((await update({ multipart: wrong })).body.error, /ingen bild/);
  const removed = await world.api<CredentialAccount>("DELETE", "/api/v1/profile/avatar", { token });
  assertEntity("CredentialAccount", removed.body);
  assert.match(removed.body.avatar, /missing/);
  assert.equal(
    (await world.api<CredentialAccount>("DELETE", "/api/v1/profile/header", { token })).status,
    200,
  );
});

test("accounts are looked up by their handle, ours and those known from elsewhere", async () => {
  const found = async (acct: string) =>
    (await world.api<Account>("GET", "/api/v1/accounts/lookup", { query: { acct } })).body.id;
  assert.equal(await found("kommunchef"), office.id);
  assert.equal(await found("@Kommunchef@exempel.test"), office.id);
  assert.equal(await found(`kommunchef@${authority.domain}`), office.id);
  assert.equal(await found("asa@social.test"), asa);
  for (const acct of ["asa", "nobody@social.test", "", "a b"])
    assert.equal(
      (await world.api<Account>("GET", "/api/v1/accounts/lookup", { query: { acct } })).status,
      404,
      acct,
    );
  assertEntity("Account", (await world.api<Account>("GET", `/api/v1/accounts/${asa}`)).body);
});

test("a search finds what begins as typed, whom one follows alone if wished, and asks another server for a whole address", async () => {
  const search = async (query: Record<string, string>) => {
    const { body } = await world.api<Account[]>("GET", "/api/v1/accounts/search", { token, query });
    for (const one of body) assertEntity("Account", one);
    return body.map(({ acct }) => acct);
  };
  assert.deepEqual(await search({ q: "komm" }), ["kommunchef"]);
  assert.deepEqual(await search({ q: "@asa@soc" }), ["asa@social.test"]);
  assert.deepEqual(await search({ q: "exempelkommun", following: "true" }), []);
  await db.as(own, (tx) =>
    requestFollow(tx, own, { follower: office.id, followed: voice, person: world.person }),
  );
  assert.deepEqual(await search({ q: "exempel", following: "true" }), ["exempelkommun"]);
  assert.deepEqual(await search({ q: "ny@fresh.test" }), []);
  assert.deepEqual(await search({ q: "ny@fresh.test", resolve: "true" }), ["ny@fresh.test"]);
  assert.equal(
    (await world.api<Account[]>("GET", "/api/v1/accounts/search", { token, query: { q: " " } })).status,
    422,
  );
});

test("the directory lists our own voices", async () => {
  const { body } = await world.api<Account[]>("GET", "/api/v1/directory", { query: { order: "new" } });
  assert.deepEqual(
    body.map(({ acct }) => acct),
    ["kommunchef", "exempelkommun"],
  );
  assert.equal(
    (await world.api<Account[]>("GET", "/api/v1/directory", { query: { limit: "1", offset: "1" } })).body
      .length,
    1,
  );
});

function formOf(pairs: URLSearchParams): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

async function changes(): Promise<number> {
  const [row] = await db.read(
    own,
    (tx) =>
      tx<{ count: number }[]>`select count(*)::int as count from journal where kind = 'account-changed'`,
  );
  return row?.count ?? 0;
}
