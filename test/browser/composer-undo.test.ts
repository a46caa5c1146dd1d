import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { readConfig } from "#config.ts";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
site.services.config = { ...readConfig({ TORG_URL: site.origin }), undoSeconds: 30 };
const { db } = site.services;
const id = site.authority.id;

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const published = () =>
  db.as(id, async (tx) => (await tx<{ n: number }[]>`select count(*)::int as n from post`)[0]?.n);

test("what was sent is taken back within the time, and stands in the composer again as it was", async () => {
  const page = await openDeck();
  const before = await published();
  await text(page).fill("Skickat för fort");
  await page.keyboard.press("Control+Enter");
  const undo = page.locator("#toasts").getByRole("button", { name: "Ångra" });
  await undo.waitFor();
  await page.getByRole("heading", { name: "Nytt inlägg" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await undo.click();
  await page.locator("#toasts").getByText("Ångrat. Ingenting skickades.").waitFor();
  await page.locator("#text:focus").waitFor();
  assert.equal(await text(page).inputValue(), "Skickat för fort");
  assert.equal(await published(), before);
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
