import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { storeUpload } from "#domain/media/store-picture.ts";
import { receiveEdit } from "#domain/posts/receive-change.ts";
import { startClientWorld } from "#test/client-world.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { exampleIncoming } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { MediaAttachment } from "../entities/media.ts";
import type { Status } from "../entities/status.ts";
import type { StatusEdit } from "./history.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, services } = world;
const token = await world.token(["read", "write"]);
type Refusal = { error: string };
const send = <Body = Status & Refusal>(
  method: string,
  path: string,
  form?: Record<string, string | string[]>,
) => world.api<Body>(method, `/api/v1${path}`, { token, ...(form ? { form } : {}) });

async function picture(description: string): Promise<string> {
  const bytes = await sharp({ create: { width: 9, height: 6, channels: 3, background: "#0b5c5f" } })
    .png()
    .toBuffer();
  const stored = await storeUpload(db, services.mediaStore, authority.id, { bytes, person: world.person });
  if (stored.outcome !== "stored") throw new Error(stored.outcome);
  await db.as(
    authority.id,
    (tx) => tx`update media set description = ${description} where id = ${stored.id}`,
  );
  return stored.id;
}

test("words, pictures and descriptions are changed, and each version stays to be read", async () => {
  const [one, two] = [await picture("En bro"), await picture("En båt")];
  const { body: first } = await send("POST", "/statuses", { status: "Bron", media_ids: [one, two] });
  assert.deepEqual(
    first.media_attachments.map(({ description }) => description),
    ["En bro", "En båt"],
  );
  const { status, body } = await send("PUT", `/statuses/${first.id}`, {
    status: "Bron är klar",
    spoiler_text: "Nyheter",
    media_ids: [two, one],
    "media_attributes[0][id]": one,
    "media_attributes[0][description]": "Bron i dimma",
    "media_attributes[0][focus]": "-0.5,0.25",
  });
  assert.equal(status, 200);
  assertEntity("Status", body);
  assert.notEqual(body.edited_at, null);
  assert.deepEqual(
    body.media_attachments.map(({ id, description }) => [id, description]),
    [
      [two, "En båt"],
      [one, "Bron i dimma"],
    ],
  );
  assert.deepEqual(body.media_attachments[1]?.meta?.focus, { x: -0.5, y: 0.25 });
  const { body: edits } = await send<StatusEdit[]>("GET", `/statuses/${first.id}/history`);
  for (const edit of edits) assertEntity("StatusEdit", edit);
  assert.deepEqual(
    edits.map(({ content, spoiler_text, media_attachments }) => [
      content,
      spoiler_text,
      media_attachments.map(({ description }) => description),
    ]),
    [
      ["<p>Bron</p>", "", ["En bro", "En båt"]],
      ["<p>Bron är klar</p>", "Nyheter", ["En båt", "Bron i dimma"]],
    ],
  );
  const { body: source } = await send("GET", `/statuses/${first.id}/source`);
  assertEntity("StatusSource", source);
  assert.deepEqual(source, { id: first.id, text: "Bron är klar", spoiler_text: "Nyheter" });
});

test("what says the same makes no version, and pictures that are no longer named are gone", async () => {
  const one = await picture("En bro");
  const { body: first } = await send("POST", "/statuses", { status: "Samma", media_ids: [one] });
  const same = await send("PUT", `/statuses/${first.id}`, { status: "Samma", media_ids: [one] });
  assert.equal(same.body.edited_at, null);
  assert.equal((await send<StatusEdit[]>("GET", `/statuses/${first.id}/history`)).body.length, 1);
  const without = await send("PUT", `/statuses/${first.id}`, { status: "Samma" });
  assert.deepEqual(without.body.media_attachments, []);
  const empty = await send("PUT", `/statuses/${first.id}`, { status: "" });
  assert.equal(empty.status, 422);
});

test("only the account's own posts are changed and deleted", async () => {
  const others = [await world.say(voice, "Vi"), await world.hear("Hej")];
  for (const id of others) {
    assert.equal((await send("PUT", `/statuses/${id}`, { status: "Nej" })).status, 404);
    assert.equal((await send("DELETE", `/statuses/${id}`)).status, 404);
  }
});

test("a change of an account with approval waits for a colleague, once", async () => {
  const post = await world.say(office, "Öppet till fem");
  await db.as(authority.id, (tx) => tx`update account set approval = true where id = ${office.id}`);
  const asked = [1, 2].map(() => send("PUT", `/statuses/${post}`, { status: "Öppet till sex" }));
  const answers = await Promise.all(asked);
  await db.as(authority.id, (tx) => tx`update account set approval = false where id = ${office.id}`);
  for (const { status, body } of answers) {
    assert.equal(status, 422);
    assert.match(body.error, /sparad men inte publicerad/);
  }
  const [row] = await db.read(
    authority.id,
    (tx) => tx<{ count: number }[]>`select count(*)::int from draft where target = ${post}`,
  );
  assert.equal(row?.count, 1);
  assert.equal((await send("GET", `/statuses/${post}`)).body.content, "<p>Öppet till fem</p>");
});

test("what is deleted comes back with its words and pictures, to be written anew", async () => {
  const one = await picture("En bro");
  const { body: first } = await send("POST", "/statuses", { status: "Fel", media_ids: [one] });
  await send("PUT", `/statuses/${first.id}`, {
    status: "Fel igen",
    media_ids: [one],
    "media_attributes[0][id]": one,
    "media_attributes[0][description]": "En bro om natten",
  });
  const { status, body } = await send<Status & { text: string }>("DELETE", `/statuses/${first.id}`);
  assert.deepEqual([status, body.text, body.media_attachments[0]?.id], [200, "Fel igen", one]);
  assert.equal((await send("GET", `/statuses/${first.id}`)).status, 404);
  assert.equal((await send("DELETE", `/statuses/${first.id}`)).status, 404);
  const anew = await send("POST", "/statuses", { status: "Rätt", media_ids: [one] });
  assert.equal(anew.body.media_attachments[0]?.description, "En bro om natten");
  const kept = await send<MediaAttachment>("GET", `/media/${one}`);
  assertEntity("MediaAttachment", kept.body);
});

test("the versions of what others have said are shown as well, and their words to be quoted", async () => {
  const post = await world.hear("Först");
  const uri = await db.read(
    authority.id,
    (tx) => tx<{ uri: string }[]>`select uri from post where id = ${post}`,
  );
  await db.as(authority.id, (tx) =>
    receiveEdit(
      tx,
      authority.id,
      exampleIncoming({
        uri: uri[0]?.uri ?? "",
        author: world.asa,
        source: "Sedan",
        editedAt: Temporal.Now.instant(),
        mentioned: [office.id],
      }),
    ),
  );
  const { body } = await send<StatusEdit[]>("GET", `/statuses/${post}/history`);
  assert.deepEqual(
    body.map(({ content }) => content),
    ["<p>Först</p>", "<p>Sedan</p>"],
  );
  assert.equal((await send<{ text: string }>("GET", `/statuses/${post}/source`)).body.text, "Sedan");
});
