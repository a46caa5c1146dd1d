import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Care } from "#domain/care/care.ts";
import { countWaiting, listCare } from "#domain/care/list-care.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import type { Reader } from "#ui/words.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, readerOf, seatOf, type Seat } from "../seat.ts";
import { aboutThreads, type About } from "./about-threads.ts";
import { dueLabel } from "./care-line.ts";
import { careWords } from "./words.ts";

export type Waiting = {
  waiting: number;
  overdue: number;
  /** The most urgent of the overdue ones. */
  late: Care[];
  about: Map<string, About>;
};

/** So many overdue ones are named in the column; the list has all. */
const named = 8;

/** How many wait for the seat's accounts, and which are overdue: the head of the inbox. */
export async function readWaiting(
  tx: Transaction,
  seat: Pick<Seat, "site" | "accounts">,
  now: Temporal.Instant,
): Promise<Waiting> {
  const authority = seat.site.authority.id;
  const accounts = accountIds(seat);
  const counts = await countWaiting(tx, authority, accounts, now);
  if (counts.overdue === 0) return { ...counts, late: [], about: new Map() };
  const filter = { status: "overdue", order: "due" } as const;
  const late = await listCare(tx, authority, accounts, filter, { skip: 0, limit: named }, now);
  return { ...counts, late, about: await aboutThreads(tx, seat, late) };
}

/**
 * The note in the head of an inbox column: how many wait, and the overdue ones first of all, in a list that opens
 * over the posts. It stands in the head so that nothing moves under whoever reads when one becomes overdue.
 */
export function overdueSection(seat: Seat, view: Waiting, reader: Reader): Html {
  const words = careWords[seat.language];
  const list = deckPath(seat, "/deck/care");
  return html`<span class="column-note care-note-count" data-care-waiting data-care-path="${deckPath(seat, "/deck/care/waiting")}">
    ${
      view.overdue === 0
        ? html`<a href="${list}">${words.waitingCount(view.waiting)}</a>`
        : html`<details class="overdue-section" data-care-menu>
            <summary class="care late overdue">${icon("warn")}${words.overdueCount(view.overdue)}</summary>
            <div class="overdue-list">
              <ol aria-label="${words.overdueTitle}">
                ${view.late.map((care) => overdueItem(seat, care, view.about.get(care.thread), reader))}
              </ol>
              <p><a href="${list}">${words.overdueMore(view.waiting)}</a></p>
            </div>
          </details>`
    }
  </span>`;
}

/** GET /deck/care/waiting: the same by itself, for an open deck to keep it true. */
export function showWaiting(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const now = services.clock();
    const view = await services.db.read(seat.site.authority.id, (tx) => readWaiting(tx, seat, now));
    return c.html(overdueSection(seat, view, readerOf(seat, now)).text);
  };
}

function overdueItem(seat: Seat, care: Care, about: About | undefined, reader: Reader): Html {
  const words = careWords[seat.language];
  const href = about
    ? deckPath(seat, `/deck/posts/${about.post.id}`)
    : deckPath(seat, `/deck/care/${care.thread}`);
  return html`<li>
    <a href="${href}"><bdi>${about?.author?.name ?? words.ofUnknown}</bdi>: ${about?.excerpt ?? ""}</a>
    <span class="care-summary">${dueLabel(care, reader)}${care.assigneeName ? html`<span class="care">${words.assignedTo(care.assigneeName)}</span>` : null}</span>
  </li>`;
}
