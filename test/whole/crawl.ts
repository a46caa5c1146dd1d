import type { Answer } from "./ask.ts";
import type { Neighbour } from "./neighbours.ts";

export type Crawled = { path: string; answer: Answer };

const starts = [
  "/",
  "/en",
  "/sitemap.xml",
  "/feed.atom",
  "/feed.rss",
  "/feed.json",
  "/robots.txt",
  "/accounts.json",
];
const staffStarts = [
  "/deck",
  "/deck/settings",
  "/deck/moderation",
  "/deck/moderation/blocks",
  "/deck/follow",
  "/deck/settings/deliveries",
];
/** More than one crawl of the example finds; a loop would pass it. */
const most = 2_000;

/** Follows every link of an authority's own host, as anybody or as staff, and returns all that was answered. */
export async function crawl(
  of: Pick<Neighbour, "square" | "cookie">,
  as: "anybody" | "staff",
): Promise<Crawled[]> {
  const { square } = of;
  const { domain } = square.authority;
  const waiting = as === "staff" ? [...starts, ...staffStarts] : [...starts];
  const seen = new Set(waiting);
  const found: Crawled[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const cookie = as === "staff" ? { cookie: of.cookie } : {};
    const answer = await square.torg.ask(square.authority, path, cookie);
    found.push({ path, answer });
    if (found.length > most) throw new Error(`still more links after ${most}: ${path}`);
    for (const link of linksIn(answer)) {
      const url = URL.parse(link, `http://${domain}${path}`);
      if (url?.host !== domain) continue;
      const next = url.pathname + url.search;
      // The open deck goes with every link, and changes nothing of the page that it leads to.
      if (url.pathname !== "/deck") url.searchParams.delete("deck");
      const page = url.pathname + url.search;
      if (seen.has(page)) continue;
      seen.add(page);
      waiting.push(next);
    }
  }
  return found;
}

/** Whatever in an answer looks like a link: of HTML, feeds, JSON, the sitemap, or where a redirect leads. */
function linksIn({ text, headers }: Answer): string[] {
  const type = headers["content-type"] ?? "";
  const led = headers.location ? [headers.location] : [];
  if (!/html|xml|json/.test(type)) return led;
  const attributes = [...text.matchAll(/(?<![-\w])(?:href|src|action)="([^"]*)"/g)].map(
    (match) => match[1] ?? "",
  );
  const addresses = [...text.matchAll(/https?:\/\/[^\s"'<>\\]+/g)].map((match) => match[0]);
  return [...led, ...attributes, ...addresses].map((link) => link.replaceAll("&amp;", "&"));
}
