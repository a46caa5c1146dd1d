import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { grantAccount } from "#domain/accounts/grants.ts";
import { careOf } from "#domain/care/care.ts";
import type { PostId } from "#domain/posts/post.ts";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck, broken } = await startDeckBrowser();
const { authority, office, services, person } = site;
const bo = await site.addColleague();
await services.db.as(authority.id, async (tx) => {
  for (const account of [site.voice, office])
    await grantAccount(tx, authority.id, { person: bo, account: account.id }, person);
});

/** A question whose care is open already. */
async function ask(text: string): Promise<PostId> {
  const post = await site.hear(text);
  for (;;) if (await careFor(post)) return post;
}
async function careFor(thread: PostId) {
  return (await services.db.read(authority.id, (tx) => careOf(tx, authority.id, [thread]))).get(thread);
}
const item = (page: Page, text: string) => column(page, "inbox").locator(".item", { hasText: text });
const toasts = (page: Page) => page.locator("#toasts");
const dialog = (page: Page) => page.getByRole("dialog");
/** The keyboard's place, without the mouse. */
async function select(page: Page, text: string): Promise<void> {
  await item(page, text).first().waitFor();
  await page.keyboard.press("j");
  for (let n = 0; n < 40; n++) {
    if (await item(page, text).locator(".post.selected").count()) return;
    await page.keyboard.press("j");
  }
  assert.fail(`${text} was not reached`);
}

test("what one takes, notes and labels by keyboard is seen by a colleague within a second", async () => {
  await ask("Öppnar simhallen före påsk?");
  const [anna, colleague] = [await openDeck(), await openDeck({ person: bo })];
  const seen = item(colleague, "Öppnar simhallen");
  await seen.getByText("ny", { exact: true }).waitFor();
  await select(anna, "Öppnar simhallen");
  await anna.keyboard.press("a");
  await seen.getByText("tilldelad Anna Exempel").waitFor({ timeout: 1_000 });
  await toasts(anna).getByText("Tilldelad dig.").waitFor();

  await anna.keyboard.press("m");
  await dialog(anna).getByRole("heading", { name: "Notera" }).waitFor();
  assert.deepEqual(await axeViolations(anna), []);
  await anna.keyboard.type("@Bo Exempel, vet du när de är klara?");
  await anna.keyboard.press("Tab");
  await anna.keyboard.press("Enter");
  await seen.getByText("1 notering").waitFor({ timeout: 1_000 });
  await toasts(anna).getByText("Bo Exempel får veta det").waitFor();
  await dialog(anna).waitFor({ state: "hidden" });
  assert.ok(await anna.evaluate("document.activeElement !== document.body"), "the place was lost");

  await anna.keyboard.press("t");
  await dialog(anna).getByLabel("Märken").waitFor();
  await anna.keyboard.type("simhall");
  await anna.keyboard.press("Enter");
  await seen.getByText("simhall", { exact: true }).waitFor({ timeout: 1_000 });
  assert.deepEqual(await axeViolations(colleague), []);
  await Promise.all([anna, colleague].map((page) => page.context().close()));
});

