import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, broken, openDeck } = await startDeckBrowser();
const { id } = site.authority;
await site.services.db.as(
  id,
  (tx) => tx`insert into follow (authority, follower, followed, state)
    values (${id}, ${site.office.id}, ${site.asa}, 'accepted')`,
);
const question = await site.hear("När öppnar #simhallen? Vi väntar.");
await site.hear("Bokbussen är sen");

/** Accessible, and no wider than the narrowest screen. */
async function look(page: Page): Promise<void> {
  assert.deepEqual(await axeViolations(page), []);
  await page.setViewportSize({ width: 360, height: 800 });
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, page.url());
  await page.setViewportSize({ width: 1440, height: 900 });
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("every kind of column is added by forms alone, with what is wrong said at its field", async () => {
  const page = await openDeck({ javaScriptEnabled: false });
  const add = async (kind: string) => {
    await page.getByRole("link", { name: "Lägg till kolumn" }).first().click();
    await page
      .getByRole("listitem")
      .filter({ has: page.getByText(kind, { exact: true }) })
      .getByRole("link")
      .click();
  };
  await add("Tagg");
  await press(page, "Lägg till");
  await page.getByRole("link", { name: "Skriv minst en tagg." }).click();
  await page.locator("#tags:focus").waitFor();
  await page.getByLabel("Taggar").fill("#Simhallen  bad");
  await press(page, "Lägg till");
  await column(page, "tag").getByText("När öppnar").waitFor();
  assert.equal(await column(page, "tag").getByRole("heading").first().textContent(), "#simhallen #bad");

  await add("Sökning");
  await page.getByLabel("Sökord").fill("bokbussar");
  await press(page, "Lägg till");
  await column(page, "search").getByText("Bokbussen är sen").waitFor();

  await add("Person");
  await page.getByLabel("Konto", { exact: true }).fill("@ingen@social.test");
  await press(page, "Lägg till");
  await page.getByText("@ingen@social.test hittades inte.").first().waitFor();
  await page.getByLabel("Konto", { exact: true }).fill("@asa@social.test");
  await press(page, "Lägg till");
  await column(page, "person").getByText("Bokbussen är sen").waitFor();

  await add("Samtal");
  await page.getByLabel("Inläggets adress").fill(`${site.origin}/deck/posts/${question}`);
  await press(page, "Lägg till");
  await column(page, "thread").getByText("När öppnar").waitFor();

  await add("Konto");
  await page.getByLabel("Konto", { exact: true }).selectOption(site.voice.id);
  await press(page, "Lägg till");
  await page.getByRole("link", { name: "Lägg till kolumn" }).first().click();
  await page.getByRole("button", { name: "Lägg till Notiser" }).click();
  await column(page, "notifications").waitFor();
  await page.getByRole("link", { name: "Lägg till kolumn" }).first().click();
  await page.getByRole("button", { name: "Lägg till Utkast och planerat" }).click();
  await column(page, "drafts").waitFor();
  await page.context().close();
});

test("a column is filtered, named, moved, widened and taken away by forms alone, and comes back", async () => {
  const page = await openDeck({ javaScriptEnabled: false });
  const inbox = () => column(page, "inbox");
  const menu = async () => inbox().locator("summary").first().click();
  await menu();
  await inbox().getByRole("link", { name: "Inställningar och filter" }).click();
  await page.getByLabel("Namn").fill("Simhallen");
  await page.getByLabel("Med orden").fill("simhallar");
  await page.getByLabel("Bred", { exact: true }).check();
  await press(page, "Spara");
  await inbox().getByText("När öppnar").waitFor();
  assert.equal(await inbox().getByText("Bokbussen är sen").count(), 0);
  assert.equal(await inbox().getAttribute("data-width"), "wide");
  await page.getByRole("region", { name: "Inlägg i Simhallen" }).waitFor();
  await menu();
  await press(page, "Flytta åt höger");
  assert.equal(await page.locator(".column").nth(1).getAttribute("data-kind"), "inbox");
  await menu();
  await press(page, "Ta bort kolumnen");
  await page.getByText("Kolumnen Simhallen är borttagen.").waitFor();
  assert.equal(await inbox().count(), 0);
  await press(page, "Ångra");
  await inbox().getByText("När öppnar").waitFor();
  await page.context().close();
});

