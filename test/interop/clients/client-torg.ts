import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { launchChromium } from "../../browser/chromium.ts";
import { startSnac, type Snac } from "../snac.ts";
import { waitFor } from "../wait-for.ts";
import { startWholeTorg, type WholeTorg } from "../whole-torg.ts";

/** A whole Torg, somebody on another server, and a browser in which the official is signed in: what a client meets. */
export type ClientTorg = {
  torg: WholeTorg;
  alice: Snac;
  /** `torg.test:41234` */
  host: string;
  /** Lets an app in, as a person does who is led to this address, and gives the code that is shown. */
  allow(address: string): Promise<string>;
  /** The same for an app that is led back; gives the address. */
  allowAndReturn(address: string, backTo: string): Promise<URL>;
  /** A PNG in a folder, named by its path. */
  picture(folder: string): Promise<string>;
  /** alice follows the office, so that she gets what it says. */
  aliceFollows(): Promise<void>;
  stop(): Promise<void>;
};

export async function startClientTorg(): Promise<ClientTorg> {
  const torg = await startWholeTorg({ name: "torg.test", address: "127.0.0.4" });
  const [alice, browser] = await Promise.all([
    startSnac({ name: "a.test", address: "127.0.0.2", user: "alice" }),
    launchChromium(),
  ]);
  const signedIn = await torg.signIn(browser);
  const openConsent = async (address: string) => {
    const page = await signedIn.newPage();
    await page.goto(address);
    await page.getByRole("radio", { name: /Kommunchefen/ }).check();
    return page;
  };
  return {
    torg,
    alice,
    host: new URL(torg.origin).host,
    async allow(address) {
      const page = await openConsent(address);
      await page.getByRole("button", { name: "Tillåt" }).click();
      const code = page.locator("main code, main input[readonly]").first();
      const shown = (await code.inputValue().catch(() => code.textContent())) ?? "";
      await page.close();
      return shown.trim();
    },
    async allowAndReturn(address, backTo) {
      const page = await openConsent(address);
      await page.getByRole("button", { name: "Tillåt" }).click();
      await page.waitForURL((url) => url.href.startsWith(backTo));
      const url = new URL(page.url());
      await page.close();
      return url;
    },
    async picture(folder) {
      const path = join(folder, "simhall.png");
      const image = sharp({ create: { width: 320, height: 200, channels: 3, background: "#0b5c5f" } });
      await writeFile(path, await image.png().toBuffer());
      return path;
    },
    async aliceFollows() {
      await alice.follow(torg.handleOf(torg.office));
      const chief = `${torg.origin}/ap/accounts/${torg.office.id}`;
      await waitFor(() => alice.log().includes(`confirmed follow from ${chief}`), {
        what: "the Accept at hers",
      });
    },
    async stop() {
      await browser.close();
      await alice.stop();
      await torg.stop();
    },
  };
}
