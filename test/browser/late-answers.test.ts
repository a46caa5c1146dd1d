import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page, Request, Route } from "playwright-core";
import sharp from "sharp";
import { waitFor } from "../interop/wait-for.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const question = await site.say(site.office, "Vad ska vi ta upp?");
const first = await site.hear("Öppnar den före påsk?", { inReplyTo: question });

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const publish = (page: Page) => page.getByRole("button", { name: "Publicera", exact: true }).click();
const isPart = (request: Request, method: string, part: string) =>
  request.method() === method && request.headers()["x-deck-part"] === part;

/** Holds back the first answer to a part of the deck: it is as the server saw things when it was asked. */
async function holdFirst(page: Page, method: string, part: string) {
  const asked = Promise.withResolvers<Request>();
  const released = Promise.withResolvers<void>();
  let seen = 0;
  await page.route("**/deck/**", async (route: Route) => {
    if (!isPart(route.request(), method, part) || ++seen > 1) return route.fallback();
    const response = await route.fetch();
    asked.resolve(route.request());
    await released.promise;
    await route.fulfill({ response });
  });
  return { asked: asked.promise, release: () => released.resolve() };
}

test("a page of a conversation that was read late takes nothing away that came meanwhile", async () => {
  const page = await openDeck({ path: `/deck/posts/${first}?account=${site.office.id}` });
  await page.locator('.deck[data-line="open"]').waitFor();
  const held = await holdFirst(page, "GET", "column");
  await site.hear("Det som hördes först.", { inReplyTo: question });
  await held.asked;
  const told = page.evaluate(
    `new Promise((heard) => document.addEventListener("deck:changes", () => setTimeout(heard, 600), { once: true }))`,
  );
  await site.hear("Det som hördes sedan.", { inReplyTo: question });
  await told;
  held.release();
  await page.getByRole("button", { name: "2 nya" }).waitFor();
  await page.keyboard.press(".");
  const conversation = page.getByRole("region", { name: "Samtal" });
  await conversation.getByText("Det som hördes först.").waitFor();
  await conversation.getByText("Det som hördes sedan.").waitFor();
  await page.context().close();
});

test("a column that is had back shows what came while it was away, and where one read is not forgotten", async () => {
  for (let n = 0; n < 30; n++) await site.hear(`Fråga ${n} om badet.`);
  const page = await openDeck();
  const inbox = column(page, "inbox");
  const places: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/place")) places.push(request.postData() ?? "");
  });
  const kept = page.waitForRequest((request) => request.url().includes("/place"));
  await inbox.locator("[data-posts]").evaluate((posts) => posts.scrollTo(0, 900));
  await kept;
  await inbox.locator("summary").first().click();
  await inbox.getByRole("button", { name: "Ta bort kolumnen" }).click();
  await inbox.waitFor({ state: "detached" });
  await site.hear("Kom medan kolumnen var borta.");
  await page.keyboard.press("z");
  await inbox.getByRole("button", { name: "1 ny" }).click();
  await inbox.getByText("Kom medan kolumnen var borta.").waitFor();
  assert.ok(places.length > 0 && places[0] !== "position=");
  assert.equal(places.slice(0, -1).includes("position="), false);
  await page.context().close();
});

test("the reply that was asked for last is the one that opens", async () => {
  const pressedFirst = await site.hear("Finns det bastu?", { inReplyTo: question });
  await site.hear("Och vad kostar det?", { inReplyTo: question });
  const page = await openDeck();
  const reply = (words: string) =>
    column(page, "inbox").locator(".item", { hasText: words }).locator("[data-deck-step=reply]").first();
  const one = reply("Finns det bastu?");
  const other = reply("Och vad kostar det?");
  const wanted = new URL((await other.getAttribute("href")) ?? "", site.origin);
  const held = await holdFirst(page, "GET", "composer");
  await one.evaluate((link) => (link as unknown as { click(): void }).click());
  const late = await held.asked;
  const answered = page.waitForResponse((answer) => answer.url().startsWith(wanted.href.split("#")[0] ?? ""));
  await other.evaluate((link) => (link as unknown as { click(): void }).click());
  await answered;
  const answers = page.locator("#composer input[name=inReplyTo]");
  await answers.waitFor({ state: "attached" });
  const chosen = await answers.getAttribute("value");
  const taken = page.waitForEvent("requestfinished", (request) => request === late);
  held.release();
  await taken;
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  assert.equal(await answers.getAttribute("value"), chosen);
  assert.notEqual(chosen, pressedFirst);
  await page.context().close();
});

