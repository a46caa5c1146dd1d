import assert from "node:assert/strict";
import { test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../browser/chromium.ts";
import { killableTorg } from "./killable-torg.ts";
import { pause } from "./reply-stream.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const torg = await killableTorg(scope);

const rounds = 3;
/** What was typed longer ago than this outlives anything. */
const promisedMs = 2_000;

test("killed while somebody types, Torg has all that was typed more than two seconds before, in any browser", async (t) => {
  await torg.setUp();
  await torg.start();
  const { secret } = await torg.signIn();
  const browser = await launchChromium();
  scope.after(() => browser.close());
  for (let round = 1; round <= rounds; round++) {
    const page = await openDeck(browser, secret);
    const typing = typeWords(page);
    await pause(2_500 + 900 * round);
    await torg.kill("torg");
    const killed = performance.now();
    const typed = await typing.stop();
    await page.context().close();
    await torg.start();
    // Another browser, with nothing of its own: only what the server has counts.
    const anew = await openDeck(browser, secret);
    const text = await anew.locator("textarea[name=text]").first().inputValue();
    const promised = typed.filter((word) => word.at < killed - promisedMs);
    const missing = promised.filter((word) => !text.includes(word.text));
    const lost = typed.filter((word) => word.at < killed && !text.includes(word.text));
    t.diagnostic(`${typed.length} words typed, ${lost.length} of the last before the kill are not there`);
    assert.ok(promised.length > 5, "enough was typed");
    assert.deepEqual(missing, []);
    await anew.locator("textarea[name=text]").first().fill("");
    await anew.waitForResponse((answer) => answer.url().includes("/deck/drafts") && answer.status() === 204);
    await anew.context().close();
  }
});

/** Types numbered words until it is told to stop, whatever becomes of the server. */
function typeWords(page: Page) {
  const stopping = new AbortController();
  const typed: { text: string; at: number }[] = [];
  const done = (async () => {
    await page.locator("textarea[name=text]").first().focus();
    for (let number = 1; !stopping.signal.aborted; number++) {
      const text = `ord${number}. `;
      await page.keyboard.type(text, { delay: 12 });
      typed.push({ text: text.trim(), at: performance.now() });
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await done;
      return typed;
    },
  };
}

async function openDeck(browser: Browser, secret: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "sv-SE" });
  const { origin } = torg.config.url;
  await context.addCookies([{ name: "torg_session", value: secret, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/deck`);
  await page.locator('.deck[data-line="open"]').waitFor();
  return page;
}
