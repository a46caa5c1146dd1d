import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page, Response } from "playwright-core";
import sharp from "sharp";
import { grantAccount } from "#domain/accounts/grants.ts";
import type { PersonId } from "#domain/people/person.ts";
import { waitFor } from "../interop/wait-for.ts";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, openDeck: open, broken } = await startDeckBrowser();
const { db } = site.services;
const id = site.authority.id;

await site.say(site.office, "Nu öppnar #simhallen");

/** Each test has a writer of its own: what one has begun fills the composer of the next. */
let person: PersonId;
beforeEach(async () => {
  person = await site.addColleague();
  await db.as(id, (tx) => grantAccount(tx, id, { person, account: site.office.id }, undefined));
});
const openDeck = (options: { javaScriptEnabled?: boolean } = {}) => open({ ...options, person });

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const findings = (page: Page) => page.locator(".composer-findings");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const drafts = () =>
  db.as(
    id,
    (tx) =>
      tx<
        { text: string }[]
      >`select content->>'text' as text from draft where state = 'draft' and person = ${person}`,
  );
const posts = () =>
  db.as(
    id,
    (tx) => tx<{ id: string; source: string; in_reply_to: string | null; attachments: { alt: string }[] }[]>`
      select id, source, in_reply_to, attachments from post join post_version v on v.post = post.id and v.version = post.version
      order by id desc limit 3`,
  );

test("a personal number is named as it is typed, stops the post, and goes out with a reason that is kept", async () => {
  const page = await openDeck();
  await text(page).pressSequentially("Ring 640823-3234 eller kalle77@gmail.com.");
  await findings(page).getByText("640823-3234 ser ut som ett personnummer").waitFor();
  await findings(page).getByText("kalle77@gmail.com ser ut att höra till en privatperson").waitFor();
  await page
    .locator(".composer-facts")
    .getByText(/LIX \d+, /)
    .waitFor();
  assert.match((await text(page).getAttribute("aria-describedby")) ?? "", /check-personal-number/);
  assert.deepEqual(await axeViolations(page), []);
  await press(page, "Publicera");
  await page.getByRole("alert").getByText("640823-3234 ser ut som ett personnummer").waitFor();
  assert.match(await text(page).inputValue(), /640823-3234/);
  assert.deepEqual(await axeViolations(page), []);
  await page.getByLabel("Varför får personnumret stå?").fill("Påhittat nummer i ett exempel.");
  await press(page, "Publicera");
  await page.locator("main").getByText("Ring 640823-3234").first().waitFor();
  const [entry] = await db.as(
    id,
    (tx) => tx<{ body: string }[]>`
      select body from journal join journal_payload on entry = id where kind = 'check-overridden'`,
  );
  assert.equal(entry?.body, '{"reason":"Påhittat nummer i ett exempel."}');
  await page.context().close();
});

test("a finding goes when what it names goes, and the reason's field with it", async () => {
  const page = await openDeck();
  await text(page).fill("Ring 640823-3234");
  await page.getByLabel("Varför får personnumret stå?").waitFor();
  await text(page).fill("Ring växeln");
  await page.getByLabel("Varför får personnumret stå?").waitFor({ state: "hidden" });
  assert.doesNotMatch((await text(page).getAttribute("aria-describedby")) ?? "", /check-/);
  await page.context().close();
});

test("people, tags and emoji are completed by keyboard while the focus stays in the text", async () => {
  const page = await openDeck();
  await text(page).pressSequentially("Hej @exempelk");
  const options = page.getByRole("listbox").getByRole("option");
  await options.first().waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("ArrowDown");
  assert.equal(
    await text(page).getAttribute("aria-activedescendant"),
    await options.first().getAttribute("id"),
  );
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await text(page).inputValue(), "Hej @exempelkommun ");
  assert.equal(await text(page).getAttribute("aria-controls"), null);
  await text(page).pressSequentially("om #simh");
  await options.getByText("#simhallen").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await text(page).inputValue(), "Hej @exempelkommun om #simhallen ");
  await text(page).pressSequentially(":skola");
  await options.filter({ hasText: "🏫" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("listbox").waitFor({ state: "detached" });
  assert.equal(await page.evaluate("document.activeElement.name"), "text");
  await page.context().close();
});

