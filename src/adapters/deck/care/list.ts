import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Care } from "#domain/care/care.ts";
import { countWaiting, listCare, type CareFilter } from "#domain/care/list-care.ts";
import { colleaguesOf } from "#domain/care/may-care.ts";
import { listTags } from "#domain/care/tags.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { emptyState, notice, pageHead, pagination, time } from "#ui/controls.ts";
import type { Reader } from "#ui/words.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, readerOf, seatOf, type Seat } from "../seat.ts";
import { aboutThreads, type About } from "./about-threads.ts";
import { bulkTools } from "./bulk-forms.ts";
import { careLabels } from "./care-line.ts";
import { filterForm, readFilter, shownQuery } from "./filter.ts";
import { listNotice } from "./list-notice.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

const pageSize = 50;

/** GET /deck/care: the shared work. What waits, whose it is, by when; several can be chosen and acted on at once. */
export function showList(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const now = services.clock();
    const filter = readFilter(c, seat);
    const skip = Math.max(0, Math.min(Math.trunc(Number(c.req.query("skip") ?? 0)) || 0, 10_000));
    const found = await services.db.read(seat.site.authority.id, (tx) => read(tx, seat, filter, skip, now));
    const words = careWords[seat.language];
    const listWords = careListWords[seat.language];
    const reader = readerOf(seat, now);
    const { cares, about, counts } = found;
    const shown = cares.slice(0, pageSize);
    const said = await services.db.read(seat.site.authority.id, (tx) => listNotice(tx, c, seat));
    const place = (to: number) => deckPath(seat, "/deck/care", { ...shownQuery(filter), skip: String(to) });
    const page = await deckPage(services, seat, {
      title: words.title,
      current: "care",
      content: html`${pageHead({ title: words.title, lead: words.lead })}
        <p class="care-counts"><span class="care">${words.waitingCount(counts.waiting)}</span>${
          counts.overdue > 0
            ? html`<span class="care late">${words.overdueCount(counts.overdue)}</span>`
            : null
        }</p>
        ${said}${seat.accounts.length === 0 ? notice({ tone: "info", body: words.refused["not-granted"] }, seat) : null}${filterForm(seat, filter, found)}
        ${
          shown.length === 0
            ? emptyState({ title: listWords.list.empty, body: listWords.list.emptyBody, icon: "inbox" })
            : html`<form class="care-list-form" method="post" action="${deckPath(seat, "/deck/care/bulk")}" data-care-form data-care-list>
                <input type="hidden" name="shown" value="${new URLSearchParams(shownQuery(filter)).toString()}" />
                <ul class="care-list">
                  ${shown.map((care) => row(seat, care, about.get(care.thread), reader))}
                </ul>
                ${bulkTools(seat, found.assignables, found.tags)}
              </form>`
        }${pagination(
          {
            ...(skip > 0 ? { newer: place(Math.max(0, skip - pageSize)) } : {}),
            ...(cares.length > pageSize ? { older: place(skip + pageSize) } : {}),
          },
          seat,
        )}`,
    });
    return c.html(page.text);
  };
}

async function read(tx: Transaction, seat: Seat, filter: CareFilter, skip: number, now: Temporal.Instant) {
  const authority = seat.site.authority.id;
  const accounts = accountIds(seat);
  const [cares, counts, assignables, tags] = await Promise.all([
    listCare(tx, authority, accounts, filter, { skip, limit: pageSize + 1 }, now),
    countWaiting(tx, authority, accounts, now),
    colleaguesOf(tx, authority, accounts),
    listTags(tx, authority, accounts),
  ]);
  return { cares, counts, assignables, tags, about: await aboutThreads(tx, seat, cares) };
}

function row(seat: Seat, care: Care, about: About | undefined, reader: Reader): Html {
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const name = about?.author?.name ?? words.ofUnknown;
  const id = `choose-${care.thread}`;
  const post = about ? deckPath(seat, `/deck/posts/${about.post.id}`) : undefined;
  return html`<li class="care-row" data-thread="${care.thread}">
    <label class="care-choose" for="${id}">
      <input type="checkbox" id="${id}" name="chosen" value="${care.thread}.${care.version}" />
      <span class="visually-hidden">${listWords.list.choose(name)}</span>
    </label>
    <div class="care-row-body">
      <p class="care-row-head"><strong><bdi>${name}</bdi></strong>${care.askedAt ? time(care.askedAt, reader) : null}</p>
      <p>${post ? html`<a href="${post}">${about?.excerpt || words.open}</a>` : listWords.list.notShown}</p>
      <p class="care-summary">${careLabels(care, reader)}<a class="small" href="${deckPath(seat, `/deck/care/${care.thread}`)}">${words.openPanel}<span class="visually-hidden">: ${name}</span></a></p>
    </div>
  </li>`;
}
