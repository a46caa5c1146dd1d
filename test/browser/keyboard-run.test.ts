import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { grantAccount } from "#domain/accounts/grants.ts";
import { keepCanned } from "#domain/care/canned-answers.ts";
import { careOf } from "#domain/care/care.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import type { PostId } from "#domain/posts/post.ts";
import { goodByKeyboard, isSomewhere, tabTo, typeTime } from "./by-keyboard.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, broken, ...browser } = await startDeckBrowser();
const { authority, office, services, person } = site;
const bo = await site.addColleague();
await services.db.as(authority.id, async (tx) => {
  await grantAccount(tx, authority.id, { person: bo, account: office.id }, person);
  const answer = { account: null, language: "sv", sourceUrl: null, expiresOn: null } as const;
  const by = { person, now: services.clock() };
  for (const [name, text] of [
    ["Öppettider", "Hej {namn}! Simhallen öppnar klockan sex."],
    ["Avgifter", "Hej {namn}! Det kostar 60 kronor."],
  ] as const)
    await keepCanned(tx, authority.id, undefined, { ...answer, name, text }, by);
});
const cold = await site.hear("Simhallen är kall.");
const question = await site.hear("När öppnar simhallen på lördag?");
await site.hear("Var ligger återvinningen?");
for (;;) if (await careFor(question)) break;

async function open(path?: string): Promise<Page> {
  const page = await browser.openDeck(path === undefined ? {} : { path });
  page.setDefaultTimeout(8_000);
  return page;
}
async function careFor(thread: PostId) {
  return (await services.db.read(authority.id, (tx) => careOf(tx, authority.id, [thread]))).get(thread);
}
const toasts = (page: Page) => page.locator("#toasts");
const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
const chosen = (page: Page, words: string) => page.locator(".post.selected:focus", { hasText: words });
const inboxItem = (page: Page, post: PostId) =>
  column(page, "inbox").locator(`.item[data-post="${post}"] > .post`);
/** On to a post of the column one is in. */
async function walkTo(page: Page, words: string, key: "j" | "k" = "j"): Promise<void> {
  for (let step = 0; step < 20 && (await chosen(page, words).count()) === 0; step++)
    await page.keyboard.press(key);
  await chosen(page, words).waitFor();
}

