import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { pathIn, type Env, type Services } from "#context.ts";
import { html, type Html } from "#platform/html.ts";
import { button, pageHead } from "#ui/controls.ts";
import { errorPage } from "#ui/error-page.ts";
import { icon } from "#ui/icon.ts";
import { sitePage } from "#ui/site-page.ts";
import { deckPage } from "./frame.ts";
import { guardWords } from "./guard-words.ts";
import { deckPath, firstSeat } from "./seat.ts";
import { deckWords } from "./words.ts";

/** Who follows a link or sends a form is refused by a page with the way back; a script is given the words alone. */
export function refusalPages(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const { status, headers } = c.res;
    const isPlain = (headers.get("content-type") ?? "").startsWith("text/plain");
    if (status < 400 || status >= 500 || !isPlain || !asksForPage(c)) return;
    const words = asHeading(await c.res.text());
    c.res = c.get("person")
      ? await inDeck(services, c, status as ContentfulStatusCode, words)
      : await signedOutPage(services, c, words);
  };
}

/** The answer to an address where nothing is: a colleague stays in the deck. */
export function missingPage(
  services: Services,
  c: Context<Env>,
  own: Partial<Heading> = {},
): Promise<Response> {
  if (!c.get("person") || !asksForPage(c)) return errorPage(services, c, 404, own);
  return inDeck(services, c, 404, { ...guardWords[c.get("language")].missing, ...own });
}

function asksForPage(c: Context<Env>): boolean {
  if (c.req.header("x-deck-part") !== undefined) return false;
  const shownIn = c.req.header("sec-fetch-dest") ?? "document";
  return shownIn === "document" && (c.req.header("accept") ?? "").includes("text/html");
}

type Heading = { title: string; lead: string };

/** The first sentence says what happened, the rest what was kept and what to do. */
function asHeading(text: string): Heading {
  const [title = "", ...rest] = text.trim().split(/(?<=[.!?])\s+/);
  return { title: title.replace(/\.$/, ""), lead: rest.join(" ") };
}

/** The deck in whose name it was asked may be another's: the way back leads to one's own. */
async function inDeck(
  services: Services,
  c: Context<Env>,
  status: ContentfulStatusCode,
  { title, lead }: Heading,
): Promise<Response> {
  const seat = firstSeat(c);
  const words = deckWords[seat.language];
  const actions = html`${button({ label: words.back, icon: "columns", href: deckPath(seat, "/deck") })}${button({ label: words.find, icon: "search", look: "plain", href: deckPath(seat, "/deck/find") })}`;
  const content = pageHead({ title, ...(lead ? { lead } : {}), actions });
  const page = await deckPage(services, seat, { title, current: "none", content });
  return c.html(page.text, status);
}

async function signedOutPage(
  services: Services,
  c: Context<Env>,
  { title, lead }: Heading,
): Promise<Response> {
  const { site, language } = c.var;
  const signIn = pathIn(site.authority, language, "/sign-in");
  const actions: Html = html`<a class="button" href="${signIn}" target="_blank">${icon("account")}<span>${guardWords[language].signIn}</span></a>`;
  const page = await sitePage(
    services,
    { site, language, path: "/" },
    { title, robots: "noindex", translated: false, main: pageHead({ title, lead, actions }) },
  );
  return c.html(page.text, 401);
}
