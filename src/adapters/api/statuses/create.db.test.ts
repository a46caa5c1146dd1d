import assert from "node:assert/strict";
import { test } from "node:test";
import { careOf } from "#domain/care/care.ts";
import { startClientWorld } from "#test/client-world.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const lookedUp: string[] = [];
const world = await startClientWorld(scope, db, {
  lookUpAccount: async (authority, handle) => {
    lookedUp.push(handle);
    await exampleRemote(db, authority, "bertil", "later.test");
    return undefined;
  },
});
const { authority, office, voice } = world;
const token = await world.token(["read", "write"]);
type Refusal = { error: string };
const post = (form: Record<string, string | string[]>, headers: Record<string, string> = {}, as = token) =>
  world.api<Status & Refusal>("POST", "/api/v1/statuses", { token: as, form, headers });

async function countOf(text: string): Promise<number> {
  const [row] = await db.read(
    authority.id,
    (tx) => tx<{ count: number }[]>`
    select count(*)::int as count from post_version where authority = ${authority.id} and source = ${text}`,
  );
  return row?.count ?? 0;
}

test("what an app says is published as plain text, in office, with its tags and its language", async () => {
  const { status, body } = await post({
    status: "Vi *bygger* en bro #Bron\n\nLäs mer på https://example.se/bron",
    language: "en",
    spoiler_text: "Om bron",
    visibility: "unlisted",
  });
  assert.equal(status, 200);
  assertEntity("Status", body);
  assert.match(body.content, /<p>Vi \*bygger\* en bro <a/);
  assert.match(body.content, /href="https:\/\/example\.se\/bron"/);
  assert.deepEqual(
    [body.visibility, body.language, body.spoiler_text, body.sensitive, body.torg.capacity],
    ["unlisted", "en", "Om bron", true, "office"],
  );
  assert.deepEqual(
    body.tags.map(({ name }) => name),
    ["bron"],
  );
  const own = await world.token(["write"], { account: voice });
  const said = await post({ status: "Hej", sensitive: "true" }, {}, own);
  assert.deepEqual([said.body.torg.capacity, said.body.visibility], ["authority", "public"]);
  assert.deepEqual([said.body.sensitive, said.body.spoiler_text], [true, "Känsligt innehåll"]);
});

test("somebody who is not known yet is looked up before they are mentioned", async () => {
  const { body } = await post({ status: "Hej @bertil@later.test" });
  assert.deepEqual(lookedUp, ["@bertil@later.test"]);
  assert.deepEqual(
    body.mentions.map(({ acct }) => acct),
    ["bertil@later.test"],
  );
});

test("an answer from an app settles the care for what it answers", async () => {
  const question = await world.hear("När öppnar badet?");
  const { body } = await post({ status: "I maj.", in_reply_to_id: question });
  assert.deepEqual([body.in_reply_to_id, body.in_reply_to_account_id], [question, world.asa]);
  await until(async () => {
    const care = await db.read(authority.id, (tx) => careOf(tx, authority.id, [question as never]));
    return [...care.values()].some(({ status }) => status === "answered");
  });
});

test("what Torg does not publish is refused with a sentence in the person's language, and nothing is kept", async () => {
  const number = await post({ status: "Ring 640823-3234" });
  assert.equal(number.status, 422);
  assert.match(number.body.error, /640823-3234 ser ut som ett personnummer/);
  assert.equal(await countOf("Ring 640823-3234"), 0);
  const cases: [Record<string, string | string[]>, number, RegExp][] = [
    [{ status: " " }, 422, /Skriv något/],
    [{ status: "x".repeat(5_001) }, 422, /högst 5.000 tecken/],
    [{ status: "Rösta", "poll[options]": ["ja", "nej"], "poll[expires_in]": "300" }, 422, /Omröstningar/],
    [{ status: "Se", quoted_status_id: "100000000000000000" }, 422, /Citat/],
    [{ status: "Hej", visibility: "hemlig" }, 422, /Visibility/],
    [{ status: "Till vem?", visibility: "direct" }, 422, /Nämn någon/],
    [{ status: "Svar", in_reply_to_id: "100000000000000000" }, 404, /finns inte längre/],
    [{ status: "Bild", media_ids: ["100000000000000000"] }, 422, /En bild finns inte kvar/],
  ];
  for (const [form, status, error] of cases) {
    const refused = await post(form);
    assert.equal(refused.status, status, JSON.stringify(form));
    assert.match(refused.body.error, error);
  }
});

test("a direct post of another account of ours can neither be read nor answered", async () => {
  const secret = await world.hear("Bara till er", { visibility: "direct", mentioned: [voice.id] });
  assert.equal((await post({ status: "Jaha", in_reply_to_id: secret })).status, 404);
  assert.equal((await world.api("GET", `/api/v1/statuses/${secret}`, { token })).status, 404);
});

test("a request that is sent twice at once, and again later, publishes once and is answered the same", async () => {
  const headers = { "idempotency-key": "en gång" };
  const answers = await Promise.all([
    post({ status: "Bara en" }, headers),
    post({ status: "Bara en" }, headers),
  ]);
  const later = await post({ status: "Bara en" }, headers);
  assert.deepEqual(
    [...answers, later].map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal(new Set([...answers, later].map(({ body }) => body.id)).size, 1);
  assert.equal(await countOf("Bara en"), 1);
  const other = await post({ status: "Något annat" }, headers);
  assert.equal(other.status, 422);
  assert.match(other.body.error, /nyckel/);
  assert.equal(await countOf("Något annat"), 0);
  const elsewhere = await post(
    { status: "Bara en" },
    headers,
    await world.token(["write"], { account: voice }),
  );
  assert.notEqual(elsewhere.body.id, later.body.id);
});

test("what needs a colleague's approval is kept once, and the app is told that it waits", async () => {
  await db.as(authority.id, (tx) => tx`update account set approval = true where id = ${office.id}`);
  try {
    const headers = { "idempotency-key": "läs detta" };
    const answers = await Promise.all([
      post({ status: "Får jag säga det?" }, headers),
      post({ status: "Får jag säga det?" }, headers),
    ]);
    const again = await post({ status: "Får jag säga det?" }, headers);
    for (const { status, body } of [...answers, again]) {
      assert.equal(status, 422);
      assert.match(body.error, /sparad men inte publicerad.*\/deck\/drafts\/\d+/);
    }
    assert.equal(new Set([...answers, again].map(({ body }) => body.error)).size, 1);
    const drafts = await db.read(
      authority.id,
      (tx) => tx<{ state: string }[]>`
      select state from draft where authority = ${authority.id} and content ->> 'text' = 'Får jag säga det?'`,
    );
    assert.deepEqual([drafts.length, drafts[0]?.state], [1, "awaiting"]);
    assert.equal(await countOf("Får jag säga det?"), 0);
    const number = await post({ status: "Ring 640823-3234" }, headers);
    assert.match(number.body.error, /nyckel/);
    assert.match((await post({ status: "Ring 640823-3234" })).body.error, /personnummer/);
  } finally {
    await db.as(authority.id, (tx) => tx`update account set approval = false where id = ${office.id}`);
  }
});

test("an app alone, one without the right, and one without a token say nothing", async () => {
  assert.equal((await world.api("POST", "/api/v1/statuses", { form: { status: "Hej" } })).status, 401);
  const reader = await world.token(["read"]);
  assert.equal((await post({ status: "Hej" }, {}, reader)).status, 403);
});

/** Asks after each journal entry until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = world.services.journal.onEntries(() => {
    void isSo().then((yes) => yes && resolve());
  });
  if (!(await isSo())) await promise;
  stop();
}
