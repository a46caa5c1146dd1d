import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { grantAccount } from "#domain/accounts/grants.ts";
import { careOf } from "#domain/care/care.ts";
import type { PostId } from "#domain/posts/post.ts";
import { axeViolations } from "./chromium.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";
import { seenWithinASecond } from "./seen.ts";

const { site, broken, ...browser } = await startDeckBrowser();
const { authority, office, services } = site;
const bo = await site.addColleague();
await services.db.as(authority.id, (tx) =>
  grantAccount(tx, authority.id, { person: bo, account: office.id }, site.person),
);

const names = { anna: "Anna Exempel", bo: "Bo Exempel" } as const;
type Who = keyof typeof names;
const persons = { anna: site.person, bo };

async function deckOf(who: Who): Promise<Page> {
  const page = await browser.openDeck({ person: persons[who] });
  page.setDefaultTimeout(10_000);
  return page;
}
async function threadOf(who: Who, question: PostId): Promise<Page> {
  const path = `/deck/posts/${question}?account=${office.id}`;
  const page = await browser.openDeck({ person: persons[who], path });
  page.setDefaultTimeout(10_000);
  await page.locator('.deck[data-line="open"]').waitFor();
  return page;
}
/** A question whose care has begun. */
async function ask(text: string): Promise<PostId> {
  const post = await site.hear(text);
  for (;;) {
    const care = await services.db.read(authority.id, (tx) => careOf(tx, authority.id, [post]));
    if (care.has(post)) return post;
  }
}
const inColumn = (page: Page, question: PostId, text: string) => ({
  page,
  place: `.column[data-kind="inbox"] .item[data-thread="${question}"]`,
  text,
});
const onThread = (page: Page, place: string, text: string) => ({ page, place, text });
const summary = ".care-panel .care-summary";
const close = (...pages: Page[]) => Promise.all(pages.map((page) => page.context().close()));

/** The keyboard's place in the inbox, without the mouse. */
async function choose(page: Page, question: PostId): Promise<void> {
  const post = column(page, "inbox").locator(`.item[data-post="${question}"] > .post`);
  await post.waitFor();
  for (let n = 0; n < 20 && (await post.and(page.locator(".selected")).count()) === 0; n++)
    await page.keyboard.press("j");
  await post.and(page.locator(":focus")).waitFor();
}
async function writeAnswer(page: Page, text: string): Promise<void> {
  await page.keyboard.press("r");
  await page.locator("form[data-thread] #text:focus").waitFor();
  await page.keyboard.type(text);
}
/** Presses the keys that send, and says what the server answered. */
async function send(page: Page): Promise<number> {
  const answered = page.waitForResponse(
    (answer) => answer.request().method() === "POST" && /\/deck\/posts(\?|$)/.test(answer.url()),
  );
  await page.keyboard.press("Control+Enter");
  return (await answered).status();
}
const answersTo = async (question: PostId) =>
  (
    await services.db.read(
      authority.id,
      (tx) => tx<{ source: string }[]>`
        select source from post join post_version on post_version.authority = post.authority
          and post_version.post = post.id and post_version.version = post.version
        where post.authority = ${authority.id} and post.thread = ${question} and post.account = ${office.id}
        order by post.id`,
    )
  ).map(({ source }) => source.replace("@asa@social.test ", ""));

test("each sees within a second what the other does, in the column and on the page of the thread", async () => {
  const [anna, his] = [await deckOf("anna"), await deckOf("bo")];
  let question = "" as PostId;
  const text = "Öppnar simhallen före påsk?";
  await seenWithinASecond({ does: async () => (question = await ask(text)) }, [
    { page: anna, place: '.column[data-kind="inbox"]', text },
    { page: his, place: '.column[data-kind="inbox"]', text },
  ]);

  await seenWithinASecond({ by: his, does: () => choose(his, question) }, [
    inColumn(anna, question, `${names.bo} läser`),
  ]);
  const [annasThread, hisThread] = [await threadOf("anna", question), await threadOf("bo", question)];
  await inbox(his, question).getByText(`${names.anna} läser`).waitFor();

  await seenWithinASecond({ does: () => site.hear("Och vad kostar det?", { inReplyTo: question }) }, [
    onThread(annasThread, ".conversation [data-waiting]", "1 ny"),
    onThread(hisThread, ".conversation [data-waiting]", "1 ny"),
  ]);

  await choose(anna, question);
  await seenWithinASecond({ by: anna, does: () => anna.keyboard.press("a") }, [
    inColumn(his, question, `tilldelad ${names.anna}`),
    onThread(hisThread, summary, `tilldelad ${names.anna}`),
  ]);

  await hisThread.keyboard.press("m");
  await hisThread.locator(".care-door textarea:focus").waitFor();
  await hisThread.keyboard.type("Badmästaren vet.");
  await hisThread.keyboard.press("Tab");
  await seenWithinASecond({ by: hisThread, does: () => hisThread.keyboard.press("Enter") }, [
    inColumn(anna, question, "1 notering"),
    onThread(annasThread, ".care-notes", "Badmästaren vet."),
  ]);

  await hisThread.locator("#toasts").getByText("Noteringen är sparad").waitFor();
  await hisThread.keyboard.press("s");
  await hisThread.locator(".care-door input:focus").waitFor();
  await hisThread.keyboard.press("Space");
  await seenWithinASecond({ by: hisThread, does: () => hisThread.keyboard.press("Enter") }, [
    inColumn(anna, question, "avvaktar"),
    onThread(annasThread, summary, "avvaktar"),
  ]);

  await hisThread.keyboard.press("r");
  await hisThread.locator("#text:focus").waitFor();
  await seenWithinASecond({ by: hisThread, does: () => hisThread.keyboard.press("J") }, [
    inColumn(anna, question, `${names.bo} skriver ett svar`),
    onThread(annasThread, summary, `${names.bo} skriver ett svar`),
  ]);
  for (const page of [anna, annasThread]) assert.deepEqual(await axeViolations(page), []);

  await annasThread.keyboard.press(".");
  await hisThread.keyboard.type("a, den 23 mars.");
  await seenWithinASecond({ by: hisThread, does: () => hisThread.keyboard.press("Control+Enter") }, [
    inColumn(anna, question, "besvarad"),
    { page: anna, place: '.column[data-kind="account"]', text: "Ja, den 23 mars." },
    onThread(annasThread, summary, "besvarad"),
    onThread(annasThread, ".conversation [data-waiting]", "1 ny"),
  ]);
  await annasThread.keyboard.press(".");
  await annasThread.locator(".conversation .post:focus").getByText("Ja, den 23 mars.").waitFor();
  for (const page of [anna, annasThread, his, hisThread]) assert.deepEqual(await axeViolations(page), []);
  await close(anna, his, annasThread, hisThread);
});

