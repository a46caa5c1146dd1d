import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();

const question = await site.say(
  site.office,
  "Besiktningen är den 12 mars och vi öppnar den 23:e om inget oväntat dyker upp.",
);
for (let n = 1; n <= 12; n++) {
  await site.hear(`Fråga ${n}: öppnar simhallen före påsk? Barnens simskola har fått vänta sedan i höstas.`, {
    inReplyTo: question,
  });
  await site.say(
    site.voice,
    `Meddelande ${n}: läsfrämjarlyftet startar i dag, sagostund klockan tio, öppet för alla.`,
  );
}

const inbox = (page: Page) => column(page, "inbox");
const selected = (page: Page) => page.locator(".post.selected");

test("a reply shows in an open deck without a reload", async () => {
  const page = await openDeck();
  await page.evaluate("window.marked = true");
  await site.hear("Kommer det live?");
  await inbox(page).getByText("Kommer det live?").waitFor({ timeout: 2_000 });
  assert.equal(await page.evaluate("window.marked"), true);
  await page.context().close();
});

test("whoever reads further down keeps their place, and new posts wait behind a count", async () => {
  const page = await openDeck();
  const posts = inbox(page).locator("[data-posts]");
  await posts.evaluate((element) => element.scrollTo(0, 400));
  const read = inbox(page).locator(".post").nth(5);
  const before = await read.boundingBox();
  await site.hear("Väntande ett");
  await site.hear("Väntande två");
  await inbox(page).getByRole("button", { name: "2 nya" }).waitFor();
  assert.equal(await inbox(page).getByText("Väntande två").count(), 0);
  const now = await read.boundingBox();
  assert.ok(Math.abs((now?.y ?? 0) - (before?.y ?? 0)) <= 1, `moved ${(now?.y ?? 0) - (before?.y ?? 0)} px`);
  await page.locator("#announcer").getByText("2 nya i Inkorg").waitFor({ state: "attached" });
  await page.keyboard.press(".");
  await inbox(page).getByText("Väntande två").waitFor();
  assert.equal(await posts.evaluate((element) => element.scrollTop), 0);
  await page.context().close();
});

test("the keyboard moves, likes, shares, replies and explains itself", async () => {
  const page = await openDeck();
  await page.keyboard.press("j");
  const first = await selected(page).getAttribute("data-post");
  await page.keyboard.press("j");
  assert.notEqual(await selected(page).getAttribute("data-post"), first);
  await page.keyboard.press("k");
  assert.equal(await selected(page).getAttribute("data-post"), first);
  const like = selected(page).locator('[data-deck-key="f"]');
  await page.keyboard.press("f");
  await page
    .locator(`.column[data-kind="inbox"] .post.selected form[action*="/unfavourite"]`)
    .waitFor({ state: "attached" });
  assert.equal(await like.getAttribute("aria-pressed"), "true");
  await page.keyboard.press("b");
  await page
    .locator(`.column[data-kind="inbox"] .post.selected form[action*="/unboost"]`)
    .waitFor({ state: "attached" });
  await page.keyboard.press("l");
  assert.equal(await selected(page).locator("xpath=ancestor::section").getAttribute("data-kind"), "home");
  await page.keyboard.press("h");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Tangenter" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("n");
  await page.keyboard.type("Hej j k r");
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Hej j k r");
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("heading", { name: "Svar till asa" }).waitFor();
  await page.locator("#text:focus").waitFor();
  await page.keyboard.type("Ja, den 23 mars.");
  await page.keyboard.press("Control+Enter");
  await column(page, "account").getByText("Ja, den 23 mars.").waitFor();
  await page.getByRole("heading", { name: "Nytt inlägg" }).waitFor();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Hej j k r");
  await page.context().close();
});

test("a line that was lost comes back by itself, with nothing missing and nothing twice", async () => {
  const page = await openDeck();
  await page.context().setOffline(true);
  await page.locator('.deck[data-line="lost"]').waitFor();
  await inbox(page).getByText("Linjen bröts").waitFor();
  await page.getByLabel("Text", { exact: true }).fill("Skrivet utan kontakt");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByText("Ingen kontakt med servern").waitFor();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Skrivet utan kontakt");
  await site.hear("Sagt under avbrottet");
  await page.context().setOffline(false);
  await inbox(page).getByText("Sagt under avbrottet").waitFor();
  await site.hear("Sagt efter avbrottet");
  await inbox(page).getByText("Sagt efter avbrottet").waitFor();
  assert.equal(await inbox(page).getByText("Sagt under avbrottet").count(), 1);
  assert.equal(await inbox(page).getByText("Linjen bröts").count(), 0);
  const positions = await inbox(page)
    .locator(".item")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-position") ?? ""));
  const newestFirst = [...new Set(positions)].toSorted((a, b) => (a < b ? 1 : -1));
  assert.deepEqual(positions, newestFirst);
  await page.reload();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Skrivet utan kontakt");
  await page.context().close();
});

