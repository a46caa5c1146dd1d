import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { grantAccount } from "#domain/accounts/grants.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import { receiveReaction, receiveReactionUndo } from "#domain/posts/receive-reaction.ts";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const { id } = site.authority;

const question = await site.hear("Öppnar simhallen före påsk?");
await site.hear("Och vad kostar det?");
const bo = await site.addColleague();
await site.services.db.as(id, (tx) =>
  grantAccount(tx, id, { person: bo, account: site.office.id }, undefined),
);

const item = (page: Page) => page.locator(`.column[data-kind="inbox"] .item[data-post="${question}"]`);
const presence = (page: Page) => page.locator(`[data-presence="${question}"]`).first();
/** On pages that have just been opened. */
const soon = { timeout: 10_000 };

test("who reads and who writes a thread is seen in another's column and thread, and gone when they leave", async () => {
  const anna = await openDeck();
  const his = await openDeck({ person: bo, path: `/deck/posts/${question}` });
  await presence(anna).getByText("Bo Exempel läser").waitFor(soon);
  await his.locator("#text").fill("Ja, den 23 mars.");
  await presence(anna).getByText("Bo Exempel skriver ett svar").waitFor({ timeout: 1_000 });
  assert.equal(
    await his.locator(`[data-presence="${question}"]:visible`).count(),
    0,
    "oneself is no company",
  );
  assert.deepEqual(await axeViolations(anna), []);

  const thread = await openDeck({ path: `/deck/posts/${question}` });
  await thread.locator("#presence").getByText("Bo Exempel skriver ett svar").waitFor(soon);
  await thread.locator("#text").fill("Nej.");
  await thread.locator(".composer-presence").getByText("Bo Exempel skriver också ett svar här").waitFor();
  await his.locator(".composer-presence").getByText("Anna Exempel skriver också").waitFor({ timeout: 1_000 });
  assert.deepEqual(await axeViolations(thread), []);

  await his.goto("about:blank");
  await presence(anna).waitFor({ state: "hidden", ...soon });
  await thread.locator(".composer-presence").waitFor({ state: "detached", ...soon });
  for (const page of [anna, his, thread]) await page.context().close();
});

test("whoever opens a deck sees at once who is already there", async () => {
  const his = await openDeck({ person: bo, path: `/deck/posts/${question}` });
  await his.locator("#text").fill("Ett svar");
  await his.waitForResponse((answer) => answer.url().includes("/deck/presence"));
  const anna = await openDeck();
  await presence(anna).getByText("Bo Exempel skriver ett svar").waitFor(soon);
  // A browser that is closed may take back nothing: he would be writing for a while.
  await his.goto("about:blank");
  await presence(anna).waitFor({ state: "hidden", ...soon });
  for (const page of [anna, his]) await page.context().close();
});

test("a post that stays chosen with the keyboard for a moment is being read", async () => {
  const [anna, his] = [await openDeck(), await openDeck({ person: bo })];
  await item(his).locator(".post").focus();
  await presence(anna).getByText("Bo Exempel läser").waitFor(soon);
  for (const page of [anna, his]) await page.context().close();
});

test("a task is told to an open deck with a count, listed, and read with one press", async () => {
  const page = await openDeck({ person: bo });
  const badge = page.locator(".rail-badge");
  assert.equal(await badge.isVisible(), false);
  await assign(bo);
  await badge.getByText("1", { exact: true }).waitFor(soon);
  await page.locator("#toasts").getByText("Anna Exempel gav dig ett ärende").waitFor();
  await page.getByRole("link", { name: /^Notiser/ }).click();
  const told = page.locator(".told").filter({ hasText: "Anna Exempel gav dig ett ärende" });
  await told.getByText("Oläst:").waitFor();
  await told.getByText("Öppnar simhallen före påsk?").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("button", { name: "Markera alla som lästa" }).click();
  await told.getByText("Oläst:").waitFor({ state: "detached" });
  await told.waitFor();
  assert.equal(await page.locator(".rail-badge").isVisible(), false);
  await told.getByRole("link").click();
  await page.waitForURL(`**/deck/posts/${question}*`);
  await page.context().close();
});