test("nothing is published without the picture that is on its way, and two at once come one after the other", async () => {
  const page = await openDeck();
  await text(page).fill("Med bilder");
  const held = await holdFirst(page, "POST", "composer");
  await pastePicture(page);
  await held.asked;
  await pastePicture(page);
  await publish(page);
  await page.locator("#toasts").getByText("Bilden laddas upp …").waitFor();
  assert.equal(await text(page).inputValue(), "Med bilder");
  assert.equal(await page.locator("[data-picture]").count(), 0);
  held.release();
  await page.locator("[data-picture]").nth(1).waitFor();
  for (const n of [0, 1]) await page.getByLabel("Beskriv bilden").nth(n).fill("En bassäng");
  await publish(page);
  await page.locator("main").getByAltText("En bassäng").nth(1).waitFor();
  await page.context().close();
});

test("when no blank composer can be had, the next post is kept as a draft and published all the same", async () => {
  const page = await openDeck();
  await page.route("**/deck/compose*", (route) =>
    isPart(route.request(), "GET", "composer") ? route.abort() : route.fallback(),
  );
  await text(page).fill("Det första utan nytt formulär");
  await publish(page);
  await page.locator("main").getByText("Det första utan nytt formulär").first().waitFor();
  await waitFor(async () => (await page.locator("#text").inputValue()) === "", { what: "an empty text" });
  const kept = page.waitForResponse((answer) => answer.url().includes("/deck/drafts") && answer.ok());
  await text(page).fill("Det andra utan nytt formulär");
  await kept;
  await publish(page);
  await page.locator("main").getByText("Det andra utan nytt formulär").first().waitFor();
  await page.context().close();
});

test("what the browser kept is let go when the server turns out to have it", async () => {
  const page = await openDeck();
  const kept = page.waitForResponse((answer) => answer.url().includes("/deck/drafts") && answer.ok());
  await text(page).fill("Båda har det");
  await kept;
  const local = () =>
    page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith("torg-draft "))`);
  await page.evaluate(`localStorage.setItem(
    "torg-draft " + document.querySelector("#composer").dataset.composerDraftKeyValue,
    JSON.stringify({ text: "Båda har det" }),
  )`);
  assert.equal(((await local()) as string[]).length, 1);
  await page.reload();
  await page.locator('.deck[data-line="open"]').waitFor();
  assert.equal(await text(page).inputValue(), "Båda har det");
  assert.deepEqual(await local(), []);
  await page.context().close();
});

test("what is typed while the first save hangs goes with the page when it is left", async () => {
  const page = await openDeck();
  await text(page).fill("");
  const hung = Promise.withResolvers<void>();
  await page.route("**/deck/drafts*", () => hung.resolve());
  await text(page).fill("Sparas aldrig klart");
  await hung.promise;
  await page.evaluate(`dispatchEvent(new Event("pagehide"))`);
  assert.match(String(await page.evaluate("JSON.stringify(localStorage)")), /Sparas aldrig klart/);
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});

async function pastePicture(page: Page): Promise<void> {
  const made = sharp({ create: { width: 60, height: 40, channels: 3, background: "#0b5c5f" } });
  const base64 = (await made.png().toBuffer()).toString("base64");
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob("${base64}"), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "bild.png", { type: "image/png" }));
    document.querySelector("#text").dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  })()`);
}
