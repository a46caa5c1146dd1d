import type { Locator, Page } from "playwright-core";
import type { PersonId } from "#domain/people/person.ts";
import { testDatabase } from "../database.ts";
import { startDeckSite, type DeckSite } from "../deck-site.ts";
import { launchChromium } from "./chromium.ts";
import { fileScope } from "../file-scope.ts";

export type DeckBrowser = {
  site: DeckSite;
  /** A deck of the office's, with its line open; another path is opened as it is. */
  openDeck: (options?: OpenOptions) => Promise<Page>;
  /** What failed in any page, or was stopped by the policy. */
  broken: string[];
};
type OpenOptions = {
  /** Who sits there: Anna Exempel unless somebody else is named. */
  person?: PersonId;
  width?: number;
  path?: string;
  javaScriptEnabled?: boolean;
};

/** The first column of a kind. */
export function column(page: Page, kind: string): Locator {
  return page.locator(`.column[data-kind="${kind}"]`).first();
}

/** A site of its own with a browser in front of it; both end with the file's tests. */
export async function startDeckBrowser(): Promise<DeckBrowser> {
  const scope = fileScope();
  const { db } = await testDatabase(scope);
  const site = await startDeckSite(scope, db);
  const browser = await launchChromium();
  scope.after(() => browser.close());
  const broken: string[] = [];
  return {
    site,
    broken,
    async openDeck({ width = 1440, path, javaScriptEnabled = true, person } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        locale: "sv-SE",
        reducedMotion: "reduce",
        javaScriptEnabled,
      });
      const cookie = await site.signIn(person);
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
