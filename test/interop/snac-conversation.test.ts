import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launchChromium } from "../browser/chromium.ts";
import { openLiveDeck } from "./live-deck.ts";
import { startSnac, type SnacStatus } from "./snac.ts";
import { waitFor } from "./wait-for.ts";
import { startWholeTorg } from "./whole-torg.ts";

const torg = await startWholeTorg({ name: "torg.test", address: "127.0.0.4" });
const [alice, bob, browser] = await Promise.all([
  startSnac({ name: "a.test", address: "127.0.0.2", user: "alice" }),
  // One that sends to those concerned only, not to every server that it has ever heard of.
  startSnac({
    name: "b.test",
    address: "127.0.0.3",
    user: "bob",
    settings: { disable_inbox_collection: true },
  }),
  launchChromium(),
]);
after(async () => {
  await browser.close();
  await Promise.all([alice.stop(), bob.stop()]);
  await torg.stop();
});

const { office, authority, db } = torg;
const chief = `${torg.origin}/ap/accounts/${office.id}`;
const signedIn = await torg.signIn(browser);
const unscripted = await (await browser.newContext({ javaScriptEnabled: false, locale: "sv-SE" })).newPage();
const {
  page: deck,
  column,
  post,
  write,
  uriOf,
  latencyOf,
  neverReloaded,
} = await openLiveDeck(torg, signedIn);

let question: SnacStatus;
let reply: SnacStatus;
let answer: SnacStatus;

test("a resident on another server follows an office, and is accepted", async () => {
  await alice.follow(torg.handleOf(office));
  await waitFor(() => alice.log().includes(`confirmed follow from ${chief}`), { what: "the Accept at hers" });
  const followers = await db.read(
    authority.id,
    (tx) => tx<{ state: string }[]>`select state from follow where followed = ${office.id}`,
  );
  assert.deepEqual([...followers], [{ state: "accepted" }]);
});

test("a post written in the deck reaches her timeline", async () => {
  question = await alice.received(await write("Simhallen öppnar den 12 mars. #simhall"));
  assert.match(question.content, /Simhallen öppnar den 12 mars/);
  await column("account").getByText("Skickad till 1 server").waitFor();
});

test("her reply shows in the open deck within two seconds of reaching us, without a reload", async (t) => {
  await bob.follow(alice.actor);
  await alice.followedBy(bob.actor);
  reply = await alice.post("Öppnar den före påsk?", { inReplyTo: question.uri });
  await column("inbox").getByText("Öppnar den före påsk?").waitFor();
  const ms = await latencyOf("Öppnar den före påsk?");
  t.diagnostic(`from 202 to the deck: ${ms} ms`);
  assert.ok(ms < 2_000, `${ms} ms`);
  assert.ok(await neverReloaded());
});

test("the official answers by keyboard, and her server has the answer under hers", async () => {
  await column("inbox").locator(".post").first().focus();
  await deck.keyboard.press("j");
  await deck.keyboard.press("r");
  await deck.getByRole("heading", { name: "Svar till alice" }).waitFor();
  await deck.locator("[name=text]:focus").waitFor();
  await deck.keyboard.type("Ja, en vecka före.");
  await deck.keyboard.press("Control+Enter");
  await column("account").getByText("Ja, en vecka före.").waitFor();
  answer = await alice.received(await uriOf("Ja, en vecka före."));
  assert.equal(answer.in_reply_to_id, reply.id);
  await told("mention", answer.id);
});

test("our edit, boost and favourite reach her server", async () => {
  await post("account", "Ja, en vecka före.").locator('[data-deck-key="e"]').click();
  await deck.getByLabel("Varför ändrar ni?").fill("Datumet saknades");
  await deck.getByLabel("Text", { exact: true }).fill(`@${alice.handle} Ja, den 23 mars.`);
  await deck.getByRole("button", { name: "Publicera ändringen" }).click();
  await column("account").getByText("Datumet saknades").waitFor();
  const hers = post("inbox", "Öppnar den före påsk?");
  await hers.locator('[data-deck-key="b"]').click();
  await hers.locator('[data-deck-key="f"]').click();
  const edited = async () => /den 23 mars/.test((await alice.received(answer.uri)).content);
  await waitFor(edited, { what: "the edit at hers" });
  await told("reblog", reply.id);
  await told("favourite", reply.id);
});

test("her edit, boost and favourite reach the deck and the public page", async () => {
  await alice.api("POST", `/api/v1/statuses/${question.id}/favourite`);
  await alice.api("POST", `/api/v1/statuses/${question.id}/reblog`);
  await alice.api("PUT", `/api/v1/statuses/${reply.id}`, { status: "Öppnar den före påsklovet?" });
  await column("inbox").getByText("Öppnar den före påsklovet?").waitFor();
  const counted = async () => (await reactionsOf(question.uri)).join() === "boost,favourite";
  await waitFor(counted, { what: "her boost and favourite" });
  await alice.api("POST", `/api/v1/statuses/${question.id}/unfavourite`);
  await alice.api("POST", `/api/v1/statuses/${question.id}/unreblog`);
  await waitFor(async () => (await reactionsOf(question.uri)).length === 0, {
    what: "that she took both back",
  });
  assert.match((await textsOfThread()).join(), /Öppnar den före påsklovet\?/);
  assert.ok(await neverReloaded());
});

