import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { MediaId } from "#domain/media/media.ts";
import type { MediaStore } from "#domain/media/media-store.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import sharp from "sharp";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addVoice, say, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const mediaStore: MediaStore = {
  write: () => Promise.resolve(),
  read: () => Promise.resolve(Buffer.from("a picture")),
  remove: () => Promise.resolve(),
};
const app = webApp(webServices(db, { mediaStore }));
const authority = await addAuthority(db, "torg.test");
const chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
const now = Temporal.Instant.from("2026-11-22T04:00:00Z");

test("a picture that only stands in a deleted post is taken away with it", async () => {
  const picture = await keepPicture();
  assert.equal(await statusOf(picture), 200);
  const [first, second] = [await show(picture), await show(picture)];
  await remove(first);
  assert.equal(await statusOf(picture), 200);
  await remove(second);
  assert.equal(await statusOf(picture), 404);
});

test("a picture in a hidden post is not shown until the post is", async () => {
  const picture = await keepPicture();
  const post = await show(picture);
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, post, now));
  assert.equal(await statusOf(picture), 404);
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, post, null));
  assert.equal(await statusOf(picture), 200);
});

test("a face stays, though somebody put it in a post and took that away", async () => {
  const picture = await keepPicture();
  await db.as(
    authority.id,
    (tx) => tx`update account set avatar = ${picture} where authority = ${authority.id} and id = ${chief.id}`,
  );
  await remove(await show(picture));
  assert.equal(await statusOf(picture), 200);
});

async function keepPicture(): Promise<MediaId> {
  const create = { width: 8, height: 8, channels: 3, background: "#345" } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  const stored = await storeUpload(db, mediaStore, authority.id, { bytes, person: null });
  if (stored.outcome !== "stored") throw new Error(stored.outcome);
  return stored.id;
}

function show(media: MediaId) {
  return say(db, authority, chief, "En bild", { attachments: [{ media, alt: "En bild" }] });
}

function remove(id: Awaited<ReturnType<typeof show>>) {
  return db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id, account: chief.id, person: null }, now),
  );
}

async function statusOf(picture: MediaId): Promise<number> {
  return (
    await app.request(`http://torg.test/media/${picture}/full.webp`, { headers: { host: "torg.test" } })
  ).status;
}