test("a column is added, filtered, read and answered, a post planned and taken back, by keyboard alone", async () => {
  const page = await open();
  await page.getByRole("navigation", { name: "Meny" }).waitFor();
  await page.getByRole("main").waitFor();
  for (const name of ["Inkorg", "Hem"]) await page.getByRole("region", { name, exact: true }).waitFor();
  await page.getByRole("form", { name: "Nytt inlägg" }).waitFor();
  for (const live of ["#announcer", "#toasts", "#presence"])
    assert.equal(await page.locator(live).getAttribute("role"), "status", live);

  // A column of a search.
  await page.keyboard.press("c");
  await page.getByRole("heading", { name: "Lägg till kolumn", level: 1 }).waitFor();
  await tabTo(page, page.getByRole("link", { name: /^Välj.*Sökning/ }));
  await goodByKeyboard(page, "choosing a column");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "Sökord" }));
  await goodByKeyboard(page, "what to search for");
  await page.keyboard.type("simhallen");
  await page.keyboard.press("Enter");
  const search = column(page, "search");
  await search.getByRole("heading", { name: /simhallen/ }).waitFor();
  await page
    .getByRole("region", { name: /^Inlägg i .*simhallen/ })
    .and(page.locator(":focus"))
    .waitFor();
  await page.locator('.deck[data-line="open"]').waitFor();
  await goodByKeyboard(page, "the new column");
  assert.equal(await search.locator(".item").count(), 2);

  // Filtered.
  await page.keyboard.press(",");
  await page.getByRole("heading", { name: /^Inställningar för kolumnen/ }).waitFor();
  await tabTo(page, page.getByRole("textbox", { name: "Utan orden" }));
  await page.keyboard.type("kall");
  await goodByKeyboard(page, "the filters");
  await page.keyboard.press("Enter");
  await page
    .getByRole("region", { name: /^Inlägg i .*simhallen/ })
    .and(page.locator(":focus"))
    .waitFor();
  assert.equal(await search.locator(".item").count(), 1);
  await page.locator('.deck[data-line="open"]').waitFor();

  // Read.
  await page.keyboard.press("1");
  await walkTo(page, "Simhallen är kall.");
  await walkTo(page, "När öppnar simhallen", "k");
  await goodByKeyboard(page, "reading");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/deck/posts/${question}*`);
  await page.locator('.deck[data-line="open"]').waitFor();
  await chosen(page, "När öppnar simhallen").waitFor();
  await page.getByRole("region", { name: "Samtal", exact: true }).waitFor();
  const care = page.getByRole("region", { name: "Handläggning" });
  await goodByKeyboard(page, "the conversation");

  // Taken.
  await page.keyboard.press("a");
  await care.getByText("tilldelad Anna Exempel").waitFor();
  await toasts(page).getByText("Tilldelad dig.").waitFor();
  assert.equal((await careFor(question))?.assigneePerson, person);
  await goodByKeyboard(page, "assigned");

  // Answered with a canned text.
  await page.keyboard.press("q");
  const picker = page.getByRole("dialog", { name: "Välj ett standardsvar" });
  await picker.getByRole("searchbox", { name: "Sök" }).and(page.locator(":focus")).waitFor();
  await goodByKeyboard(page, "the canned answers");
  await page.keyboard.type("öppettider");
  await picker.getByText("Avgifter").waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await picker.waitFor({ state: "detached" });
  assert.equal(await text(page).inputValue(), "@asa@social.test Hej asa! Simhallen öppnar klockan sex.");
  await text(page).and(page.locator(":focus")).waitFor();
  await goodByKeyboard(page, "the canned answer");
  await page.keyboard.press("Control+Enter");
  await toasts(page).getByText("Publicerat.").waitFor();
  await page
    .getByRole("region", { name: "Samtal", exact: true })
    .getByText("Simhallen öppnar klockan sex.")
    .waitFor();
  await care.getByText("besvarad").waitFor();
  await goodByKeyboard(page, "answered");

  // A post is planned, from the deck.
  await page.keyboard.press("n");
  await page.waitForURL(/\/deck\?/);
  await text(page).and(page.locator(":focus")).waitFor();
  await page.getByRole("form", { name: "Nytt inlägg" }).waitFor();
  await page.keyboard.type("Påsköppet i simhallen.");
  await page.keyboard.press("Control+Shift+Enter");
  const when = page.getByLabel("När", { exact: true });
  await when.and(page.locator(":focus")).waitFor();
  await typeTime(page, when, "2030-04-19T08:00");
  await goodByKeyboard(page, "planning");
  await page.keyboard.press("Control+Shift+Enter");
  await toasts(page)
    .getByText(/^Planerat till/)
    .waitFor();
  await page.getByRole("form", { name: "Nytt inlägg" }).waitFor();
  await page.locator(".column :focus").waitFor();
  await goodByKeyboard(page, "planned");
  assert.equal(await planned(), 1);

  // And taken back.
  await page.keyboard.press("z");
  await toasts(page).getByText("Ångrat.").waitFor();
  await text(page).and(page.locator(":focus")).waitFor();
  assert.equal(await text(page).inputValue(), "Påsköppet i simhallen.");
  assert.equal(await planned(), 0);
  await goodByKeyboard(page, "undone");
  await page.keyboard.press("Escape");
  await page.locator(".column :focus").waitFor();
  await goodByKeyboard(page, "out of the field");
  await page.context().close();
});

test("q on a post in a column opens the answer to it with the canned texts", async () => {
  const page = await open();
  await inboxItem(page, cold).waitFor();
  await page.keyboard.press("1");
  await walkTo(page, "Simhallen är kall.");
  await page.keyboard.press("q");
  const picker = page.getByRole("dialog", { name: "Välj ett standardsvar" });
  await picker.locator("input:focus").waitFor();
  await page.getByRole("form", { name: "Svar till asa", includeHidden: true }).waitFor();
  await page.keyboard.press("Escape");
  await picker.waitFor({ state: "detached" });
  await text(page).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await chosen(page, "Simhallen är kall.").waitFor();
  await page.keyboard.press("k");
  await page.keyboard.press("q");
  await picker.locator("input:focus").waitFor();
  await page.keyboard.press("Enter");
  await picker.waitFor({ state: "detached" });
  assert.match(await text(page).inputValue(), /^@asa@social\.test Hej asa!/);
  const answered = page.locator("#composer input[name=inReplyTo]");
  assert.equal(await answered.inputValue(), question);
  await page.context().close();
});

test("the focus is never lost: when a dialog closes, a post is exchanged or gone, a notice or a column goes", async () => {
  const page = await open();
  await inboxItem(page, cold).waitFor();
  await page.keyboard.press("1");
  await walkTo(page, "Simhallen är kall.");
  for (const [key, name] of [
    ["?", "Tangenter"],
    ["Control+k", "Sök, gå till och gör"],
    ["A", "Tilldela"],
    ["s", "Status"],
    ["m", "Notering"],
    ["t", "Märken"],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const said = await dialog.evaluate((element) => element.getAttribute("aria-label") ?? element.innerText);
    assert.ok(said.includes(name), `${key} opens ${said}`);
    await isSomewhere(page, `the dialog of ${key}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await chosen(page, "Simhallen är kall.").waitFor();
  }

  const before = await inboxItem(page, cold).elementHandle();
  await site.ask(`/deck/care/${cold}/assign`, (await site.signIn(bo)).header, { to: bo });
  await inboxItem(page, cold).getByText("tilldelad Bo Exempel").waitFor();
  assert.equal(await before?.evaluate((element) => element.isConnected), false, "it was exchanged");
  await chosen(page, "tilldelad Bo Exempel").waitFor();

  // A notice that is pressed by keyboard.
  await page.keyboard.press("a");
  await toasts(page).getByText("Tilldelad dig.").waitFor();
  await tabTo(page, toasts(page).getByRole("button", { name: "Ångra" }), "Shift+Tab");
  await isSomewhere(page, "in a notice");
  await page.keyboard.press("Enter");
  await toasts(page).getByText("Ångrat. Det är som förut.").waitFor();
  await page.locator(".post.selected:focus").waitFor();
  await walkTo(page, "Simhallen är kall.");

  // The post itself is deleted where it was written.
  const uri = await uriOf(cold);
  await services.db.as(authority.id, (tx) =>
    receiveDelete(
      tx,
      authority.id,
      { network: "fediverse", uri, author: site.asa, authorUri: "", entry: null },
      services.clock(),
    ),
  );
  await column(page, "inbox").getByText("Simhallen är kall.").waitFor({ state: "detached" });
  await isSomewhere(page, "after the post has gone");

  // The column, by key; and back.
  await page.keyboard.press("2");
  const shown = await page.locator(".column").count();
  await page.keyboard.press("-");
  await toasts(page)
    .getByText(/är borttagen/)
    .waitFor();
  assert.equal(await page.locator(".column").count(), shown - 1);
  await isSomewhere(page, "after the column has gone");
  await page.keyboard.press("z");
  await page
    .locator(".column")
    .nth(shown - 1)
    .waitFor();
  await isSomewhere(page, "with the column back");
  const kept = page.waitForResponse((answer) => answer.url().includes("/width"));
  await page.keyboard.press("w");
  await kept;
  await isSomewhere(page, "with another width");
  await page.context().close();
});

