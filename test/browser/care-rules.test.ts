import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { keepCanned } from "#domain/care/canned-answers.ts";
import { setTarget } from "#domain/care/change-care-rules.ts";
import { axeViolations } from "./chromium.ts";
import { startDeckBrowser } from "./deck-browser.ts";

const { site, broken, ...browser } = await startDeckBrowser();
const openDeck = async (options: Parameters<typeof browser.openDeck>[0]) => {
  const page = await browser.openDeck(options);
  page.setDefaultTimeout(8_000);
  return page;
};
const { id } = site.authority;
const by = { person: site.person, now: site.services.clock() };
const question = await site.hear("När öppnar simhallen?");
const secret = await site.hear("Hur går det med mitt ärende?", { visibility: "direct" });
await site.services.db.as(id, async (tx) => {
  const answer = { account: null, language: "sv", sourceUrl: "https://example.se/bad" } as const;
  const open = { ...answer, name: "Öppettider", text: "Hej {namn}! Vi öppnar klockan sex. {källa}" };
  const old = {
    ...answer,
    name: "Sommarpriser",
    text: "I sommar kostar det 40 kronor.",
    expiresOn: "2020-08-31",
  };
  await keepCanned(tx, id, undefined, { ...open, expiresOn: null }, by);
  await keepCanned(tx, id, undefined, old, by);
  await setTarget(tx, id, { account: null, tag: "kris", minutes: 60 }, by);
});

const composer = (page: Page) => page.getByRole("textbox", { name: "Text" });
const thread = (post: string) => `/deck/posts/${post}?account=${site.office.id}`;

test("by keyboard alone a canned answer is found and put into the reply, filled in", async () => {
  const page = await openDeck({ path: thread(question) });
  await page.locator(".composer").waitFor();
  await page.keyboard.press("q");
  const dialog = page.getByRole("dialog", { name: "Välj ett standardsvar" });
  await dialog.waitFor();
  assert.equal(await page.locator("input[type=search]:focus").count(), 1, "one may search at once");
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.type("klockan sex");
  await dialog.getByText("Sommarpriser").waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  assert.equal(
    await composer(page).inputValue(),
    "@asa@social.test Hej asa! Vi öppnar klockan sex. https://example.se/bad",
  );
  assert.equal(await page.locator("textarea[name=text]:focus").count(), 1);
  await page.context().close();
});

test("it goes in where the caret is, and an expired one warns before and after", async () => {
  const page = await openDeck({ path: thread(question), width: 360 });
  await composer(page).fill("Först.  Sist.");
  await composer(page).press("Home");
  for (let step = 0; step < "Först. ".length; step++) await composer(page).press("ArrowRight");
  await page.getByRole("link", { name: "Standardsvar", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const old = dialog.getByRole("listitem").filter({ hasText: "Sommarpriser" });
  await old.getByText("Gick ut 2020-08-31").waitFor();
  await old.getByRole("button", { name: "Sätt in" }).click();
  assert.equal(await composer(page).inputValue(), "Först. I sommar kostar det 40 kronor. Sist.");
  await page.getByText("Standardsvaret har gått ut.").waitFor();
  assert.equal(
    await page.getByRole("link", { name: "Öppna källan" }).getAttribute("href"),
    "https://example.se/bad",
  );
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("without script the answers are a page, each leading to a composer that holds it", async () => {
  const page = await openDeck({ path: thread(question), javaScriptEnabled: false });
  await page.getByRole("link", { name: "Standardsvar", exact: true }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Sommarpriser" })
    .getByRole("link", { name: "Svara med det här" })
    .click();
  await page.getByText("Standardsvaret har gått ut.").waitFor();
  assert.match(await composer(page).inputValue(), /I sommar kostar det 40 kronor\./);
  await page.context().close();
});

for (const [width, path] of [
  [1440, "/deck/settings/care"],
  [360, "/deck/settings/care/rules"],
  [1440, "/deck/settings/care/rules"],
  [360, `/deck/settings/care/rules/accounts/${site.office.id}`],
  [360, "/deck/settings/care/canned"],
  [360, "/deck/settings/care/canned/new"],
  [360, "/deck/settings/care/absence"],
  [360, "/deck/settings/care/concerns"],
  [360, "/deck/settings/care"],
  [360, `/deck/canned?account=${site.office.id}&post=${question}`],
  [360, `/deck/posts/${question}/safe-channel?account=${site.office.id}`],
  [1440, thread(secret)],
] as const)
  test(`axe finds nothing on ${path.replace(/\d{17,}/g, "…")} at ${width} pixels, and nothing is wider than the page`, async () => {
    const page = await openDeck({ path, width });
    assert.deepEqual(await axeViolations(page), []);
    const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    assert.ok(over <= 0, `${over} pixels too wide`);
    await page.context().close();
  });

test("what the browser itself checks lets every answer through: no eve, no substitute, no deputy, all accounts", async () => {
  const page = await openDeck({ path: "/deck/settings/care/rules" });
  const isSaved = async (button: string) => {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.locator(".notice.success").waitFor();
  };
  await page.getByLabel("Julafton").uncheck();
  await page.locator("#deputyAfter").fill("1,25");
  await isSaved("Spara kontorstiden");
  assert.equal(await page.locator("#deputyAfter").inputValue(), "1,25");
  assert.ok(!(await page.getByLabel("Julafton").isChecked()));
  await page.locator("#hours").fill("2");
  await isSaved("Sätt målet");
  await page.goto(`${site.origin}/deck/settings/care/rules/accounts/${site.office.id}`);
  await page.locator("#way-sv").fill("Ring 000-00 00 00.");
  await isSaved("Spara");
  await page.goto(`${site.origin}/deck/settings/care/absence`);
  await page.locator("#from").fill("2030-07-01");
  await page.locator("#until").fill("2030-07-20");
  await isSaved("Spara frånvaron");
  await page.goto(`${site.origin}/deck/settings/care/canned/new`);
  await page.getByLabel("Namn").fill("För alla");
  await page.locator("#text").fill("Tack för att du skrev.");
  await page.locator("#account").selectOption("");
  await isSaved("Spara svaret");
  await page.context().close();
});

test("nothing broke or was stopped by the policy", () => assert.deepEqual(broken, []));
