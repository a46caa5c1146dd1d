import type { Services } from "#context.ts";
import { mostUnread, unreadCounts } from "#domain/notifications/reader.ts";
import { html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import { deckPath, type Seat } from "../seat.ts";
import { notificationWords } from "./words.ts";

/** How many of the person's own notifications are unread. */
export async function unreadOf(services: Pick<Services, "db">, seat: Seat): Promise<number> {
  const { id } = seat.site.authority;
  const counts = await services.db.read(id, (tx) => unreadCounts(tx, id, [seat.person]));
  return counts.get(seat.person) ?? 0;
}

/** The way to the notifications, with how many are unread. */
export function notificationsLink(seat: Seat, unread: number, current: boolean): Html {
  const words = notificationWords[seat.language];
  return html`<a href="${deckPath(seat, "/deck/notifications")}"${current ? html` aria-current="page"` : null}
    data-controller="unread" data-unread-most-value="${mostUnread}" data-unread-open-value="${words.open}" data-global-key="g n">${icon("bell")}<span
      >${words.title}</span
    >${unreadBadge(seat, unread, "rail-badge")}</a
  >`;
}

/** How many are unread; the client keeps the number. */
export function unreadBadge(seat: Seat, unread: number, look: "rail-badge" | "tab-count"): Html {
  const words = notificationWords[seat.language];
  const count = unread >= mostUnread ? `${mostUnread - 1}+` : String(unread);
  return html`<span class="${look}" data-unread-target="badge"${unread === 0 ? html` hidden` : null}><span data-unread-target="count">${count}</span><span class="visually-hidden"> ${words.unreadMany}</span></span>`;
}
