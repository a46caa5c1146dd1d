import assert from "node:assert/strict";
import { test } from "node:test";
import { addColumn } from "#domain/decks/change-columns.ts";
import { ensureOwnDeck } from "#domain/decks/change-decks.ts";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

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

test("with many columns the tabs scroll, writing stays in reach, and what waits elsewhere is counted", async () => {
  const { authority, person, services } = site;
  await services.db.as(authority.id, async (tx) => {
    const asker = { person, admin: false };
    const deck = await ensureOwnDeck(tx, authority.id, asker);
    for (const tag of ["simhall", "vinter", "skola", "vatten", "buss"])
      await addColumn(tx, authority.id, deck.id, asker, {
        kind: "tag",
        subject: { tags: [tag] },
        filters: {},
      });
  });
  for (let n = 0; n < 15; n++)
    await site.hear(`Fråga ${n} om bussen, som går för sällan om man bor utanför staden.`);
  const page = await openDeck({ width: 360 });
  const bar = page.locator(".tabbar");
  const tabs = bar.locator("[data-column]");
  assert.equal(await tabs.count(), 8);
  const write = bar.getByRole("link", { name: "Skriv" });
  const height = await page.evaluate<number>("innerHeight");
  const writing = await write.boundingBox();
  assert.ok(writing && writing.y > height - 90 && writing.x + writing.width <= 360, JSON.stringify(writing));
  assert.deepEqual(await axeViolations(page), []);

  const head = column(page, "inbox").locator("> header");
  const before = await head.boundingBox();
  await column(page, "inbox")
    .locator("[data-posts]")
    .evaluate((posts) => posts.scrollTo(0, 900));
  assert.deepEqual(await head.boundingBox(), before);

  await tabs.nth(7).scrollIntoViewIfNeeded();
  await tabs.nth(7).click();
  await bar.locator('[data-column][aria-current="true"] >> text=buss').waitFor();
  assert.deepEqual(await write.boundingBox(), writing);
  await site.hear("En till om bussen.");
  const counted = tabs.first().locator(".tab-count");
  await counted.waitFor({ state: "attached" });
  assert.equal(await counted.textContent(), "1");
  await page.reload();
  await page.locator('.deck[data-line="open"]').waitFor();
  await bar.locator('[data-column][aria-current="true"] >> text=buss').waitFor();
  const last = await page.locator(".column").last().boundingBox();
  assert.equal(Math.round(last?.x ?? -1), 0);
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
