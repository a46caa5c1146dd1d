import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

const { site, broken, ...browser } = await startDeckBrowser();
const openDeck = async () => {
  const page = await browser.openDeck();
  page.setDefaultTimeout(8_000);
  return page;
};
const all = 280;
const ids: string[] = [];
for (let n = 1; n <= all; n++) ids.push(await site.hear(`Fråga ${n} om simhallen.`));

const inbox = (page: Page) => column(page, "inbox");
const posts = (page: Page) => inbox(page).locator("[data-posts]");
const shown = (page: Page) =>
  inbox(page)
    .locator(".item")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-post") ?? ""));

/** The first post in view, and how far from the edge it is. */
const firstInView = (page: Page) =>
  posts(page).evaluate((scroller) => {
    const edge = scroller.getBoundingClientRect().top;
    const items = [...scroller.querySelectorAll(".item")];
    const first = items.find((item) => item.getBoundingClientRect().bottom > edge + 4);
    return { post: first?.getAttribute("data-post"), y: (first?.getBoundingClientRect().top ?? 0) - edge };
  });

/** Scrolls on in one direction until a post is there. */
async function scrollTo(page: Page, post: string, by: 1 | -1, look: () => Promise<void>): Promise<void> {
  const wanted = inbox(page).locator(`.item[data-post="${post}"]`);
  for (let turn = 0; turn < 400 && (await wanted.count()) === 0; turn++) {
    await posts(page).evaluate((scroller, step) => scroller.scrollBy(0, step), by * 2_000);
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await look();
  }
  await wanted.waitFor({ state: "attached" });
}

test("one scrolls through a long column and back; the page keeps a window of it, without gaps", async () => {
  const page = await openDeck();
  const look = async () => {
    const now = await shown(page);
    assert.ok(now.length <= 260, `${now.length} posts in the page`);
    const newest = ids.indexOf(now[0] ?? "");
    assert.deepEqual(now, ids.slice(newest + 1 - now.length, newest + 1).toReversed());
  };
  await scrollTo(page, ids[0] ?? "", 1, look);
  await inbox(page).getByText("Inget äldre.").waitFor({ state: "attached" });
  assert.equal(
    await inbox(page)
      .locator(`.item[data-post="${ids.at(-1)}"]`)
      .count(),
    0,
  );
  await inbox(page).getByRole("button", { name: "Till det nyaste" }).waitFor();
  await scrollTo(page, ids.at(-1) ?? "", -1, look);
  await posts(page).evaluate((scroller) => scroller.scrollTo(0, 0));
  await inbox(page).locator("[data-waiting]").waitFor({ state: "hidden" });
  await page.context().close();
});

test("where one reads survives a reload and another device, and nothing moves meanwhile", async () => {
  const page = await openDeck();
  await scrollTo(page, ids[all - 100] ?? "", 1, async () => {});
  const kept = page.waitForResponse((answer) => answer.url().includes("/place") && answer.status() === 204);
  await inbox(page)
    .locator(`.item[data-post="${ids[all - 100]}"]`)
    .evaluate((item) => item.scrollIntoView());
  const before = await firstInView(page);
  await kept;
  await page.reload();
  await inbox(page).locator(`.item[data-post="${before.post}"]`).waitFor();
  assert.equal((await firstInView(page)).post, before.post);
  await page.context().close();
  const other = await openDeck();
  await inbox(other).locator(`.item[data-post="${before.post}"]`).waitFor();
  assert.equal((await firstInView(other)).post, before.post);
  await site.hear("Kommer medan man läser längre ner.");
  await inbox(other).getByRole("button", { name: "1 ny" }).waitFor();
  assert.equal((await firstInView(other)).post, before.post);
  await scrollTo(other, ids[all - 60] ?? "", -1, async () => {});
  await inbox(other).getByRole("button", { name: "1 ny" }).click();
  await inbox(other).getByText("Kommer medan man läser längre ner.").waitFor();
  assert.equal(await posts(other).evaluate((scroller) => scroller.scrollTop), 0);
  await other.context().close();
});

test("whoever reads at the top is not disturbed either", async () => {
  const page = await openDeck();
  await posts(page).evaluate((scroller) => scroller.scrollTo(0, 0));
  await page.keyboard.press(".");
  await page.keyboard.press("j");
  const reading = await firstInView(page);
  await site.hear("Kommer medan det översta är valt.");
  await inbox(page).getByRole("button", { name: "1 ny" }).waitFor();
  assert.deepEqual(await firstInView(page), reading);
  await page.keyboard.press(".");
  await page.locator(".post:focus").getByText("Kommer medan det översta är valt.").waitFor();
  await page.context().close();
});

