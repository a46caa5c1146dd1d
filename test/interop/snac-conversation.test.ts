import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { launchChromium } from "../browser/chromium.ts";
import { plainRequest } from "./plain-request.ts";
import { startSnac, type SnacStatus } from "./snac.ts";
import { waitFor } from "./wait-for.ts";
import { startWholeTorg } from "./whole-torg.ts";
import { accountUri } from "#context.ts";

const torg = await startWholeTorg({ name: "torg.test", address: "127.0.0.4" });
const [alice, bob, browser] = await Promise.all([
  startSnac({ name: "a.test", address: "127.0.0.2", user: "alice" }),
  startSnac({ name: "b.test", address: "127.0.0.3", user: "bob" }),
  launchChromium(),
]);
after(async () => {
  // DEBUG
  for (const l of torg.lines.filter((x) => x["level"] !== "info" || /inbox/.test(String(x.path)))) console.log(JSON.stringify(l));
  console.log(alice.log().slice(-6000));
  console.log("BOB", bob.log().slice(-3000));
  await browser.close();
  await Promise.all([alice.stop(), bob.stop()]);
  await torg.stop();
});

const { office, authority } = torg;
const { db } = torg.torg.services;
const chief = `${torg.origin}/ap/accounts/${office.id}`;
const signedIn = await torg.signIn(browser);
const unscripted = await (await browser.newContext({ javaScriptEnabled: false, locale: "sv-SE" })).newPage();
const deck = await openDeck();

test("a resident on another server follows an office, and is accepted", async () => {
  await alice.follow(torg.handleOf(office));
  await waitFor(() => alice.log().includes(`confirmed follow from ${chief}`), { what: "the Accept at hers" });
  const followers = await db.read(
    authority.id,
    (tx) => tx<{ state: string }[]>`select state from follow where followed = ${office.id}`,
  );
  assert.deepEqual(
    followers.map(({ state }) => state),
    ["accepted"],
  );
});

let question: SnacStatus;
test("a post written in the deck reaches her timeline", async () => {
  await deck.keyboard.press("n");
  await deck.keyboard.type("Simhallen öppnar den 12 mars. #simhall");
  await deck.keyboard.press("Control+Enter");
  await column("account").getByText("Simhallen öppnar den 12 mars.").waitFor();
  question = await alice.received(await uriOf("account", "Simhallen öppnar"));
  assert.match(question.content, /Simhallen öppnar den 12 mars/);
  await column("account").getByText("Skickad till 1 server").waitFor();
});

let reply: SnacStatus;
test("her reply shows in the open deck within two seconds of reaching us, without a reload", async (t) => {
  await bob.follow(alice.actor);
  await alice.followedBy(bob.actor);
  reply = await alice.post("Öppnar den före påsk?", { inReplyTo: question.uri });
  await column("inbox").getByText("Öppnar den före påsk?").waitFor();
  const ms = await latencyOf("Öppnar den före påsk?");
  t.diagnostic(`from 202 to the deck: ${ms} ms`);
  assert.ok(ms < 2_000, `${ms} ms`);
  assert.equal(await deck.evaluate("window.sameDocument"), true);
});

let answer: SnacStatus;
test("the official answers by keyboard, and her server has the answer under hers", async () => {
  await column("inbox").locator(".post").first().focus();
  await deck.keyboard.press("j");
  await deck.keyboard.press("r");
  await deck.getByRole("heading", { name: "Svar till alice" }).waitFor();
  await deck.waitForFunction("document.activeElement?.name === 'text'");
  await deck.keyboard.type("Ja, en vecka före.");
  await deck.keyboard.press("Control+Enter");
  await column("account").getByText("Ja, en vecka före.").waitFor();
  answer = await alice.received(await uriOf("account", "Ja, en vecka före."));
  assert.equal(answer.in_reply_to_id, reply.id);
  await told("mention", answer.id);
});