test("a list is made, filled with whom the account follows, and read as a column", async () => {
  const page = await openDeck({ path: `/deck/lists?account=${site.office.id}`, javaScriptEnabled: false });
  await press(page, "Skapa listan");
  await page.getByText("Skriv ett namn.").first().waitFor();
  await page.getByLabel("Listans namn").fill("Grannar");
  await page.getByLabel("Hör till").selectOption(site.office.id);
  await press(page, "Skapa listan");
  await page.getByLabel("Kontots adress").fill("@ingen@social.test");
  await press(page, "Lägg till");
  await page
    .getByText(/följer inte @ingen@social\.test/)
    .first()
    .waitFor();
  await page.getByLabel("Kontots adress").fill("@asa@social.test");
  await press(page, "Lägg till");
  await page.getByText("Kontot är med i listan.").waitFor();
  await page.getByRole("link", { name: "Visa som kolumn" }).click();
  await press(page, "Lägg till");
  await column(page, "list").getByText("Bokbussen är sen").waitFor();
  await page.context().close();
});

test("a deck is made, shared and read by a colleague, who changes nothing of it", async () => {
  const page = await openDeck({ path: "/deck/decks", javaScriptEnabled: false });
  await page.getByLabel("Däckets namn").fill("Beredskap");
  await press(page, "Skapa däcket");
  await page.getByText("Däcket har inga kolumner").waitFor();
  await page
    .getByRole("link", { name: "Lägg till den första." })
    .or(page.getByRole("link", { name: "Lägg till kolumn" }))
    .first()
    .click();
  await page.getByRole("button", { name: "Lägg till Inkorg" }).click();
  await column(page, "inbox").waitFor();
  await page.goto(`${site.origin}/deck/decks`);
  await page.getByRole("button", { name: "Dela med alla Beredskap" }).click();
  await page.getByText("Däcket delas nu med alla.").waitFor();
  const person = await site.addColleague();
  const theirs = await openDeck({ path: "/deck/decks", javaScriptEnabled: false, person });
  await theirs.getByRole("link", { name: "Öppna Beredskap" }).click();
  await column(theirs, "inbox").waitFor();
  assert.equal(await theirs.getByRole("link", { name: "Lägg till kolumn" }).count(), 0);
  await theirs.locator(".column summary").first().click();
  assert.equal(await theirs.getByRole("button", { name: "Ta bort kolumnen" }).count(), 0);
  await theirs.getByRole("link", { name: "Inställningar och filter" }).click();
  await theirs.getByLabel("Avisera på skrivbordet").check();
  await press(theirs, "Spara");
  assert.equal(await column(theirs, "inbox").getAttribute("data-notify"), "1");
  await theirs.context().close();
  await page.context().close();
});

test("the pages of columns, decks and lists are accessible and fit a phone", async () => {
  const page = await openDeck();
  const deck = page.url();
  await look(page);
  const settings = await column(page, "inbox").locator('a[href*="/settings"]').getAttribute("href");
  const lists = `/deck/lists?account=${site.office.id}`;
  for (const path of [
    "/deck/columns/new",
    "/deck/columns/new?kind=tag",
    "/deck/columns/new?kind=account",
    "/deck/columns/new?kind=list",
    settings ?? "",
    "/deck/decks",
    lists,
  ]) {
    await page.goto(new URL(path, deck).href);
    await look(page);
  }
  await page.goto(new URL(lists, deck).href);
  await page.getByRole("link", { name: "Grannar" }).click();
  await look(page);
  assert.deepEqual(broken, []);
  await page.context().close();
});
