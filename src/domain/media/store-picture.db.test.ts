import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import type { MediaStore } from "./media-store.ts";
import { storeUpload } from "./store-picture.ts";

const nowhere: MediaStore = {
  write: () => Promise.resolve(),
  read: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

test("pictures that browsers send are kept; programs that look like pictures are not read at all", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const outcome = async (bytes: Uint8Array) =>
    (await storeUpload(db, nowhere, authority.id, { bytes, person: null })).outcome;
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "#0b5c5f" } });
  for (const format of ["png", "jpeg", "gif", "webp", "avif"] as const)
    assert.equal(await outcome(await picture.clone().toFormat(format).toBuffer()), "stored", format);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
  for (const text of [svg, `<?xml version="1.0"?>${svg}`, `\uFEFF${svg}`, "GIF8", ""])
    assert.equal(await outcome(Buffer.from(text)), "not-a-picture", text);
  assert.equal(await outcome(await picture.clone().tiff().toBuffer()), "not-a-picture");
});