test("our edit, boost and favourite reach her server", async () => {
  const mine = post("account", "Ja, en vecka före.");
  await mine.locator('[data-deck-key="e"]').click();
  await deck.getByLabel("Varför ändrar ni?").fill("Datumet saknades");
  await deck.getByLabel("Text", { exact: true }).fill(`@${alice.handle} Ja, den 23 mars.`);
  await deck.getByRole("button", { name: "Publicera ändringen" }).click();
  await column("account").getByText("Datumet saknades").waitFor();
  const hers = post("inbox", "Öppnar den före påsk?");
  await hers.locator('[data-deck-key="b"]').click();
  await hers.locator('[data-deck-key="f"]').click();
  await waitFor(async () => /den 23 mars/.test((await alice.received(answer.uri)).content), { what: "the edit at hers" });
  await told("reblog", reply.id);
  await told("favourite", reply.id);
});

test("her edit, boost and favourite reach the deck and the public page", async () => {
  await alice.api("POST", `/api/v1/statuses/${question.id}/favourite`);
  await alice.api("POST", `/api/v1/statuses/${question.id}/reblog`);
  await alice.api("PUT", `/api/v1/statuses/${reply.id}`, { status: "Öppnar den före påsklovet?" });
  await column("inbox").getByText("Öppnar den före påsklovet?").waitFor();
  await waitFor(
    async () => (await reactionsOf(question.uri)).join() === "boost,favourite",
    { what: "her boost and favourite" },
  );
  await unscripted.goto(await pageOf(question.uri));
  await unscripted.getByText("Öppnar den före påsklovet?").waitFor();
});

test("the office follows her from the deck, and her new post comes into Home", async () => {
  const page = await signedIn.newPage();
  await page.goto(`${torg.origin}/deck/follow?account=${office.id}`);
  await page.getByLabel("Sök", { exact: false }).or(page.locator("input[name=handle]")).first().fill(`@${alice.handle}`);
  await page.locator("main form button[type=submit]").first().click();
  await page.locator(".notice").first().waitFor();
  await alice.followedBy(chief);
  await waitFor(
    async () =>
      (
        await db.read(
          authority.id,
          (tx) => tx`select from follow where follower = ${office.id} and state = 'accepted'`,
        )
      ).length > 0,
    { what: "her server's Accept" },
  );
  await page.close();
  await alice.post("God morgon från simhallskön.");
  await column("home").getByText("God morgon från simhallskön.").waitFor();
});

test("what is deleted on one side goes on the other", async () => {
  await write("Ett inlägg som tas bort.");
  const ours = await alice.received(await uriOf("account", "Ett inlägg som tas bort."));
  const hers = await alice.post("Ett svar som tas bort.", { inReplyTo: ours.uri });
  await column("inbox").getByText("Ett svar som tas bort.").waitFor();
  await alice.delete(hers.uri);
  await post("inbox", "Ett svar som tas bort.").waitFor({ state: "detached" });
  await unscripted.goto(await pageOf(ours.uri));
  assert.equal(await unscripted.getByText("Ett svar som tas bort.").count(), 0);
  await post("account", "Ett inlägg som tas bort.").getByRole("link", { name: "Ta bort" }).click();
  await deck.getByRole("button", { name: "Ta bort" }).click();
  await deck.locator('.deck[data-line="open"]').waitFor();
  await waitFor(async () => (await home()).every(({ uri }) => uri !== ours.uri), { what: "the deletion at hers" });
});

test("the public page shows the thread in order to a browser without scripts", async () => {
  await unscripted.goto(await pageOf(question.uri));
  const texts = await unscripted.locator(".thread article").allInnerTexts();
  const order = ["Simhallen öppnar den 12 mars", "Öppnar den före påsklovet?", "den 23 mars"];
  assert.equal(texts.length, order.length);
  for (const [index, words] of order.entries()) assert.ok(texts[index]?.includes(words), `${index}: ${texts[index]}`);
  assert.match(texts[1] ?? "", new RegExp(`@${alice.handle}`));
  assert.match(texts[1] ?? "", /fediverse|fediversum/i);
  assert.match(texts[2] ?? "", /Datumet saknades/);
});