test("the picker of emoji puts one where the caret was", async () => {
  const page = await openDeck();
  await text(page).fill("Grattis");
  await press(page, "Emoji");
  await page.getByLabel("Sök emoji").fill("party");
  await page.locator(".composer-emoji-list button").first().waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("Enter");
  assert.match(await text(page).inputValue(), /^Grattis./u);
  assert.equal(await page.evaluate("document.activeElement.name"), "text");
  await page.context().close();
});

test("what is typed is on the server while one is still typing, and fills the composer of the next tab", async () => {
  const page = await openDeck();
  const kept: Response[] = [];
  page.on("response", (answer) => {
    if (answer.url().includes("/deck/drafts") && answer.ok()) kept.push(answer);
  });
  let typed = "Ett utkast som ska överleva";
  await text(page).pressSequentially(typed);
  // Without a pause: a key at a time until it has been kept all the same.
  for (; kept.length === 0; typed += "!") await text(page).press("!", { delay: 20 });
  await waitFor(async () => (await drafts())[0]?.text === typed, { what: "the draft as it was typed" });
  await page.locator(".composer-state").getByText(/.+/).first().waitFor();
  await page.context().close();
  const next = await openDeck();
  assert.equal(await text(next).inputValue(), typed);
  await next.context().close();
});

test("a page asked for just before a save shows what was saved, not what stood there before", async () => {
  const page = await openDeck();
  await text(page).fill("Först så här");
  await waitFor(async () => (await drafts())[0]?.text === "Först så här", { what: "the draft" });
  await page.reload();
  // The page is made before the save and arrives after it.
  await page.route(/\/deck(\?|$)/, async (route) => {
    const answer = await route.fetch();
    await waitFor(async () => (await drafts())[0]?.text === "Sedan så här", { what: "the newer words" });
    await route.fulfill({ response: answer });
  });
  await text(page).fill("Sedan så här");
  await page.reload();
  assert.equal(await text(page).inputValue(), "Sedan så här");
  await page.context().close();
});

test("while the server cannot be reached the draft is kept in the browser, says so, and is sent when it can", async () => {
  const page = await openDeck();
  await page.context().setOffline(true);
  await text(page).fill("Skrivet i en tunnel");
  await page.getByText("Utkastet kunde inte sparas på servern").first().waitFor();
  assert.match(String(await page.evaluate("JSON.stringify(localStorage)")), /Skrivet i en tunnel/);
  const kept = page.waitForResponse((answer) => answer.url().includes("/deck/drafts") && answer.ok());
  await page.context().setOffline(false);
  await kept;
  await page.getByText("Utkastet är sparat på servern igen.").waitFor({ state: "attached" });
  assert.doesNotMatch(String(await page.evaluate("JSON.stringify(localStorage)")), /tunnel/);
  assert.equal((await drafts())[0]?.text, "Skrivet i en tunnel");
  await page.context().close();
});

test("a tab that is closed in the middle of a word has kept it", async () => {
  const page = await openDeck();
  await text(page).pressSequentially("Mitt i ett o");
  await page.goto(`${site.origin}/`);
  await page.goto(`${site.origin}/deck?account=${site.office.id}`);
  assert.equal(await text(page).inputValue(), "Mitt i ett o");
  await page.context().close();
});

test("pictures are pasted and dropped, moved by buttons, described, and go out in that order", async () => {
  const page = await openDeck();
  await text(page).fill("Två bilder");
  await give(page, "paste", await picture("#0b5c5f"));
  await page.locator("[data-picture]").nth(0).waitFor();
  await give(page, "drop", await picture("#a0231b"));
  await page.locator("[data-picture]").nth(1).waitFor();
  await findings(page).getByText("2 bilder saknar beskrivning").waitFor();
  const descriptions = page.getByLabel("Beskriv bilden");
  await descriptions.nth(0).fill("Den gröna");
  await descriptions.nth(1).fill("Den röda");
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("button", { name: "Flytta bilden före den förra" }).nth(1).click();
  assert.equal(await descriptions.nth(0).inputValue(), "Den röda");
  await page.getByText("Bilden är nu nummer 1 av 2.").waitFor({ state: "attached" });
  await findings(page).getByText("saknar beskrivning").waitFor({ state: "hidden" });
  await press(page, "Publicera");
  await page.locator("main").getByAltText("Den röda").first().waitFor();
  assert.deepEqual(
    (await posts())[0]?.attachments.map((one) => one.alt),
    ["Den röda", "Den gröna"],
  );
  await page.context().close();
});