test("of two answers at the same moment one goes out; the other waits with its words and shows what came", async () => {
  const question = await ask("När kommer bussen?");
  const pages = { anna: await deckOf("anna"), bo: await threadOf("bo", question) };
  await choose(pages.anna, question);
  await writeAnswer(pages.anna, `${names.anna} vet: klockan sju.`);
  const beware = { place: ".composer-presence", text: "skriver också ett svar här" };
  await writeAnswer(pages.bo, "");
  // That somebody writes already is told to whoever begins.
  await pages.bo.locator(beware.place).getByText(beware.text).waitFor();
  await seenWithinASecond({ by: pages.bo, does: () => pages.bo.keyboard.press("B") }, [
    { page: pages.anna, ...beware },
  ]);
  await pages.bo.keyboard.type("o Exempel vet: klockan sju.");
  const [one, other] = await Promise.all([send(pages.anna), send(pages.bo)]);
  assert.deepEqual(new Set([one, other]), new Set([202, 409]));
  const [first, second]: [Who, Who] = one === 202 ? ["anna", "bo"] : ["bo", "anna"];
  assert.deepEqual(await answersTo(question), [`${names[first]} vet: klockan sju.`]);

  await isStopped(pages[second], `${names[first]} vet: klockan sju.`, `${names[second]} vet: klockan sju.`);
  assert.equal(await send(pages[second]), 202);
  assert.deepEqual(
    await answersTo(question),
    [first, second].map((who) => `${names[who]} vet: klockan sju.`),
  );
  await close(pages.anna, pages.bo);
});

test("an answer that can still be taken back stops the other's, too", async () => {
  const question = await ask("Hur anmäler man sig?");
  services.config = { ...services.config, undoSeconds: 10 };
  const pages = { anna: await threadOf("anna", question), bo: await deckOf("bo") };
  await choose(pages.bo, question);
  await Promise.all((["anna", "bo"] as const).map((who) => writeAnswer(pages[who], `${names[who]} svarar.`)));
  const [one, other] = await Promise.all([send(pages.anna), send(pages.bo)]);
  assert.deepEqual(new Set([one, other]), new Set([202, 409]));
  const [first, second]: [Who, Who] = one === 202 ? ["anna", "bo"] : ["bo", "anna"];
  assert.deepEqual(await answersTo(question), []);

  await isStopped(pages[second], `${names[first]} svarar just nu`, `${names[second]} svarar.`);
  await pages[second].locator("#composer .changes").getByText(`${names[first]} svarar.`).waitFor();
  await undo(pages[first], `${names[first]} svarar.`);
  assert.equal(await send(pages[second]), 202, "whoever has read it may go on");
  assert.equal(await send(pages[first]), 409, "the one who took it back is stopped in turn");
  await undo(pages[second], `${names[second]} svarar.`);
  assert.deepEqual(await answersTo(question), []);
  await close(pages.anna, pages.bo);
});

test("what was taken back stops nobody", async () => {
  const question = await ask("Vem ringer man?");
  services.config = { ...services.config, undoSeconds: 10 };
  const [anna, his] = [await threadOf("anna", question), await threadOf("bo", question)];
  await writeAnswer(anna, "Växeln.");
  await writeAnswer(his, "Mig.");
  assert.equal(await send(anna), 202);
  await undo(anna, "Växeln.");
  assert.equal(await send(his), 202);
  await his.locator("#toasts").getByRole("button", { name: "Ångra" }).waitFor();
  await close(anna, his);
});

test("no script failed in all this, and the strict policy had nothing to stop", () => {
  assert.deepEqual(broken, []);
});

function inbox(page: Page, question: PostId) {
  return column(page, "inbox").locator(`.item[data-thread="${question}"]`).first();
}

/** Told what came, read out, with the words one had written. */
async function isStopped(page: Page, what: string, words: string): Promise<void> {
  const alert = page.locator("#composer").getByRole("alert");
  await alert.and(page.locator(":focus")).waitFor();
  await alert.getByText("Samtalet har ändrats sedan du började").waitFor();
  await alert.getByText(what).waitFor();
  assert.equal(await page.locator("#text").inputValue(), `@asa@social.test ${words}`);
  assert.deepEqual(await axeViolations(page), []);
}

/** With `z`, which is a letter in the text: from outside of it. */
async function undo(page: Page, words: string): Promise<void> {
  await page.locator("#toasts").getByRole("button", { name: "Ångra" }).waitFor();
  await page.keyboard.press("z");
  await page.locator("#toasts").getByText("Ångrat. Ingenting skickades.").waitFor();
  await page.locator("#text:focus").waitFor();
  assert.equal(await page.locator("#text").inputValue(), `@asa@social.test ${words}`);
}