test("columns are moved by keyboard and by their handle, and stay so", async () => {
  const page = await openDeck();
  const order = () =>
    page.locator(".column").evaluateAll((columns) => columns.map((one) => one.getAttribute("data-kind")));
  const tabs = () =>
    page
      .locator(".tabbar [data-column]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-kind")));
  assert.deepEqual(await order(), ["inbox", "home", "account"]);
  await page.keyboard.press("1");
  const moved = page.waitForResponse((answer) => answer.url().includes("/move"));
  await page.keyboard.press("Shift+ArrowRight");
  await moved;
  assert.deepEqual(await order(), ["home", "inbox", "account"]);
  assert.deepEqual(await tabs(), ["home", "inbox", "account"]);
  await page.locator("#announcer").getByText("Inkorg är nu kolumn 2 av 3.").waitFor({ state: "attached" });
  await page.locator('.column[data-kind="inbox"] :focus').waitFor();
  const handle = column(page, "account").getByRole("button", { name: /^Flytta kolumnen/ });
  const box = await handle.boundingBox();
  const first = await column(page, "home").boundingBox();
  if (!box || !first) throw new Error("no handle in view");
  await page.mouse.move(box.x + 8, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(first.x + 30, box.y + 8, { steps: 6 });
  await page.locator(".column.drop-before").waitFor();
  const dropped = page.waitForResponse((answer) => answer.url().includes("/move"));
  await page.mouse.up();
  await dropped;
  assert.deepEqual(await order(), ["account", "home", "inbox"]);
  await page.reload();
  assert.deepEqual(await order(), ["account", "home", "inbox"]);
  assert.deepEqual(await tabs(), ["account", "home", "inbox"]);
  await page.context().close();
});

test("a column is made wide and narrow, removed, and had back with z", async () => {
  const page = await openDeck();
  const home = column(page, "home");
  const menu = home.locator("summary").first();
  await menu.click();
  assert.deepEqual(await axeViolations(page), []);
  const widened = page.waitForResponse((answer) => answer.url().includes("/width"));
  await home.getByRole("button", { name: "Bred" }).click();
  await widened;
  const wide = (await home.boundingBox())?.width ?? 0;
  await page.reload();
  assert.equal(await home.getAttribute("data-width"), "wide");
  assert.ok(wide > ((await inbox(page).boundingBox())?.width ?? 0));
  await menu.click();
  await home.getByRole("button", { name: "Ta bort kolumnen" }).click();
  await home.waitFor({ state: "detached" });
  const toasts = page.getByRole("status").filter({ hasText: "Hem är borttagen." });
  await toasts.getByRole("button", { name: "Ångra" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  const restored = page.waitForResponse((answer) => answer.url().includes("/restore"));
  await page.keyboard.press("z");
  await restored;
  await home.waitFor();
  await page.reload();
  await home.waitFor();
  await page.context().close();
});

test("screen readers hear politely how many are new, together and by the names of their columns", async () => {
  const page = await openDeck();
  const live = page.locator("#announcer");
  assert.equal(await live.getAttribute("aria-live"), "polite");
  await page.getByRole("region", { name: "Inlägg i Inkorg" }).waitFor();
  await page.getByRole("region", { name: "Inkorg", exact: true }).waitFor();
  await page.getByRole("main").waitFor();
  for (let n = 0; n < 3; n++) await site.hear(`Till skärmläsaren ${n}.`);
  await live.getByText("3 nya i Inkorg").waitFor({ state: "attached" });
  await page.context().close();
});

test("keys say nothing while one types, chords wait for their second key, and letters can be turned off", async () => {
  const page = await openDeck();
  await page.getByLabel("Text", { exact: true }).fill("");
  await page.keyboard.type("jkr.z?1");
  assert.equal(await page.locator(".post.selected").count(), 0);
  await page.keyboard.press("Escape");
  await page.locator("#deck").focus();
  await page.keyboard.press("Control+j");
  assert.equal(await page.locator(".post.selected").count(), 0);
  await page.evaluate(`(() => {
    const made = document.createElement("button");
    made.dataset.globalKey = "g y";
    made.addEventListener("click", () => made.setAttribute("data-pressed", ""));
    document.querySelector(".rail").append(made);
  })()`);
  await page.keyboard.press("g");
  await page.keyboard.press("y");
  await page.locator('[data-global-key="g y"][data-pressed]').waitFor({ state: "attached" });
  await page.keyboard.press("l");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.locator('.column[data-kind="inbox"] .post.selected').waitFor();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Tangenter" });
  for (const name of ["Läsa", "Ärendet", "Kolumner", "Skriva"])
    await dialog.getByRole("heading", { name }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await dialog.getByLabel("Bokstäver är tangenter").uncheck();
  await page.keyboard.press("Escape");
  const selected = await page.locator(".post.selected").getAttribute("data-post");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".post.selected").getAttribute("data-post"), selected);
  await page.reload();
  await page.keyboard.press("j");
  assert.equal(await page.locator(".post.selected").count(), 0);
  await page.context().close();
});

test("a notice on the desktop says who and where, never what, for the columns it was chosen for", async () => {
  const page = await openDeck();
  await page.evaluate(`(() => {
    const made = [];
    class Notice extends EventTarget {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title, options) {
        super();
        made.push({ title, body: options.body });
        document.body.dataset.notices = made.length;
      }
      close() {}
    }
    Object.assign(window, { Notification: Notice, notices: made });
    document.hasFocus = () => false;
  })()`);
  await site.hear("Ingen avisering än.");
  await inbox(page).getByText("Ingen avisering än.").waitFor();
  await inbox(page).evaluate((element) => element.setAttribute("data-notify", "1"));
  await site.hear("En hemlighet.", { visibility: "direct" });
  await page.locator("body[data-notices]").waitFor();
  assert.deepEqual(await page.evaluate("window.notices"), [{ title: "asa", body: "Inkorg" }]);
  await page.context().close();
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});