let aside: SnacStatus;
test("what others answer her without telling us is passed on by her server, or fetched when it is answered", async () => {
  await bob.received(reply.uri);
  aside = await bob.post("Jag undrar samma sak.", { inReplyTo: reply.uri });
  await alice.received(aside.uri);
  await alice.post("Nu vet vi båda.", { inReplyTo: aside.uri });
  await column("home").getByText("Nu vet vi båda.").waitFor();
  await waitFor(async () => (await texts(question.uri)).some((text) => text.includes("Jag undrar samma sak.")), {
    what: "bob's answer on the public page",
  });
  console.log(await texts(question.uri));
});

async function openDeck(): Promise<Page> {
  signedIn.setDefaultTimeout(10_000);
  const page = await signedIn.newPage();
  await page.goto(`${torg.origin}/deck?account=${office.id}`);
  await page.locator('.deck[data-line="open"]').waitFor();
  await page.evaluate(`
    window.sameDocument = true;
    window.firstSeen = [];
    new MutationObserver(() => {
      for (const item of document.querySelectorAll("#column-inbox .item"))
        if (!window.firstSeen.some((one) => one.post === item.dataset.post))
          window.firstSeen.push({ post: item.dataset.post, text: item.textContent, at: Date.now() });
    }).observe(document.querySelector("#column-inbox"), { childList: true, subtree: true });`);
  return page;
}

function column(kind: "inbox" | "home" | "account") {
  return deck.locator(`#column-${kind}`);
}

function post(kind: "inbox" | "home" | "account", text: string) {
  return column(kind).locator(".item", { hasText: text });
}

async function uriOf(kind: "inbox" | "account", text: string): Promise<string> {
  return `${torg.origin}/ap/posts/${await post(kind, text).first().getAttribute("data-post")}`;
}

async function write(text: string): Promise<void> {
  await deck.getByLabel("Text", { exact: true }).fill(text);
  await deck.keyboard.press("Control+Enter");
  await column("account").getByText(text).waitFor();
}

/** From the answer 202 to the first POST in which it can have come, to the moment when it stood in the column. */
async function latencyOf(text: string): Promise<number> {
  const seen = await deck.evaluate<{ text: string; at: number }[]>("window.firstSeen");
  const { at } = seen.find((one) => one.text.includes(text)) ?? { at: Number.NaN };
  const accepted = torg.lines.filter((line) => line.status === 202 && line.seen <= at).at(-1);
  return at - (accepted?.seen ?? Number.NaN);
}

async function told(type: string, status: string): Promise<void> {
  type Notification = { type: string; status?: { id: string } };
  await waitFor(
    async () =>
      (await alice.api<Notification[]>("GET", "/api/v1/notifications")).some(
        (one) => one.type === type && one.status?.id === status,
      ),
    { what: `${type} of ${status} told to alice` },
  );
}

function home(): Promise<SnacStatus[]> {
  return alice.api<SnacStatus[]>("GET", "/api/v1/timelines/home?limit=100");
}

async function reactionsOf(uri: string): Promise<string[]> {
  const id = uri.slice(uri.lastIndexOf("/") + 1);
  const rows = await db.read(
    authority.id,
    (tx) => tx<{ what: string }[]>`
      select 'boost' as what from boost where post = ${id} union select 'favourite' from favourite where post = ${id} order by what`,
  );
  return rows.map(({ what }) => what);
}

async function texts(uri: string): Promise<string[]> {
  await unscripted.goto(await pageOf(uri));
  return unscripted.locator(".thread article").allInnerTexts();
}

async function pageOf(uri: string): Promise<string> {
  return `${torg.origin}/@${office.handle}/${uri.slice(uri.lastIndexOf("/") + 1)}`;
}