test("the office follows her from the deck, and her new post comes into Home", async () => {
  const page = await signedIn.newPage();
  await page.goto(`${torg.origin}/deck/follow?account=${office.id}`);
  await page.locator("input[name=handle]").fill(`@${alice.handle}`);
  await page.getByRole("main").getByRole("button", { name: "Följ" }).click();
  await page.locator(".notice").waitFor();
  await alice.followedBy(chief);
  await waitFor(
    async () => {
      await page.goto(`${torg.origin}/deck/follow?account=${office.id}`);
      return (await page.getByText(alice.handle).count()) > 0;
    },
    { what: "her server's Accept" },
  );
  await page.close();
  await alice.post("God morgon från simhallskön.");
  await column("home").getByText("God morgon från simhallskön.").waitFor();
});

// snac2 tells of a deletion only those who follow, so the office must.
test("what is deleted on one side goes on the other", async () => {
  const uri = await write("Ett inlägg som tas bort.");
  const hers = await alice.post("Ett svar som tas bort.", { inReplyTo: uri });
  // The keyboard stands on a post there, so what is new waits until it is asked for.
  await column("inbox").getByRole("button", { name: "1 ny" }).waitFor();
  await deck.keyboard.press(".");
  await column("inbox").getByText("Ett svar som tas bort.").waitFor();
  await alice.delete(hers.uri);
  await post("inbox", "Ett svar som tas bort.").waitFor({ state: "detached" });
  await unscripted.goto(pageOf(uri));
  assert.equal(await unscripted.getByText("Ett svar som tas bort.").count(), 0);
  await post("account", "Ett inlägg som tas bort.").getByRole("link", { name: "Ta bort" }).click();
  await deck.getByRole("main").getByRole("button", { name: "Ta bort" }).click();
  await deck.locator('.deck[data-line="open"]').waitFor();
  const home = () => alice.api<SnacStatus[]>("GET", "/api/v1/timelines/home?limit=100");
  await waitFor(async () => (await home()).every((status) => status.uri !== uri), {
    what: "the deletion at hers",
  });
});

test("a part of the thread that nobody sent us is said to be missing, and comes when its server answers", async () => {
  await bob.received(reply.uri);
  const aside = await bob.post("Jag undrar samma sak.", { inReplyTo: reply.uri });
  const asideAtHers = await waitFor(() => under(reply.id, aside.uri), { what: "bob's words at hers" });
  await bob.goDown();
  await alice.api("POST", "/api/v1/statuses", {
    status: "Då är vi två.",
    visibility: "public",
    in_reply_to_id: asideAtHers.id,
  });
  await column("home").getByText("Då är vi två.").waitFor();
  await post("home", "Då är vi två.").locator('[data-deck-key="r"]').click();
  await deck.getByRole("heading", { name: "Svar till alice" }).waitFor();
  await deck.getByLabel("Text", { exact: true }).fill("Roligt att så många frågar.");
  await deck.keyboard.press("Control+Enter");
  await column("account").getByText("Roligt att så många frågar.").waitFor();
  const ours = await uriOf("Roligt att så många frågar.");
  const staff = await signedIn.newPage();
  await staff.goto(`${torg.origin}/deck/posts/${ours.slice(ours.lastIndexOf("/") + 1)}`);
  await unscripted.goto(pageOf(ours));
  for (const page of [staff, unscripted])
    await page.getByText("Inlägget som det här svarar på har inte kunnat hämtas.").waitFor();
  await staff.close();
  assert.equal((await textsOfThread()).length, 3);
  await bob.comeUp();
  await hurry("fetch-thread");
  await waitFor(async () => (await textsOfThread()).length === 6, { what: "the whole thread on the page" });
});

test("the public page shows the thread in order to a browser without scripts", async () => {
  const texts = await textsOfThread();
  const order = [
    "Simhallen öppnar den 12 mars",
    "Öppnar den före påsklovet?",
    "den 23 mars",
    "Jag undrar samma sak.",
    "Då är vi två.",
    "Roligt att så många frågar.",
  ];
  assert.equal(texts.length, order.length);
  for (const [index, words] of order.entries())
    assert.ok(texts[index]?.includes(words), `${index}: ${texts[index] ?? ""}`);
  for (const [index, { handle }] of [[1, alice] as const, [3, bob] as const]) {
    const text = texts[index] ?? "";
    assert.ok(text.includes(`@${handle}`), text);
    assert.match(text, /fediversum/);
  }
  assert.match(texts[2] ?? "", /Datumet saknades/);
});

async function told(type: string, status: string): Promise<void> {
  type Notification = { type: string; status?: { id: string } };
  const heard = async () =>
    (await alice.api<Notification[]>("GET", "/api/v1/notifications")).some(
      (one) => one.type === type && one.status?.id === status,
    );
  await waitFor(heard, { what: `${type} of ${status} told to alice` });
}

/** A post in the conversation below another, as alice's server shows it. */
async function under(id: string, uri: string): Promise<SnacStatus | undefined> {
  const { descendants } = await alice.api<{ descendants: SnacStatus[] }>(
    "GET",
    `/api/v1/statuses/${id}/context`,
  );
  return descendants.find((status) => status.uri === uri);
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

/** What waits for later is done now. */
async function hurry(task: string): Promise<void> {
  const moved = await db.system(
    (tx) => tx`
      select graphile_worker.reschedule_jobs(
        array(select id from graphile_worker.jobs where task_identifier = ${task}), run_at := now())`,
  );
  assert.ok(moved.length > 0, `a ${task} waits`);
}

async function textsOfThread(): Promise<string[]> {
  await unscripted.goto(pageOf(question.uri));
  return unscripted.locator(".thread article").allInnerTexts();
}

function pageOf(uri: string): string {
  return `${torg.origin}/@${office.handle}/${uri.slice(uri.lastIndexOf("/") + 1)}`;
}
