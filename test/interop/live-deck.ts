import type { BrowserContext, Locator, Page } from "playwright-core";
import { waitFor } from "./wait-for.ts";
import type { WholeTorg } from "./whole-torg.ts";

type Kind = "inbox" | "home" | "account";

/** An open deck of the office's, which notes when each post first stood in its inbox. */
export type LiveDeck = {
  page: Page;
  column: (kind: Kind) => Locator;
  /** The items of a column with these words. */
  post: (kind: Kind, words: string) => Locator;
  /** Publishes by the composer, and returns the post's uri. */
  write: (text: string) => Promise<string>;
  /** The uri of one of our posts, by its words. */
  uriOf: (words: string) => Promise<string>;
  /** From our answer 202 to the post's delivery until it stood in the inbox, in milliseconds. */
  latencyOf: (words: string) => Promise<number>;
  /** Whether the document is still the one that was opened. */
  neverReloaded: () => Promise<boolean>;
};

export async function openLiveDeck(torg: WholeTorg, signedIn: BrowserContext): Promise<LiveDeck> {
  const page = await signedIn.newPage();
  await page.goto(`${torg.origin}/deck?account=${torg.office.id}`);
  await page.locator('.deck[data-line="open"]').waitFor();
  await page.evaluate(watchInbox);
  const column = (kind: Kind) => page.locator(`.column[data-kind="${kind}"]`);
  const post = (kind: Kind, words: string) => column(kind).locator(".item", { hasText: words });
  const uriOf = async (words: string) =>
    `${torg.origin}/ap/posts/${await post("account", words).first().getAttribute("data-post")}`;
  return {
    page,
    column,
    post,
    uriOf,
    async write(text) {
      await page.locator(".deck").press("n");
      await page.keyboard.type(text);
      await page.keyboard.press("Control+Enter");
      await post("account", text).first().waitFor();
      // A blank one takes its place: what is published must not come back as a draft.
      await waitFor(async () => (await page.locator("#composer textarea[name=text]").inputValue()) === "", {
        what: "a blank composer",
      });
      return uriOf(text);
    },
    async latencyOf(words) {
      const seen = await page.evaluate<{ text: string; at: number }[]>("window.firstSeen");
      const at = seen.find((one) => one.text.includes(words))?.at ?? Number.NaN;
      // snac2 sends nothing else meanwhile: the newest delivery before it is its own.
      const deliveries = torg.lines().filter((line) => line.status === 202);
      return at - Math.max(...deliveries.map((line) => Date.parse(line.time)).filter((time) => time <= at));
    },
    neverReloaded: () => page.evaluate<boolean>("Array.isArray(window.firstSeen)"),
  };
}

/** As text: it runs in the browser. Both clocks are this machine's. */
const watchInbox = `
  window.firstSeen = [];
  new MutationObserver(() => {
    for (const item of document.querySelectorAll(".column[data-kind=inbox] .item"))
      if (!window.firstSeen.some((one) => one.post === item.dataset.post))
        window.firstSeen.push({ post: item.dataset.post, text: item.textContent, at: Date.now() });
  }).observe(document.querySelector(".column[data-kind=inbox]"), { childList: true, subtree: true });`;
