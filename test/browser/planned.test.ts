import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { grantAccount } from "#domain/accounts/grants.ts";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const { office, authority, services } = site;
const { db } = services;
// The day after tomorrow, whatever day it is.
const soon = Temporal.Now.zonedDateTimeISO(authority.zone).add({ days: 2 });
const when = soon.toPlainDate().toString() + "T08:00";
const weekName = `${soon.yearOfWeek}-W${String(soon.weekOfYear).padStart(2, "0")}`;
const anna = (await site.signIn()).header;
const bo = await addBo();
let serial = 0;

test("plans stand in a list and in a week that can be walked by keyboard, on a phone as on a desk", async () => {
  await send(anna, { text: "Simhallen öppnar", step: "schedule", when });
  await send(anna, { text: "Ett löst utkast", step: "draft" });
  for (const width of [360, 1440]) {
    const page = await openDeck({ width, path: "/deck/drafts" });
    await page
      .getByRole("region", { name: "Planerat" })
      .getByText("Simhallen öppnar", { exact: true })
      .waitFor();
    await page
      .getByRole("region", { name: "Utkast" })
      .getByText("Ett löst utkast", { exact: true })
      .waitFor();
    await good(page);
    await page.getByRole("link", { name: "Vecka" }).press("Enter");
    await page.goto(`${site.origin}/deck/planned?week=${weekName}`);
    const days = page
      .getByRole("main")
      .getByRole("list")
      .filter({ has: page.locator(".day") })
      .locator("> li");
    assert.equal(await days.count(), 7);
    await days
      .filter({ hasText: "Simhallen öppnar" })
      .getByRole("link", { name: /^08\.00 Kommunchefen$/ })
      .waitFor();
    await good(page);
    await page.getByRole("link", { name: "Nästa vecka" }).press("Enter");
    await page.getByText("Inget är planerat den här veckan.").waitFor();
    await good(page);
    await page.context().close();
  }
});

test("without script a plan is taken out, thrown away and brought back", async () => {
  await send(anna, { text: "Ångras sedan", step: "schedule", when });
  const page = await openDeck({ path: "/deck/drafts", javaScriptEnabled: false });
  const card = page.getByRole("article").filter({ hasText: "Ångras sedan" });
  await card.getByRole("button", { name: /^Ta bort ur planen/ }).click();
  await page.getByText("Det går inte ut.").waitFor();
  await card.getByRole("button", { name: /^Släng/ }).click();
  await page.getByText("Utkastet är slängt.").waitFor();
  assert.equal(await card.count(), 0);
  await page.getByRole("button", { name: "Ångra" }).click();
  await page.getByText("Ångras sedan").first().waitFor();
  await page.context().close();
});

test("a colleague reads exactly what would go out, and lets it out", async () => {
  const { draft } = await send(bo, { text: "Vattnet går att dricka", step: "ask" });
  const page = await openDeck({ width: 360, path: `/deck/drafts/${draft}` });
  await page.getByRole("region", { name: "Så här blir det" }).getByText("Vattnet går att dricka").waitFor();
  await good(page);
  await page.getByRole("button", { name: "Godkänn" }).click();
  await page.getByText("Publicerat.").waitFor();
  await page.context().close();
});

test("what came into the conversation meanwhile is read out and shown before the answer goes", async () => {
  const question = await site.hear("När öppnar ni?");
  const page = await openDeck({ path: `/deck/posts/${question}/reply`, javaScriptEnabled: false });
  await site.hear("På lördag, menar jag", { inReplyTo: question });
  await page.getByRole("textbox", { name: "Text" }).fill("@asa@social.test Klockan sju.");
  await page.getByRole("button", { name: "Svara", exact: true }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("Samtalet har ändrats sedan du började").waitFor();
  await alert.getByText("På lördag, menar jag").waitFor();
  assert.equal(
    await page.getByRole("textbox", { name: "Text" }).inputValue(),
    "@asa@social.test Klockan sju.",
  );
  await page.getByRole("button", { name: "Svara", exact: true }).click();
  await page.waitForURL(/\/deck(\?|$)/);
  await page.context().close();
});

test("nothing failed in any page", () => assert.deepEqual(broken, []));

async function good(page: Page): Promise<void> {
  assert.deepEqual(await axeViolations(page), []);
  const wide = await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
}

async function send(cookie: string, form: Record<string, string>): Promise<{ draft: string }> {
  const all = { account: office.id, capacity: "office", visibility: "public", language: "sv", ...form };
  const body = new URLSearchParams({ ...all, once: `a-key-of-a-browser-${++serial}` });
  const headers = { cookie, origin: site.origin, "x-deck-part": "composer" };
  const answer = await fetch(`${site.origin}/deck/posts`, { method: "POST", headers, body });
  assert.equal(answer.status, 202);
  return (await answer.json()) as { draft: string };
}

async function addBo(): Promise<string> {
  const person = await site.addColleague();
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person, account: office.id }, undefined),
  );
  return (await site.signIn(person)).header;
}
