import { after } from "node:test";
import type { Page } from "playwright-core";
import { testDatabase } from "../database.ts";
import { startDeckSite, type DeckSite } from "../deck-site.ts";
import { launchChromium } from "./chromium.ts";

export type DeckBrowser = {
  site: DeckSite;
  /** A deck of the office's, with its line open; another path is opened as it is. */
  openDeck: (options?: OpenOptions) => Promise<Page>;
  /** What failed in any page, or was stopped by the policy. */
  broken: string[];
};
type OpenOptions = { width?: number; path?: string; javaScriptEnabled?: boolean };

/** A site of its own with a browser in front of it; both end with the file's tests. */
export async function startDeckBrowser(): Promise<DeckBrowser> {
  const cleanups: (() => Promise<void> | void)[] = [];
  const scope = { after: (cleanup: () => Promise<void> | void) => void cleanups.push(cleanup) };
  after(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });
  const { db } = await testDatabase(scope);
  const site = await startDeckSite(scope, db);
  const browser = await launchChromium();
  cleanups.push(() => browser.close());
  const broken: string[] = [];
  return {
    site,
    broken,
    async openDeck({ width = 1440, path, javaScriptEnabled = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        locale: "sv-SE",
        reducedMotion: "reduce",
        javaScriptEnabled,
      });
      const cookie = await site.signIn();
      await context.addCookies([{ name: cookie.name, value: cookie.value, url: site.origin }]);
      const page = await context.newPage();
      page.on("pageerror", (error) => broken.push(error.message));
      page.on(
        "console",
        (message) =>
          message.type() === "error" && /policy/i.test(message.text()) && broken.push(message.text()),
      );
      await page.goto(`${site.origin}${path ?? `/deck?account=${site.office.id}`}`);
      if (!path && javaScriptEnabled) await page.locator('.deck[data-line="open"]').waitFor();
      return page;
    },
  };
}
