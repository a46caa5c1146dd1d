import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Draft } from "#domain/drafts/draft.ts";
import { plannedWithin } from "#domain/drafts/list-drafts.ts";
import { boundsOf, weekNamed, weekOf, type Week } from "#domain/drafts/plan.ts";
import { html, type Html } from "#platform/html.ts";
import { button, pageHead } from "#ui/controls.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import type { CardContext } from "./card-context.ts";
import { draftCard } from "./card.ts";
import { cardContext, draftItemsHtml } from "./draft-items.ts";
import { outcomeNotice } from "./outcome-notice.ts";
import { weekdayOf } from "./planned-words.ts";
import { draftWords } from "./words.ts";

/** GET /deck/drafts: everything that is being written or waits, as a list. */
export function showDrafts(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const words = draftWords[seat.language];
    const now = services.clock();
    const { items, notice } = await services.db.read(seat.site.authority.id, async (tx) => ({
      items: await draftItemsHtml(tx, seat, now, { level: 2 }),
      notice: await outcomeNotice(tx, c, seat, now),
    }));
    const page = await deckPage(services, seat, {
      title: words.title,
      current: "drafts",
      content: html`${head(seat, "list")}${notice}
        <div class="drafts">${items}</div>
        <p class="small quiet">${words.lateRule}</p>`,
    });
    return c.html(page.text);
  };
}

/** GET /deck/planned?week=2026-W48: what goes out that week, day by day; this week unless told. */
export function showPlanned(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const { authority } = seat.site;
    const words = draftWords[seat.language];
    const now = services.clock();
    const today = now.toZonedDateTimeISO(authority.zone).toPlainDate();
    const asked = c.req.query("week");
    const week = asked === undefined ? weekOf(today) : weekNamed(asked);
    if (!week) return c.notFound();
    const found = await services.db.read(authority.id, async (tx) => {
      const reader = { person: seat.person, accounts: accountIds(seat) };
      const drafts = await plannedWithin(tx, authority.id, reader, boundsOf(week, authority.zone));
      return {
        drafts,
        context: { ...(await cardContext(tx, seat, now, drafts)), brief: true },
        notice: await outcomeNotice(tx, c, seat, now),
      };
    });
    const days = Array.from({ length: 7 }, (_, index) =>
      dayHtml(found.context, week.monday.add({ days: index }), today, found.drafts),
    );
    const page = await deckPage(services, seat, {
      title: `${words.planned}, ${titleOf(week, seat).toLowerCase()}`,
      current: "drafts",
      content: html`${head(seat, "week")}${found.notice}${weekHead(seat, week, weekOf(today))}${
        found.drafts.length === 0 ? html`<p class="quiet">${words.nothingThisWeek}</p>` : null
      }
        <ol class="week">${days}</ol>
        <p class="small quiet">${words.zoneNote(authority.zone)} ${words.lateRule}</p>`,
    });
    return c.html(page.text);
  };
}

function head(seat: Seat, current: "list" | "week"): Html {
  const words = draftWords[seat.language];
  const item = (view: "list" | "week", label: string, path: string) =>
    html`<a href="${deckPath(seat, path)}"${view === current ? html` aria-current="page"` : null}>${label}</a>`;
  return html`${pageHead({
    title: words.title,
    lead: words.lead,
    actions: button({
      label: words.actions.toDeck,
      look: "plain",
      icon: "columns",
      href: deckPath(seat, "/deck"),
    }),
  })}
    <nav class="draft-views" aria-label="${words.views}">
      ${item("list", words.asList, "/deck/drafts")}${item("week", words.asWeek, "/deck/planned")}
    </nav>`;
}

function weekHead(seat: Seat, week: Week, now: Week): Html {
  const words = draftWords[seat.language];
  const to = (name: string) => deckPath(seat, "/deck/planned", { week: name });
  return html`<div class="week-head">
    <h2>${titleOf(week, seat)} <span class="quiet">${spanOf(week, seat)}</span></h2>
    <div class="row">
      ${isNear(week.previous, now) ? button({ label: words.previousWeek, look: "plain", href: to(week.previous) }) : null}${
        week.name === now.name
          ? null
          : button({ label: words.thisWeek, look: "plain", href: deckPath(seat, "/deck/planned") })
      }${isNear(week.next, now) ? button({ label: words.nextWeek, look: "plain", href: to(week.next) }) : null}
    </div>
  </div>`;
}

/** The calendar has no end, but what is of use in it has: a little back, and half a year ahead. */
function isNear(name: string, now: Week): boolean {
  const week = weekNamed(name);
  const away = week ? now.monday.until(week.monday, { largestUnit: "weeks" }).weeks : 0;
  return away >= -4 && away <= 26;
}

/** A day with what goes out then, in order. */
function dayHtml(
  context: CardContext,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  drafts: readonly Draft[],
): Html {
  const { seat } = context;
  const words = draftWords[seat.language];
  const { zone } = seat.site.authority;
  const own = drafts.filter((draft) => draft.dueAt?.toZonedDateTimeISO(zone).toPlainDate().equals(day));
  const name = weekdayOf(day.dayOfWeek, seat);
  const isToday = day.equals(today);
  return html`<li class="day${isToday ? " today" : ""}${own.length === 0 ? " empty-day" : ""}">
    <h3>
      ${name.charAt(0).toUpperCase() + name.slice(1)} <time datetime="${day.toString()}">${shortDate(day, seat)}</time>${
        isToday ? html` <span class="chip accent">${words.today}</span>` : null
      }
    </h3>
    ${
      own.length === 0
        ? html`<p class="small quiet">${words.nothingThisDay}</p>`
        : own.map((draft) => draftCard(context, draft, 4))
    }
  </li>`;
}

function titleOf(week: Week, seat: Seat): string {
  return draftWords[seat.language].week(String(Number(week.name.slice(6))));
}

function spanOf(week: Week, seat: Seat): string {
  return `${shortDate(week.monday, seat)} – ${shortDate(week.monday.add({ days: 6 }), seat)}`;
}

function shortDate(day: Temporal.PlainDate, { language }: Seat): string {
  return language === "sv"
    ? `${day.day}/${day.month}`
    : day.toLocaleString("en-GB", { day: "numeric", month: "short" });
}