test("whoever acts on what somebody changed a moment ago is told, and overwrites nothing", async () => {
  const question = await ask("Vem har beslutat om entrén?");
  const page = await openDeck();
  await select(page, "Vem har beslutat");
  await page.keyboard.press("A");
  await dialog(page).getByLabel("Vem tar hand om det?").waitFor();
  const answered = await site.ask(`/deck/care/${question}/assign`, (await site.signIn(bo)).header, {
    to: bo,
  });
  assert.equal(answered.status, 303);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await dialog(page).getByText("Någon annan hann före").waitFor();
  await dialog(page).getByText("Bo Exempel tog det själv.").waitFor();
  assert.equal((await careFor(question))?.assigneePerson, bo);
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("several are selected and closed by keyboard, and z brings them back", async () => {
  const threads = [await ask("Knuff ett"), await ask("Knuff två"), await ask("Knuff tre")];
  const page = await openDeck();
  for (const text of ["Knuff tre", "Knuff två", "Knuff ett"]) {
    await select(page, text);
    await page.keyboard.press("x");
  }
  const bar = page.getByRole("region", { name: "Med de valda" });
  await bar.getByText("3 valda").waitFor();
  assert.ok(
    await item(page, "Knuff ett").getByRole("checkbox", { name: "Välj: asa", checked: true }).isVisible(),
  );
  assert.deepEqual(await axeViolations(page), []);
  await bar.getByRole("button", { name: "Avsluta" }).focus();
  await page.keyboard.press("Enter");
  await toasts(page).getByText("3 ändrade.").waitFor();
  await bar.waitFor({ state: "hidden" });
  for (const thread of threads) assert.equal((await careFor(thread))?.status, "closed");
  await page.keyboard.press("z");
  await toasts(page).getByText("3 är som förut igen.").waitFor();
  for (const thread of threads) assert.equal((await careFor(thread))?.status, "new");
  await page.context().close();
});

test("the panel of a conversation follows what colleagues do", async () => {
  const question = await ask("När kommer bussen?");
  const page = await openDeck({ path: `/deck/posts/${question}?account=${office.id}` });
  await page.locator('.deck[data-line="open"]').waitFor();
  const panel = page.getByRole("region", { name: "Handläggning" });
  await panel.getByText("ny", { exact: true }).waitFor();
  const cookie = (await site.signIn(bo)).header;
  await site.ask(`/deck/care/${question}/assign`, cookie, { to: bo });
  await panel.locator(".care-summary").getByText("tilldelad Bo Exempel").waitFor({ timeout: 1_000 });
  await site.ask(`/deck/care/${question}/note`, cookie, { text: "Frågar trafikenheten." });
  await panel.locator(".care-notes").getByText("Frågar trafikenheten.").waitFor({ timeout: 1_000 });
  await page.keyboard.press("s");
  await panel.getByLabel("Avvakta").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await panel.locator(".care-summary").getByText("avvaktar").waitFor();
  await panel.getByText("Vad som har gjorts").click();
  await panel.getByText("Bo Exempel skrev en notering.").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("the page of a thread's care lives, too", async () => {
  const question = await ask("Är isen säker?");
  const page = await openDeck({ path: `/deck/care/${question}` });
  await page.locator('.deck[data-line="open"]').waitFor();
  await site.ask(`/deck/care/${question}/status`, (await site.signIn(bo)).header, { to: "waiting" });
  await page.locator(".care-panel .care-summary").getByText("avvaktar").waitFor({ timeout: 1_000 });
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("what is overdue rises to the head of the inbox, and nothing beneath it moves", async () => {
  const question = await ask("Har ni glömt mig?");
  const page = await openDeck();
  const before = await item(page, "Har ni glömt mig").boundingBox();
  await services.db.as(
    authority.id,
    (tx) =>
      tx`update care set due_at = now() - interval '1 hour' where authority = ${authority.id} and thread = ${question}`,
  );
  // Any act makes the deck look again.
  await site.ask(`/deck/care/${question}/note`, (await site.signIn(bo)).header, { text: "Bråttom." });
  const late = column(page, "inbox").getByText("1 försenad", { exact: true });
  await late.waitFor();
  await item(page, "Har ni glömt mig").getByText("försenad sedan").waitFor();
  assert.equal((await item(page, "Har ni glömt mig").boundingBox())?.y, before?.y);
  await late.click();
  await column(page, "inbox").locator(".overdue-list").getByText("Har ni glömt mig?").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("the shared work is done without script too: filtered, assigned, undone", async () => {
  const question = await ask("Utan skript?");
  const page = await openDeck({ path: "/deck/care", javaScriptEnabled: false });
  await page.getByLabel("Ordning").selectOption({ label: "Nyast först" });
  await page.getByRole("button", { name: "Visa", exact: true }).click();
  await page.locator(".care-row", { hasText: "Utan skript?" }).getByRole("checkbox").check();
  await page.getByLabel("Vem tar hand om det?").selectOption({ label: "Bo Exempel" });
  await page.getByRole("button", { name: "Tilldela" }).click();
  await page.getByText("1 ändrade.").waitFor();
  assert.equal((await careFor(question))?.assigneePerson, bo);
  await page.getByRole("button", { name: "Ångra" }).click();
  await page.getByRole("status").getByText("Anna Exempel ångrade sig.").waitFor();
  assert.equal((await careFor(question))?.assigneePerson, null);
  await page.context().close();
});

test("nothing broke, and the policy stopped nothing", () => {
  assert.deepEqual(broken, []);
});
