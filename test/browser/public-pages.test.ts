import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import type { Page } from "playwright-core";
import { createApp } from "#app.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import { react } from "#domain/posts/react.ts";
import { openAssets } from "#platform/assets.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, say, webServices } from "#test/web-site.ts";
import { axeViolations, launchChromium } from "./chromium.ts";

const { db } = await testDatabase({ after });
const browser = await launchChromium();
after(() => browser.close());

const services = webServices(db, {
  assets: openAssets(fileURLToPath(new URL("../../dist/client", import.meta.url))),
});
const app = createApp(services);
let server: ReturnType<typeof serve> | undefined;
const host = await new Promise<string>((resolve) => {
  server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
    resolve(`127.0.0.1:${port}`),
  );
});
after(() => void server?.close());
const authority: Authority = await addAuthority(db, host);
const chief: Account = await addVoice(db, authority, "kommunchef", {
  name: "Kommunchefen",
  role: "Kommundirektör",
});
await addVoice(db, authority, "kommunen", { name: "Exempelkommun", kind: "authority" });
const root: PostId = await say(db, authority, chief, "Vad vill ni att vi tar med oss? #simhallen");
const asa = await addStranger(db, authority, "Asa");
const asked = await hear(db, authority, asa, "Öppnar den före påsk?", { inReplyTo: root });
let last = await say(db, authority, chief, "Ja, den 23 mars.", { inReplyTo: asked });
for (let n = 0; n < 8; n++)
  last = await hear(
    db,
    authority,
    asa,
    `https://lokaltidningen.example/nyheter/${"ombyggnaden".repeat(8)} ${n}`,
    { inReplyTo: last },
  );
const article = await say(
  db,
  authority,
  chief,
  "Ingress.\n\n## Nu\n\n- Taket\n\n### Sedan\n\n> Trångt\n\n| a | b |\n",
  {
    kind: "article",
    sourceType: "markdown",
    title: "Så byggs simhallen om",
  },
);
/** As Swedish can be, where nothing may leave its place. */
const longWord = "flygspaningssimulatoranläggningsmaterielunderhållsuppföljningssystem";
await say(db, authority, chief, `Vi utreder ${longWord} #${longWord}`, { warning: `Om ${longWord}` });
const long = await addVoice(db, authority, "underhall", {
  name: longWord,
  role: longWord,
  answers: longWord,
});
const said = await say(db, authority, long, longWord, { kind: "article", title: longWord });
const elsewhere = await hear(db, authority, asa, longWord, { mentioned: [long.id] });
await say(db, authority, long, longWord, { inReplyTo: elsewhere });
for (const post of [elsewhere, root])
  await db.as(authority.id, (tx) =>
    react(tx, authority.id, { reaction: "boost", post, account: long.id, person: null }),
  );
const paths = [
  "/",
  "/@kommunchef",
  `/@kommunchef/${root}`,
  `/@kommunchef/${article}`,
  `/@kommunchef/${root}/history`,
  `/@kommunchef/${root}/reply`,
  "/@kommunchef/follow",
  "/tags/simhallen",
  "/search?q=simhall",
  "/search?q=zebra",
  "/accounts",
  "/about",
  "/privacy",
  "/accessibility",
  "/guidelines",
  `/report?post=${asked}`,
  "/finns-inte",
].flatMap((path) => [path, `/en${path}`]);
/** Where words and strangers are at their longest; once is enough. */
const longest = [
  "/@underhall",
  `/@underhall/${said}`,
  `/posts/${elsewhere}`,
  `/posts/${elsewhere}/reply`,
  `/search?q=${longWord}`,
  `/search?q=${"z".repeat(90)}`,
];

/** The pages hold no scripts; axe, which measures them, needs timers, and those stop where scripts are off. */
async function openPage(colorScheme: "light" | "dark", width: number, measured: boolean): Promise<Page> {
  const page = await browser.newPage({
    colorScheme,
    viewport: { width, height: 800 },
    javaScriptEnabled: measured,
  });
  page.setDefaultTimeout(10_000);
  return page;
}

test("every public page is accessible in light and dark, fits a narrow screen and asks nothing of others", async () => {
  for (const [scheme, width] of [
    ["light", 360],
    ["dark", 1280],
  ] as const) {
    const page = await openPage(scheme, width, true);
    const asked = new Set<string>();
    page.on("request", (request) => asked.add(new URL(request.url()).host));
    for (const path of [...paths, ...longest]) {
      await page.goto(`http://${host}${path}`);
      assert.deepEqual(await axeViolations(page), [], `${path} ${scheme}`);
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
      assert.ok(wide <= width, `${path} is ${wide} px wide at ${width}`);
      assert.equal(await page.locator("script").count(), 0, path);
      assert.equal(await page.locator("h1").count(), 1, path);
    }
    assert.deepEqual([...asked], [host]);
  }
});

test("one gets from the start page to a thread and to reporting an answer with the keyboard alone", async () => {
  const page = await openPage("light", 1280, false);
  await page.goto(`http://${host}/@kommunchef/${root}`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.className"), "skip");
  const report = page.getByRole("link", { name: "Anmäl" }).first();
  for (let n = 0; n < 60 && !(await isFocused(report)); n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Anmäl ett inlägg" }).waitFor();
  const words = page.getByLabel("Vad är det som är fel?");
  for (let n = 0; n < 30 && !(await isFocused(words)); n++) await page.keyboard.press("Tab");
  await page.keyboard.type("Bryter mot regel 2");
  const send = page.getByRole("button", { name: "Skicka anmälan" });
  for (let n = 0; n < 10 && !(await isFocused(send)); n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/report$/);
  assert.equal(
    await page.locator("h1").textContent(),
    "Tack, anmälan är mottagen",
    await page.locator("main").innerText(),
  );
});

test("a form that lacks something comes back with what was typed and says what to do", async () => {
  const page = await openPage("light", 360, true);
  await page.goto(`http://${host}/@kommunchef/follow`);
  await page.getByLabel("Ditt konto eller din server").fill("localhost");
  await page.getByRole("button", { name: "Fortsätt till ditt nätverk" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Ditt konto eller din server").inputValue(), "localhost");
  assert.deepEqual(await axeViolations(page), []);
});

async function isFocused(locator: ReturnType<Page["locator"]>): Promise<boolean> {
  return (await locator.and(locator.page().locator(":focus")).count()) > 0;
}
