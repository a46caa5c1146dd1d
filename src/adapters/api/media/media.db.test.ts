import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { jobs } from "#app.ts";
import sharp from "sharp";
import { systemClock } from "#platform/clock.ts";
import { startClientWorld } from "#test/client-world.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { MediaAttachment } from "../entities/media.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
let ahead = 0;
const world = await startClientWorld(scope, db, { clock: () => systemClock().add({ hours: ahead }) });
const { authority, office, services } = world;
const token = await world.token(["read", "write"]);
type Body = MediaAttachment & { error: string };
const send = (method: string, path: string, form?: Record<string, string>, as = token) =>
  world.api<Body>(method, path, { token: as, ...(form ? { form } : {}) });
const jobOf = (name: string) => jobs(services)[name] ?? assert.fail(name);
const tile: Uint8Array = await sharp({
  create: { width: 600, height: 300, channels: 3, background: "#0b5c5f" },
})
  .png()
  .toBuffer();

function upload(path: string, bytes: Uint8Array, more: Record<string, string> = {}, type = "image/png") {
  const multipart = new FormData();
  multipart.set("file", new File([new Uint8Array(bytes)], "bild", { type }));
  for (const [name, value] of Object.entries(more)) multipart.set(name, value);
  return world.api<Body>("POST", path, { token, multipart });
}

/** A picture that cannot be made small: what takes its time. */
async function large(): Promise<Buffer> {
  const raw = { width: 1400, height: 1400, channels: 3 as const };
  const noise = randomBytes(1400 * 1400 * 3);
  return sharp(noise, { raw }).png().toBuffer();
}

test("a picture is taken with its description and focus, and goes with a post", async () => {
  for (const path of ["/api/v1/media", "/api/v2/media"]) {
    const { status, body } = await upload(path, tile, { description: "En bro", focus: "-0.25,2" });
    assert.equal(status, 200);
    assertEntity("MediaAttachment", body);
    assert.deepEqual([body.description, body.meta?.focus], ["En bro", { x: -0.25, y: 1 }]);
    assert.deepEqual([body.meta?.original.width, body.meta?.small.size], [600, "480x240"]);
    const post = await world.api<Status>("POST", "/api/v1/statuses", {
      token,
      json: { media_ids: [body.id] },
    });
    assert.equal(post.status, 200);
    assertEntity("Status", post.body);
    assert.deepEqual(
      post.body.media_attachments.map(({ id, description }) => [id, description]),
      [[body.id, "En bro"]],
    );
    assert.equal((await fetch(body.url ?? "")).status, 200);
  }
});

test("a large one is accepted first and made later, and no post has it before", async () => {
  const bytes = await large();
  assert.ok(bytes.length > 4 * 1024 * 1024);
  const { status, body } = await upload("/api/v2/media", bytes, { description: "Brus" });
  assert.deepEqual([status, body.url, body.description], [202, null, "Brus"]);
  assertEntity("MediaAttachment", body);
  assert.equal((await send("GET", `/api/v1/media/${body.id}`)).status, 206);
  const early = await world.api<{ error: string }>("POST", "/api/v1/statuses", {
    token,
    form: { status: "Titta", media_ids: [body.id] },
  });
  assert.equal(early.status, 422);
  assert.match(early.body.error, /göras i ordning/);
  const job = { authority: authority.id, media: body.id };
  await jobOf("make-picture")(job);
  await jobOf("make-picture")(job);
  const made = await send("GET", `/api/v1/media/${body.id}`);
  assert.equal(made.status, 200);
  assert.equal(made.body.meta?.original.width, 1400);
  assert.equal(await services.mediaStore.read(authority.id, body.id as MediaId, "original"), undefined);
});