test("what is wrong is said at its field, and nothing typed is lost", async () => {
  const page = await openDeck();
  await page.getByLabel("Text", { exact: true }).fill("Texten står kvar");
  await page.getByText("Rubrik, varning, språk").click();
  await page.getByLabel("Gör det till en artikel").check();
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByRole("alert").getByText("Skriv en rubrik till artikeln.").waitFor();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Texten står kvar");
  await page.getByLabel("Rubrik", { exact: false }).last().fill("En artikel");
  await page.getByRole("button", { name: "Publicera" }).click();
  await column(page, "account").getByText("En artikel").first().waitFor();
  await page.context().close();
});

test("older posts follow by themselves for whoever comes near the end", async () => {
  for (let n = 0; n < 50; n++) await site.say(site.office, `Gammalt ${n}`);
  const page = await openDeck();
  const items = column(page, "account").locator(".item");
  const count = await items.count();
  await items.nth(count - 1).scrollIntoViewIfNeeded();
  await items.nth(count).waitFor({ state: "attached" });
  await page.context().close();
});

test("the deck and its pages have no known barriers", async () => {
  const page = await openDeck();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("?");
  assert.deepEqual(await axeViolations(page), [], "keys");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByRole("alert").waitFor();
  assert.deepEqual(await axeViolations(page), [], "an empty post");
  for (const path of [
    `/deck/posts/${question}`,
    `/deck/posts/${question}/reply`,
    `/deck/posts/${question}/edit`,
    `/deck/posts/${question}/delete`,
    "/deck/follow",
    "/deck/settings",
    "/deck/settings/accounts",
  ]) {
    await page.goto(site.origin + path);
    assert.deepEqual(await axeViolations(page), [], path);
  }
  await page.context().close();
});

test("a picture asks for its description as soon as it is there", async () => {
  const page = await openDeck();
  const { default: sharp } = await import("sharp");
  const buffer = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#0b5c5f" } })
    .png()
    .toBuffer();
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Lägg till bild" }).click();
  await (await chosen).setFiles({ name: "bild.png", mimeType: "image/png", buffer });
  await page.getByLabel("Beskriv bilden").waitFor();
  await page.getByLabel("Text", { exact: true }).fill("Bassängen är fylld");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByRole("alert").getByText("Beskriv bilden").waitFor();
  await page.getByLabel("Beskriv bilden").fill("En fylld bassäng");
  await page.getByRole("button", { name: "Publicera" }).click();
  // The column was left further down, so what is new waits there, also when it is one's own.
  await column(page, "account").getByRole("button", { name: "1 ny" }).click();
  await column(page, "account").getByAltText("En fylld bassäng").waitFor();
  await page.context().close();
});

test("without scripts one reads, writes, answers and likes all the same", async () => {
  const page = await openDeck({ javaScriptEnabled: false });
  await page.locator("#text").fill("Skrivet utan skript");
  await page.getByRole("button", { name: "Publicera" }).click();
  const written = column(page, "account").locator(".item").filter({ hasText: "Skrivet utan skript" });
  await written.getByRole("button", { name: "Gilla som Kommunchefen", exact: true }).click();
  await written.getByRole("button", { name: "Sluta gilla som Kommunchefen" }).waitFor();
  await written.getByRole("link", { name: "Svara" }).click();
  await page.locator("#text").fill("Och ett svar");
  await page.getByRole("button", { name: "Svara" }).click();
  await column(page, "account").getByText("Och ett svar").waitFor();
  await written.getByRole("link", { name: "Ta bort" }).click();
  await page.getByRole("button", { name: "Ta bort" }).click();
  await column(page, "account").getByText("Och ett svar").waitFor();
  assert.equal(await written.count(), 0);
  await page.context().close();
});

test("choosing another account changes who acts, and the address remembers it", async () => {
  const page = await openDeck();
  await page.getByLabel("Konto som visas och handlar").selectOption({ label: "Exempelkommun" });
  await page.waitForURL(`**/deck?account=${site.voice.id}`);
  await column(page, "account").getByText("Meddelande 12").waitFor();
  assert.equal(await page.getByLabel("Skriv som").inputValue(), site.voice.id);
  assert.equal(await page.getByLabel("I egenskap av").inputValue(), "authority");
  await page.getByLabel("Skriv som").selectOption({ label: "Kommunchefen" });
  assert.equal(await page.getByLabel("I egenskap av").inputValue(), "office");
  await page.context().close();
});

test("whoever is signed out keeps what they wrote and is shown the way in", async () => {
  const page = await openDeck();
  await page.getByLabel("Text", { exact: true }).fill("Hinner inte skicka");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByRole("link", { name: "Logga in i en ny flik" }).waitFor();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Hinner inte skicka");
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
