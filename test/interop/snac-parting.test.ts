import assert from "node:assert/strict";
import { after, test } from "node:test";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { launchChromium } from "../browser/chromium.ts";
import { openLiveDeck } from "./live-deck.ts";
import { plainRequest } from "./plain-request.ts";
import { startSnac } from "./snac.ts";
import { waitFor } from "./wait-for.ts";
import { startWholeTorg } from "./whole-torg.ts";

const torg = await startWholeTorg({ name: "torg.test", address: "127.0.0.4" });
const [alice, browser] = await Promise.all([
  // It tells of a block only when it tells more.
  startSnac({ name: "a.test", address: "127.0.0.2", user: "alice", settings: { dbglevel: 1 } }),
  launchChromium(),
]);
after(async () => {
  await browser.close();
  await alice.stop();
  await torg.stop();
});

const { office, authority, db } = torg;
const chief = `${torg.origin}/ap/accounts/${office.id}`;
const voice = `${torg.origin}/ap/accounts/${torg.voice.id}`;
const signedIn = await torg.signIn(browser);
const { column, write } = await openLiveDeck(torg, signedIn);
const staff = await signedIn.newPage();

await bothFollow();

test("whoever stops following, on either side, is known to have done so on the other", async () => {
  await alice.cli("unfollow", "alice", chief);
  await waitFor(async () => (await follows()).join() === "ours", { what: "her Undo" });
  await staff.goto(`${torg.origin}/deck/follow?account=${office.id}`);
  await staff.getByRole("main").getByRole("button", { name: "Sluta följa" }).click();
  await staff.locator(".notice").waitFor();
  await waitFor(() => alice.log().includes(`no longer following us ${chief}`), { what: "our Undo" });
  assert.deepEqual(await follows(), []);
});

test("our block of her is told to her server, and what she says no longer comes in", async () => {
  await bothFollow();
  const before = await alice.received(await write("Sagt före vår blockering."));
  await staff.goto(`${torg.origin}/deck/moderation/blocks`);
  await staff.getByLabel("Vem").fill(`@${alice.handle}`);
  await staff.getByLabel("Regel").selectOption({ index: 1 });
  await staff.getByLabel("Skäl").first().fill("Upprepade hot mot en tjänsteman.");
  await staff.getByRole("button", { name: "Blockera" }).click();
  await staff.getByText("Upprepade hot mot en tjänsteman.").waitFor();
  await waitFor(() => alice.log().includes(`'Block' received from ${voice}`), { what: "our Block at hers" });
  await waitFor(() => alice.log().split(`no longer following us ${chief}`).length > 2, {
    what: "the office's Undo",
  });
  assert.deepEqual(await follows(), []);
  await alice.post("Svar efter blockeringen.", { inReplyTo: before.uri });
  const refused = () => torg.lines().some((line) => line.status === 403 && line["reason"] === "blocked");
  await waitFor(refused, { what: "a refusal in the log" });
  await write("Sagt efter vår blockering.");
  assert.equal(await sentWith("Sagt efter vår blockering."), 0);
  assert.equal(await column("inbox").getByText("Svar efter blockeringen.").count(), 0);
  await staff.getByText("Häv blockeringen av").click();
  await staff.getByRole("textbox", { name: "Skäl" }).last().fill("Saken är utagerad.");
  await staff.getByRole("button", { name: "Häv" }).click();
  await staff.getByText("Ingen är blockerad.").waitFor();
});

// snac2 has no button for it, so her key signs what her server would send.
test("her block of us ends what was between us, and nothing more is sent to her", async () => {
  await bothFollow();
  const id = `${alice.actor}#blocks/1`;
  const block = { id, type: "Block", actor: alice.actor, object: chief };
  assert.equal(await sendAsAlice(block), 202);
  await waitFor(async () => (await follows()).length === 0, { what: "the end of both follows" });
  await write("Sagt efter blockeringen.");
  assert.equal(await sentWith("Sagt efter blockeringen."), 0);
  assert.equal(await sendAsAlice({ id: `${id}/undo`, type: "Undo", actor: alice.actor, object: block }), 202);
  const lifted = async () => (await db.read(authority.id, (tx) => tx`select from blocked_by`)).length === 0;
  await waitFor(lifted, { what: "the end of her block" });
});

/** Both follow each other, whatever was before. */
async function bothFollow(): Promise<void> {
  const confirmed = () => alice.log().split(`confirmed follow from ${chief}`).length;
  const before = confirmed();
  await alice.follow(torg.handleOf(office));
  await staff.goto(`${torg.origin}/deck/follow?account=${office.id}`);
  await staff.locator("input[name=handle]").fill(`@${alice.handle}`);
  await staff.getByRole("main").getByRole("button", { name: "Följ", exact: true }).click();
  await staff.locator(".notice").waitFor();
  await waitFor(async () => (await follows()).join() === "ours,theirs", { what: "both follows accepted" });
  await waitFor(() => confirmed() > before, { what: "our Accept at hers" });
}

/** Which of the two accepted follows there are. */
async function follows(): Promise<string[]> {
  const rows = await db.read(
    authority.id,
    (tx) => tx<{ whose: string }[]>`
      select case when follower = ${office.id} then 'ours' else 'theirs' end as whose from follow
      where state = 'accepted' order by whose`,
  );
  return rows.map(({ whose }) => whose);
}

/** How many deliveries there are of posts with these words, once the journal has been read past them. */
async function sentWith(words: string): Promise<number> {
  const read = async () => {
    const [row] = await db.system(
      (tx) => tx<{ read: boolean }[]>`
        select (select position from subscription where name = 'federation-out') >=
          (select max(number) from journal where kind = 'post-published') as read`,
    );
    return row?.read;
  };
  await waitFor(read, { what: "what follows from the post" });
  const rows = await db.read(
    authority.id,
    (tx) => tx`
      select from outgoing join delivery on delivery.outgoing = outgoing.id where body like ${`%${words}%`}`,
  );
  return rows.length;
}

async function sendAsAlice(activity: Record<string, unknown>): Promise<number> {
  const url = new URL(`${torg.origin}/ap/inbox`);
  const headers = { "content-type": "application/activity+json" };
  const body = JSON.stringify({ "@context": "https://www.w3.org/ns/activitystreams", ...activity });
  const signed = signCavage({
    method: "POST",
    url,
    headers,
    body,
    keyId: `${alice.actor}#main-key`,
    privateKeyPem: await alice.privateKey(),
    date: Temporal.Now.instant(),
  });
  return (await plainRequest("POST", url.href, { ...headers, ...signed }, body)).status;
}