test("what cannot be read is refused, at once or when it has been tried", async () => {
  const film = await upload("/api/v2/media", Buffer.from("\0\0\0\x18ftypmp42"), {}, "video/mp4");
  assert.equal(film.status, 422);
  assert.match(film.body.error, /inte film eller ljud/);
  const broken = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(200)]);
  assert.equal((await upload("/api/v1/media", broken)).status, 422);
  const late = await upload("/api/v2/media", Buffer.concat([broken, Buffer.alloc(5 * 1024 * 1024)]));
  assert.equal(late.status, 202);
  await jobOf("make-picture")({ authority: authority.id, media: late.body.id });
  assert.equal((await send("GET", `/api/v1/media/${late.body.id}`)).status, 422);
  assert.equal((await upload("/api/v1/media", tile, { description: "x".repeat(1_501) })).status, 422);
  assert.equal((await send("POST", "/api/v1/media", { description: "utan fil" })).status, 422);
});

test("a description is changed until a post has the picture; a post without one is refused", async () => {
  const { body } = await upload("/api/v1/media", tile);
  assert.equal(body.description, null);
  const form = { status: "Utan", "media_ids[]": body.id };
  const refused = await world.api<{ error: string }>("POST", "/api/v1/statuses", { token, form });
  assert.equal(refused.status, 422);
  assert.match(refused.body.error, /Beskriv bilden/);
  const changed = await send("PUT", `/api/v1/media/${body.id}`, { description: "En bro", focus: "0,-0.5" });
  assert.deepEqual([changed.body.description, changed.body.meta?.focus], ["En bro", { x: 0, y: -0.5 }]);
  const focused = await send("PUT", `/api/v1/media/${body.id}`, { focus: "0.5,0.5" });
  assert.equal(focused.body.description, "En bro");
  assert.equal((await world.api("POST", "/api/v1/statuses", { token, form })).status, 200);
  assert.equal((await send("PUT", `/api/v1/media/${body.id}`, { description: "Annat" })).status, 422);
  assert.equal((await send("DELETE", `/api/v1/media/${body.id}`)).status, 422);
});

test("a colleague has nothing to do with what one has uploaded", async () => {
  const { body } = await upload("/api/v1/media", tile, { description: "Min" });
  const bo = await world.addColleague();
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person: bo, account: office.id }, undefined),
  );
  const theirs = await world.token(["read", "write"], { person: bo });
  for (const method of ["GET", "PUT", "DELETE"])
    assert.equal((await send(method, `/api/v1/media/${body.id}`, undefined, theirs)).status, 404);
  const said = await world.api("POST", "/api/v1/statuses", {
    token: theirs,
    form: { status: "Din bild", media_ids: [body.id] },
  });
  assert.equal(said.status, 422);
});

test("what no post, draft or plan has is taken away: at once when asked, and else after a day", async () => {
  const [asked, idle, planned, used] = await Promise.all(
    ["a", "b", "c", "d"].map(
      async (description) => (await upload("/api/v1/media", tile, { description })).body,
    ),
  );
  assert.ok(asked && idle && planned && used);
  assert.deepEqual((await send("DELETE", `/api/v1/media/${asked.id}`)).body, {});
  assert.equal((await send("GET", `/api/v1/media/${asked.id}`)).status, 404);
  const say = (media: Body, more: Record<string, string> = {}) =>
    world.api("POST", "/api/v1/statuses", { token, form: { status: "Se", media_ids: [media.id], ...more } });
  const later = systemClock().add({ hours: 48 }).toString();
  assert.equal((await say(planned, { scheduled_at: later })).status, 200);
  assert.equal((await say(used)).status, 200);
  const sweep = jobOf("sweep-uploads");
  await sweep({});
  assert.equal((await send("GET", `/api/v1/media/${idle.id}`)).status, 200);
  ahead = 25;
  await sweep({});
  assert.equal((await send("GET", `/api/v1/media/${idle.id}`)).status, 404);
  assert.equal(await services.mediaStore.read(authority.id, idle.id as MediaId, "full"), undefined);
  for (const kept of [planned, used])
    assert.equal((await send("GET", `/api/v1/media/${kept.id}`)).status, 200);
});
