import assert from "node:assert/strict";
import { test } from "node:test";
import type { Site } from "#context.ts";
import type { Media, MediaId } from "#domain/media/media.ts";
import { mediaAttachment } from "./media.ts";

const site = { origin: "https://torg.test" } as Site;
const sourceUrl = "https://social.test/picture.png";
const media: Media = {
  id: "100000000000000001" as MediaId,
  state: "waiting",
  type: null,
  width: null,
  height: null,
  bytes: null,
  sourceUrl,
  description: null,
  focus: null,
};

test("a picture from elsewhere has an address before it is fetched: the one where it will lie", () => {
  const { type, url, preview_url, meta } = mediaAttachment(site, media, null);
  assert.deepEqual(
    [type, url, preview_url, meta],
    [
      "image",
      "https://torg.test/media/100000000000000001/full.webp",
      "https://torg.test/media/100000000000000001/small.webp",
      null,
    ],
  );
});

test("a picture from elsewhere that could not be fetched is one to follow a link to", () => {
  const { type, url, preview_url } = mediaAttachment(site, { ...media, state: "failed" }, null);
  assert.deepEqual([type, url, preview_url], ["unknown", sourceUrl, null]);
});

test("an upload has no address while it is being made", () => {
  const { type, url, preview_url } = mediaAttachment(site, { ...media, sourceUrl: null }, null);
  assert.deepEqual([type, url, preview_url], ["image", null, null]);
});
