import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;
const { id } = site.authority;
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#0b5c5f" } })
  .png()
  .toBuffer();

const formWith = (media: readonly string[], step: string): FormData => {
  const form = new FormData();
  const typed = { account: site.office.id, capacity: "office", visibility: "public", language: "sv", step };
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  for (const one of media) form.append("media", one);
  form.set("file", new File([new Uint8Array(picture)], "bild.png", { type: "image/png" }));
  return form;
};
const picturesIn = (page: string) =>
  [...page.matchAll(/ name="media" value="(\d+)"/g)].map((one) => one[1] ?? "");
const countStored = () =>
  db.read(id, async (tx) => (await tx`select 1 from media where authority = ${id}`).length);

test("a fifth picture is refused in words and not stored, whichever button it comes with", async () => {
  let media: string[] = [];
  for (let n = 1; n <= 4; n++) {
    const answer = await site.ask("/deck/compose", anna, formWith(media, "add-picture"));
    assert.equal(answer.status, 200);
    media = picturesIn(await answer.text());
    assert.equal(media.length, n);
  }
  const before = await countStored();
  for (const path of ["/deck/posts", "/deck/compose"])
    for (const step of ["add-picture", "publish", "preview"]) {
      const answer = await site.ask(path, anna, formWith(media, step));
      const page = await answer.text();
      assert.equal(answer.status, 422, `${path} ${step}`);
      assert.match(page, /högst fyra bilder/, `${path} ${step}`);
      assert.deepEqual(picturesIn(page), media, "the four are kept");
    }
  assert.equal(await countStored(), before);
});
