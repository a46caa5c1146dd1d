import assert from "node:assert/strict";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import type { Page } from "playwright-core";
import { makeSetUpLink } from "#adapters/deck/set-up.ts";
import { findAuthorityByHost, type Authority } from "#domain/authorities/authority.ts";
import { findOwnAccount } from "#domain/accounts/account.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { recordFailures } from "#domain/deliveries/peer.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { openAssets } from "#platform/assets.ts";
import type { Database } from "#platform/database.ts";
import { testDatabase } from "../database.ts";
import { exampleRemote } from "../example.ts";
import { staffSite } from "../staff-site.ts";
import { createApp } from "../../src/app.ts";
import { axeViolations, launchChromium } from "./chromium.ts";

test("a square is set up, signed in to and run in a browser, every page accessible and within 360 px", async (t) => {
  const { db } = await testDatabase(t);
  const browser = await launchChromium();
  t.after(() => browser.close());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => void server.close());
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const assets = openAssets(fileURLToPath(new URL("../../dist/client", import.meta.url)));
  const site = staffSite(db, { url: `http://${host}`, assets, withoutMail: true });
  const answer = getRequestListener(createApp(site.services).fetch);
  server.on("request", (request, response) => void answer(request, response));
  const context = await browser.newContext({ locale: "sv-SE" });
  const page = await context.newPage();
  const look = (name: string) => inspect(page, name);

  await page.goto(`http://${host}/`);
  await look("not-set-up");
  await page.goto((await makeSetUpLink(site.services)) ?? "");
  await look("set-up");
  await page.getByLabel("Myndighetens namn").fill("Exempelkommun");
  await page.getByLabel("Färg").fill("#ffcc00");
  await page.getByRole("button", { name: "Visa färgen" }).click();
  await look("set-up-colour");
  await page.getByRole("button", { name: "Ställ upp torget" }).click();
  await look("set-up-errors");
  await page.getByLabel("Kommunkod").fill("0000");
  await page.getByLabel("Färg").fill("#0b5c5f");
  await page.getByLabel("Användarnamn").fill("exempelkommun");
  await page.getByLabel("Kontots namn").fill("Exempelkommun");
  await page.getByLabel("Ditt namn").fill("Anna Exempel");
  await page.getByLabel("Din e-postadress").fill("anna@example.se");
  await page.getByRole("button", { name: "Ställ upp torget" }).click();
  assert.equal(new URL(page.url()).pathname, "/deck");

  const authority = await db.system((tx) => findAuthorityByHost(tx, host));
  assert.ok(authority);
  await somethingToDecide(db, authority, site.services.clock());
  await page.goto(`http://${host}/deck/settings`);
  await look("own");
  await page.getByRole("link", { name: "Konton" }).click();
  await look("accounts");
  await page.getByRole("link", { name: "Följare Exempelkommun" }).click();
  await look("followers");
  await page.goto(`http://${host}/deck/settings/accounts/new`);
  await look("new-account");
  await page.getByRole("link", { name: "Konton" }).click();
  await page.getByRole("link", { name: "Beskrivning Exempelkommun" }).click();
  await page.getByLabel("Uppdrag").fill("Kommunens egen röst");
  await page.getByRole("button", { name: "Spara" }).click();
  await page.getByText("Det är sparat.").waitFor();
  await look("profile");
  await page.getByRole("link", { name: "Personer" }).click();
  await look("people");
  await page.getByLabel("Namn", { exact: true }).fill("Bo Exempel");
  await page.getByLabel("E-postadress").fill("bo@example.se");
  await page.getByRole("button", { name: "Lägg in" }).click();
  await page.getByLabel(/Exempelkommun \(/).check();
  await page.getByRole("button", { name: "Spara" }).click();
  await look("person");
  await page.getByRole("button", { name: "Gör en länk" }).click();
  await look("person-link");
  for (const [name, label] of [
    ["authority", "Myndigheten"],
    ["deliveries", "Utskick"],
    ["moderation", "Moderering"],
  ] as const) {
    await page.getByRole("link", { name: label, exact: true }).click();
    await look(name);
  }
  await page.getByText("Avgör anmälan").click();
  await look("moderation-open");
  await page.getByRole("link", { name: "Blockerade" }).click();
  await page.getByLabel("Vem").fill("spam.test");
  await page.getByLabel("Regel").selectOption("5");
  await page.getByLabel("Skäl").first().fill("Skräppost");
  await page.getByRole("button", { name: "Blockera" }).click();
  await look("blocks");

  await page.goto(`http://${host}/deck/settings`);
  await page.getByRole("button", { name: "Logga ut här" }).click();
  await page.goto(`http://${host}/deck/settings`);
  await look("sign-in");
  await page.getByLabel("E-postadress").fill("anna@example.se");
  await page.getByRole("button", { name: "Skicka länk" }).click();
  await look("sign-in-announced");
  const link = /http:\S+/.exec(site.announced.at(-1) ?? "")?.[0] ?? "";
  await page.goto(link);
  await look("sign-in-open");
  await page.getByRole("button", { name: "Logga in" }).click();
  assert.equal(new URL(page.url()).pathname, "/deck/settings");
  await page.goto(link);
  await look("sign-in-over");
});

/** A report, a follower who waits and a server in trouble. */
async function somethingToDecide(db: Database, authority: Authority, now: Temporal.Instant): Promise<void> {
  const alice = await exampleRemote(db, authority, "alice", "server.test");
  await db.as(authority.id, async (tx) => {
    const account = await findOwnAccount(tx, authority.id, "exempelkommun");
    if (!account) throw new Error("the first account is not there");
    await receiveReport(tx, authority.id, {
      post: null,
      account: alice,
      reporter: null,
      contact: "per@example.se",
      words: "Skriver samma sak om och om igen.",
      uri: null,
    });
    const followed = { ...account, locked: true };
    await receiveFollow(tx, authority.id, {
      network: "fediverse",
      uri: "https://server.test/f/1",
      follower: alice,
      followed,
      entry: null,
    });
    const outgoing = { entry: null, account: account.id, post: null, body: "{}" };
    await queueDeliveries(tx, authority.id, outgoing, ["https://tyst.test/inbox"]);
    await recordFailures(
      tx,
      authority.id,
      [{ host: "tyst.test", error: "connect ECONNREFUSED", random: 0.5 }],
      now,
    );
  });
}

/** A page that is wider than its window scrolls sideways. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axeViolations(page), [], `${name} at ${width} ${colorScheme}`);
    }
    const wider = await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.ok(wider <= 0, `${name} is ${wider} px too wide at ${width}`);
  }
}
