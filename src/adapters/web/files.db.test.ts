import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import sharp from "sharp";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { folderMediaStore } from "#domain/media/media-store.ts";
import type { MediaId } from "#domain/media/media.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addVoice, say, webApp, webServices } from "#test/web-site.ts";
import { sitemap, sitemapPart } from "./sitemap.ts";
import { Hono } from "hono";
import type { Env } from "#context.ts";

const { db } = await testDatabase({ after });
const folder = await mkdtemp(join(tmpdir(), "torg-media-"));
after(() => rm(folder, { recursive: true }));
const mediaStore = folderMediaStore(folder);
const services = webServices(db, { mediaStore });
const app = webApp(services);
let authority: Authority;
let chief: Account;
let picture: MediaId;

const get = (path: string, host = "torg.test", headers: Record<string, string> = {}) =>
  app.request(`http://${host}${path}`, { headers: { host, ...headers } });

before(async () => {
  authority = await addAuthority(db, "torg.test");
  await addAuthority(db, "grannkommun.test");
  chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  const bytes = await sharp({ create: { width: 800, height: 400, channels: 3, background: "#345" } })
    .png()
    .toBuffer();
  const stored = await storeUpload(db, mediaStore, authority.id, { bytes, person: null });
  if (stored.outcome !== "stored") throw new Error(stored.outcome);
  picture = stored.id;
});

test("a picture is sent to be kept, by its own authority alone", async () => {
  for (const file of ["full.webp", "small.webp"]) {
    const sent = await get(`/media/${picture}/${file}`);
    assert.equal(sent.status, 200);
    assert.equal(sent.headers.get("content-type"), "image/webp");
    assert.match(sent.headers.get("cache-control") ?? "", /immutable/);
    assert.equal((await sharp(await sent.arrayBuffer()).metadata()).format, "webp");
    assert.equal(
      (
        await get(`/media/${picture}/${file}`, "torg.test", {
          "if-none-match": sent.headers.get("etag") ?? "",
        })
      ).status,
      304,
    );
    assert.equal((await get(`/media/${picture}/${file}`, "grannkommun.test")).status, 404);
  }
  for (const path of [`/media/${picture}/other.webp`, "/media/1/full.webp", "/media/..%2F..%2Fx/full.webp"])
    assert.equal((await get(path)).status, 404, path);
});

test("a post's picture is on its page, in its preview and in the feeds, with its alternative text", async () => {
  const post = await say(db, authority, chief, "Så ser det ut", {
    attachments: [{ media: picture, alt: 'Ett blått "hus"' }],
  });
  const page = await (await get(`/@kommunchef/${post}`)).text();
  assert.match(page, /alt="Ett blått &quot;hus&quot;"/);
  assert.match(page, new RegExp(`property="og:image" content="http://torg.test/media/${picture}/full.webp"`));
  assert.match(page, /property="og:image:alt" content="Ett blått/);
  assert.match(page, /type="application\/activity\+json" href="http:\/\/torg\.test\/ap\/posts\/\d+"/);
  const rss = await (await get("/feed.rss")).text();
  assert.match(
    rss,
    new RegExp(
      `<enclosure url="http://torg.test/media/${picture}/full.webp" length="[1-9]\\d*" type="image/webp"/>`,
    ),
  );
});

test("the colour's stylesheet is kept for ever under its hash, and only then", async () => {
  const page = await (await get("/")).text();
  const href = /\/assets\/authority-[0-9a-f]+\.css/.exec(page)?.[0] ?? "";
  const sheet = await get(href);
  assert.match(await sheet.text(), /^:root\{--accent:light-dark\(/);
  assert.match(sheet.headers.get("cache-control") ?? "", /immutable/);
  assert.equal((await get("/assets/authority-000000.css")).headers.get("cache-control"), "no-cache");
  assert.equal((await get("/assets/other.css")).status, 404);
});

test("many posts are divided over several sitemaps, each post in one of them", async () => {
  for (let n = 0; n < 5; n++) await say(db, authority, chief, `Inlägg ${n}`);
  const small = new Hono<Env>();
  small.use(async (c, next) => {
    c.set("site", { authority, origin: "http://torg.test" });
    await next();
  });
  small.get("/sitemap.xml", sitemap(services, 2));
  small.get("/sitemaps/:part", sitemapPart(services, 2));
  const index = await (await small.request("/sitemap.xml")).text();
  const parts = [...index.matchAll(/<loc>http:\/\/torg\.test(\/sitemaps\/[^<]+)<\/loc>/g)].map(
    (match) => match[1] ?? "",
  );
  const posts: string[] = [];
  for (const part of parts) {
    const text = await (await small.request(part)).text();
    posts.push(...[...text.matchAll(/kommunchef\/(\d+)</g)].map((match) => match[1] ?? ""));
  }
  assert.equal(posts.length, 6);
  assert.equal(new Set(posts).size, 6);
});