test("a long text is split into a thread that the preview shows part by part, as it is then sent", async () => {
  const page = await openDeck();
  await text(page).fill("Första delen om #simhallen\n---\nAndra delen");
  await page.getByLabel("Dela upp texten i en tråd").check();
  await page.getByText("Blir en tråd i 2 delar").waitFor();
  await press(page, "Förhandsgranska");
  const dialog = page.getByRole("dialog", { name: "Så här blir det" });
  await dialog.getByRole("heading", { name: "Del 2 av 2" }).waitFor();
  await dialog.getByRole("link", { name: "#simhallen" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await dialog.getByRole("button", { name: "Tillbaka till texten" }).click();
  await dialog.waitFor({ state: "detached" });
  await press(page, "Publicera");
  await page.locator("main").getByText("Andra delen").first().waitFor();
  const [second, first] = await posts();
  assert.equal(first?.source, "Första delen om #simhallen");
  assert.equal(second?.in_reply_to, first?.id);
  await page.context().close();
});

test("the time to publish is asked for by keyboard, and a night or a holiday is pointed out", async () => {
  const page = await openDeck();
  await text(page).fill("God jul");
  await page.keyboard.press("Control+Shift+Enter");
  const when = page.getByLabel("När", { exact: true });
  await when.waitFor();
  assert.equal(await page.evaluate("document.activeElement.name"), "when");
  await when.fill("2029-12-24T10:00");
  await findings(page).getByText("Den valda dagen är julafton").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("Control+Shift+Enter");
  await page.locator("#toasts .toast").waitFor();
  const [planned] = await db.as(
    id,
    (tx) =>
      tx<
        { state: string; local_time: string }[]
      >`select state, local_time::text from draft where state = 'scheduled'`,
  );
  assert.match(planned?.local_time ?? "", /^2029-12-24.10:00/);
  await page.context().close();
});

test("without scripts a picture is added, moved and taken away, and the preview is a page with the text kept", async () => {
  const page = await openDeck({ javaScriptEnabled: false });
  await text(page).fill("Utan skript med 640823-3234");
  const buffer = Buffer.from(await picture("#0b5c5f"), "base64");
  await page
    .getByLabel("Bild", { exact: false })
    .first()
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer });
  await press(page, "Lägg till bild");
  await page.getByLabel("Beskriv bilden").fill("En grön bild");
  await findings(page).getByText("640823-3234 ser ut som ett personnummer").waitFor();
  await page.locator('button[name="step"][value="preview"]').click();
  await page.getByRole("heading", { name: "Så här blir det", level: 2 }).waitFor();
  await page.locator("#preview").getByAltText("En grön bild").waitFor();
  assert.equal(await text(page).inputValue(), "Utan skript med 640823-3234");
  await page.getByRole("button", { name: "Ta bort bilden" }).click();
  assert.equal(await page.getByLabel("Beskriv bilden").count(), 0);
  await page.getByLabel("Varför får personnumret stå?").fill("Exempel");
  await press(page, "Publicera");
  await page.locator("main").getByText("Utan skript med").first().waitFor();
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});

async function picture(background: string): Promise<string> {
  const made = sharp({ create: { width: 60, height: 40, channels: 3, background } });
  return (await made.png().toBuffer()).toString("base64");
}

/** As the clipboard or a hand would: neither can be had in a browser that nobody sits at. */
async function give(page: Page, kind: "paste" | "drop", base64: string): Promise<void> {
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob("${base64}"), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "bild.png", { type: "image/png" }));
    const field = document.querySelector("#text");
    if ("${kind}" === "paste") field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    else field.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  })()`);
}