test("every key of a control is in the list of keys, and every key in the list does something", async () => {
  const found = new Set<string>();
  const own = await site.say(office, "Från oss.");
  const listed = new Set<string>();
  for (const path of [
    `/deck?account=${office.id}`,
    `/deck/posts/${question}?account=${office.id}`,
    `/deck/posts/${own}?account=${office.id}`,
    `/deck/posts/${await site.hear("Bara till er.", { visibility: "direct" })}?account=${office.id}`,
  ]) {
    const page = await open(path);
    for (const key of await page.evaluate<string[]>(keysOfControls)) found.add(key);
    for (const row of await page.evaluate<string[]>(rowsOfKeys)) listed.add(row);
    await page.context().close();
  }
  assert.deepEqual([...found].filter((key) => !listed.has(key)).toSorted(), [], "not in the list");
  // Those that keyboard.ts, the composer and the browser answer to by themselves.
  const withoutControl = ["j", "k", "h", "l", "1–9", ".", "o", "Enter", "n", "?", "w", "Esc"].concat([
    "Ctrl+Enter",
    "Ctrl+Shift+Enter",
    "Ctrl+K",
  ]);
  assert.deepEqual(
    [...listed].filter((key) => !found.has(key) && !withoutControl.includes(key)).toSorted(),
    // A notice brings it.
    ["z"],
    "leads nowhere",
  );
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});

/** Keys of all controls, and chords that lead somewhere. */
const keysOfControls = `[
  ...[...document.querySelectorAll("[data-deck-key], [data-global-key], [data-column-key]")].map(
    ({ dataset }) => dataset.deckKey ?? dataset.globalKey ?? dataset.columnKey),
  ...Object.keys(JSON.parse(document.querySelector("[data-keyboard-go-value]").dataset.keyboardGoValue)),
]`;

/** The list as it is written there, in the controls' own spelling: "Shift + A" is "A". */
const rowsOfKeys = `[...document.querySelectorAll("#shortcuts dt")].flatMap((row) => {
  const parts = [...row.querySelectorAll("kbd, span")].map((part) => part.textContent);
  const said = parts.join(" ").replaceAll(" + ", "+").replace("1 – 9", "1–9");
  if (said === "Shift+← →") return ["Shift+ArrowLeft", "Shift+ArrowRight"];
  if (/^g [a-z]$/.test(said)) return [said];
  return said.split(" ").map((key) => key.replace(/^Shift\\+([A-Z])$/, "$1"));
})`;

async function planned(): Promise<number> {
  const [row] = await services.db.read(
    authority.id,
    (tx) => tx<{ count: number }[]>`
      select count(*)::int as count from draft where authority = ${authority.id} and state = 'scheduled'`,
  );
  return row?.count ?? 0;
}

async function uriOf(post: PostId): Promise<string> {
  const [row] = await services.db.read(
    authority.id,
    (tx) => tx<{ uri: string }[]>`select uri from post where authority = ${authority.id} and id = ${post}`,
  );
  return row?.uri ?? "";
}
