import assert from "node:assert/strict";
import { test } from "node:test";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const question = await site.say(site.office, "Vad vill ni att jag tar med till mötet?");
await site.hear("Fråga om simhallen öppnar före påsk.", { inReplyTo: question });

test("on a phone one column shows at a time, and the composer is a sheet", async () => {
  const page = await openDeck({ width: 360 });
  const shown = await page
    .locator(".column")
    .evaluateAll(
      (columns) =>
        columns.filter(
          (one) => one.getBoundingClientRect().left < 300 && one.getBoundingClientRect().right > 60,
        ).length,
    );
  assert.equal(shown, 1);
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  const tabs = page.getByRole("navigation", { name: "Kolumner" });
  await tabs.getByRole("link", { name: "Hem" }).click();
  await page.locator('.tabbar [data-kind="home"][aria-current="true"]').waitFor();
  await tabs.getByRole("link", { name: "Skriv" }).click();
  await page.getByLabel("Text", { exact: true }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("link", { name: "Stäng" }).first().click();
  await page.getByLabel("Text", { exact: true }).waitFor({ state: "hidden" });
  await page.locator('.tabbar a[href$="#composer"]:focus').waitFor();
  await page.context().close();
});

test("the way back closes the sheet and stays on the deck, and what was typed is kept", async () => {
  const page = await openDeck({ width: 360 });
  const text = page.getByLabel("Text", { exact: true });
  await page.getByRole("link", { name: "Svara" }).first().click();
  await page.locator("#text:focus").waitFor();
  await text.fill("Halvvägs");
  assert.equal(await page.locator(".column:not([inert])").count(), 0);
  await page.goBack();
  await text.waitFor({ state: "hidden" });
  await page.locator("[data-deck-step=reply]:focus").waitFor();
  assert.equal(await page.locator(".column[inert]").count(), 0);
  assert.match(page.url(), /\/deck\?/);
  await page.getByRole("link", { name: "Svara" }).first().click();
  await text.waitFor();
  assert.equal(await text.inputValue(), "Halvvägs");
  await page.getByRole("button", { name: "Svara" }).click();
  await text.waitFor({ state: "hidden" });
  await page.locator("[data-deck-step=reply]:focus").waitFor();
  await page.context().close();
});

test("the menu is a sheet that the way back closes", async () => {
  const page = await openDeck({ width: 360 });
  await page.getByRole("link", { name: "Mer" }).click();
  await page.getByRole("button", { name: "Logga ut" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.goBack();
  await page.getByRole("button", { name: "Logga ut" }).waitFor({ state: "hidden" });
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
