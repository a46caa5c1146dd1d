import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const question = await site.say(site.office, "Vad vill ni att jag tar med till mötet?");
const first = await site.hear("Öppnar den före påsk?", { inReplyTo: question });
await site.hear("Och vad kostar det?", { inReplyTo: question });

async function openConversation(): Promise<Page> {
  const page = await openDeck({ path: `/deck/posts/${first}?account=${site.office.id}` });
  await page.locator('.deck[data-line="open"]').waitFor();
  return page;
}

const conversation = (page: Page) => page.getByRole("region", { name: "Samtal" });

test("a conversation is read and answered with the keyboard, from the post it was opened for", async () => {
  const page = await openConversation();
  const selected = page.locator(".post.selected");
  assert.equal(await selected.getAttribute("data-post"), first);
  await page.keyboard.press("f");
  await page.locator('.post.selected form[action*="/unfavourite"]').waitFor({ state: "attached" });
  await page.keyboard.press("b");
  await page.locator('.post.selected form[action*="/unboost"]').waitFor({ state: "attached" });
  await page.keyboard.press("r");
  await page.locator("#text:focus").waitFor();
  await page.keyboard.type("Ja, den 23 mars.");
  await page.keyboard.press("Control+Enter");
  await conversation(page).getByText("Ja, den 23 mars.").waitFor();
  await page.getByText("Publicerat.").waitFor();
  assert.equal(await page.locator("#text").inputValue(), "@asa@social.test ");
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("what is new in a conversation waits behind a count, and moves nothing", async () => {
  const page = await openConversation();
  // The count lies over what is at the lower edge while there is more to read: here there is not.
  await page.locator("#composer").evaluate((composer) => composer.scrollIntoView({ block: "end" }));
  // Where it begins: what the checks find may come meanwhile, and makes it longer.
  const place = async () => (await page.locator("#composer").boundingBox())?.y;
  const before = await place();
  await site.hear("Ett svar till", { inReplyTo: question });
  await page.getByRole("button", { name: "1 ny" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  assert.equal(await conversation(page).getByText("Ett svar till").count(), 0);
  assert.equal(await place(), before);
  await page.keyboard.press(".");
  await conversation(page).getByText("Ett svar till").waitFor();
  await page.locator(".post:focus").getByText("Ett svar till").waitFor();
  await page.context().close();
});

test("a new post is written on the deck, also when one begins in a conversation", async () => {
  const page = await openConversation();
  await page.keyboard.press("n");
  await page.waitForURL("**/deck?account=*");
  await page.locator("#text:focus").waitFor();
  await page.getByRole("heading", { name: "Nytt inlägg" }).waitFor();
  await page.context().close();
});

test("signing out takes what could not be kept on the server out of the browser, and says so first", async () => {
  const page = await openDeck();
  await page.route(/\/deck\/drafts(\?|$)/, (route) => route.abort());
  const drafts = () => page.evaluate<string[]>("Object.keys(localStorage)");
  await page.evaluate("localStorage.setItem('torg-draft 1 new', '{}')");
  await page.getByLabel("Text", { exact: true }).fill("Inte färdigt");
  await page.getByText("Utkastet kunde inte sparas").first().waitFor();
  await page.getByRole("button", { name: "Logga ut" }).click();
  const dialog = page.getByRole("dialog", { name: "Du har skrivit något" });
  await dialog.waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Inte färdigt");
  assert.equal((await drafts()).length, 2);
  await page.goto(`${site.origin}/deck/settings`);
  await page.getByRole("button", { name: "Logga ut här" }).click();
  await dialog.getByRole("button", { name: "Ta bort och logga ut" }).click();
  await page.waitForURL(`${site.origin}/`);
  assert.deepEqual(await drafts(), ["torg-draft 1 new"]);
  await page.context().close();
});

test("a post whose answer was lost is not published again, not even after a reload", async () => {
  const page = await openDeck();
  await page.route("**/deck/posts?*", async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  await page.getByLabel("Text", { exact: true }).fill("Bara en gång");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByText("Ingen kontakt med servern").waitFor();
  await page.unroute("**/deck/posts?*");
  await page.reload();
  await page.locator('.deck[data-line="open"]').waitFor();
  assert.equal(await page.getByLabel("Text", { exact: true }).inputValue(), "Bara en gång");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByText("Publicerat.").waitFor();
  assert.equal(await column(page, "account").getByText("Bara en gång").count(), 1);
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
