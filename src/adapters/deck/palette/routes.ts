import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import { html, type Html } from "#platform/html.ts";
import { withinLimit } from "#platform/rate-limit.ts";
import { button, notice, pageHead, section } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { find, type FoundGroup } from "./find.ts";
import { matches, pagesFor } from "./pages.ts";
import { paletteWords } from "./words.ts";

const longestQuery = 200;
/** Somebody who types fast asks a few times a second for a short while. */
const mostAMinute = 120;

/** GET /deck/find?q=: what the words lead to; as JSON groups for the dialog, else as a page. */
export function findRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/deck/find", async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const query = (c.req.query("q") ?? "").trim().slice(0, longestQuery);
    const asksForPart = c.req.header("x-deck-part") === "palette";
    const groups = query === "" ? [] : await findWithinLimit(services, seat, query);
    if (asksForPart) return groups ? c.json({ groups }) : c.body(null, 429);
    return showPage(services, c, seat, query, groups);
  });
  return app;
}

async function findWithinLimit(
  { db, clock }: Services,
  seat: Seat,
  query: string,
): Promise<FoundGroup[] | undefined> {
  const { id } = seat.site.authority;
  const limit = { key: `find:${seat.person}`, max: mostAMinute, seconds: 60 };
  if (!(await db.as(id, (tx) => withinLimit(tx, id, limit, clock())))) return undefined;
  return db.read(id, (tx) => find(tx, seat, query));
}

async function showPage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  query: string,
  found: FoundGroup[] | undefined,
): Promise<Response> {
  const words = paletteWords[seat.language];
  const pages = pagesFor(seat).filter((page) => matches(page.label, query));
  const groups = [...(found ?? []), ...(pages.length > 0 ? [{ name: words.group.pages, items: pages }] : [])];
  const page = await deckPage(services, seat, {
    title: words.title,
    current: "find",
    content: html`${pageHead({ title: words.title, lead: words.lead })}${form(seat, query)}${
      found ? null : notice({ tone: "warn", body: words.tooMany, live: true }, seat)
    }${groups.length === 0 ? html`<p>${words.none}</p>` : groups.map(groupHtml)}`,
  });
  return c.html(page.text, found ? 200 : 429);
}

function form(seat: Seat, query: string): Html {
  const words = paletteWords[seat.language];
  const action = new URL(deckPath(seat, "/deck/find"), "http://x");
  return html`<form class="form" role="search" method="get" action="${action.pathname}">
    ${[...action.searchParams].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${field({ name: "q", label: words.field, hint: words.placeholder, value: query, required: true, type: "search", maxLength: longestQuery }, seat)}
    <div class="row">${button({ label: words.submit, icon: "search" })}</div>
  </form>`;
}

function groupHtml({ name, items }: FoundGroup): Html {
  return section({
    title: name,
    body: html`<ul class="plain-list found-list">
      ${items.map(
        (item) =>
          html`<li><a href="${item.href}">${item.label}</a>${item.note ? html` <span class="quiet">${item.note}</span>` : null}</li>`,
      )}
    </ul>`,
  });
}