test("a column of notifications tells of a favourite at once, and forgets it when it is taken back", async () => {
  const post = await site.say(site.office, "Sagostund klockan tio.");
  const page = await openDeck({ path: "/deck/columns/new" });
  await page.locator("#kind-notifications").click();
  const column = page.locator('.column[data-kind="notifications"]');
  await column.getByText("asa skrev till Kommunchefen").first().waitFor();
  await page.locator('.deck[data-line="open"]').waitFor();
  const one = { reaction: "favourite", network: "fediverse", account: site.asa, entry: null } as const;
  const uri = "https://social.test/likes/1";
  await site.services.db.as(id, (tx) => receiveReaction(tx, id, { ...one, uri, post }));
  const told = column.locator(".told").filter({ hasText: "asa gillade ett inlägg av Kommunchefen" });
  await told.getByText("Sagostund klockan tio.").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await site.services.db.as(id, (tx) => receiveReactionUndo(tx, id, { ...one, uri }));
  await told.waitFor({ state: "detached" });
  await column.getByRole("button", { name: "Markera alla som lästa" }).click();
  await column.locator(".unread").first().waitFor({ state: "detached" });
  await column.getByText("asa skrev till Kommunchefen").first().waitFor();
  assert.equal(await column.locator(".unread").count(), 0);
  await page.context().close();
});

test("the palette finds a page, an account, a post and an action by keyboard, and gives the focus back", async () => {
  const page = await openDeck();
  page.setDefaultTimeout(10_000);
  await item(page).locator(".post").focus();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Sök", exact: true });
  await page.locator("#palette input:focus").waitFor();
  assert.deepEqual(await axeViolations(page), [], "at first");
  await page.keyboard.type("asa");
  await page.getByRole("option", { name: /asa.*@asa@social\.test/ }).waitFor();
  assert.deepEqual(await axeViolations(page), [], "with results");
  await field.fill("simhallen");
  await page.getByRole("option", { name: /Öppnar simhallen före påsk/ }).waitFor();
  await page.locator("#palette [role=status]").getByText("1 träff").waitFor();
  await field.fill("xyzzy");
  await page.locator("#palette [role=status]").getByText("Inget hittades").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate("document.activeElement.classList.contains('post')"), true);

  await page.keyboard.press("/");
  await page.locator("#palette input:focus").waitFor();
  await page.keyboard.type("inkorg");
  await page
    .getByRole("option", { name: /^Inkorg/ })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate("document.activeElement.closest('.column')?.dataset.kind"), "inbox");

  await page.keyboard.press("/");
  await page.keyboard.type("mina inst");
  const option = page.getByRole("option", { name: "Mina inställningar" });
  await option.waitFor();
  assert.equal(await field.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/deck/settings*");
  await page.context().close();
});

test("what was chosen before comes first, and an action is done to the post that is chosen", async () => {
  const page = await openDeck();
  await item(page).locator(".post").focus();
  await page.keyboard.press("/");
  await page.locator("#palette input:focus").waitFor();
  await page.keyboard.type("gilla");
  await page.keyboard.press("Enter");
  await item(page).locator(`form[action*="/unfavourite"]`).waitFor({ state: "attached" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("nytt in");
  await page.keyboard.press("Enter");
  await page.locator("#text:focus").waitFor();
  await page.keyboard.press("Control+k");
  const recent = page.getByRole("group", { name: "Nyligen" }).getByRole("option");
  assert.match((await recent.first().textContent()) ?? "", /^Nytt inlägg/);
  assert.equal(await recent.first().getAttribute("aria-selected"), "true");
  await page.context().close();
});

test("without scripts one finds and is told all the same", async () => {
  const page = await openDeck({ javaScriptEnabled: false });
  page.setDefaultTimeout(5_000);
  await page.getByRole("link", { name: "Sök", exact: true }).click();
  await page.getByRole("searchbox").fill("simhallen");
  await page.getByRole("button", { name: "Sök" }).click();
  await page.getByRole("link", { name: /Öppnar simhallen/ }).click();
  await page.getByRole("heading", { name: "Samtal" }).waitFor();
  await page.getByRole("link", { name: /^Notiser/ }).click();
  await page.locator(".told").first().waitFor();
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});

/** As care/ writes it. */
async function assign(person: PersonId): Promise<void> {
  await site.services.db.as(id, (tx) =>
    append(tx, {
      authority: id,
      direction: "within",
      kind: "care-assigned",
      person: site.person,
      post: question,
      subject: [question, person],
      facts: { thread: question, after: { person, account: null } },
    }),
  );
}
