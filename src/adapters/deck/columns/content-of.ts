import type { OwnColumn } from "#domain/decks/deck.ts";
import type { Page } from "#domain/posts/read-posts.ts";
import type { Html } from "#platform/html.ts";
import type { Transaction } from "#platform/database.ts";
import { draftItemsHtml } from "../drafts/draft-items.ts";
import { notificationItemsHtml } from "../notifications/items.ts";
import { deckPath, type Seat } from "../seat.ts";

/** What stands in a column that holds no posts, as the part that owns its things shows them; undefined for the others. */
export async function contentOf(
  tx: Transaction,
  seat: Seat,
  column: OwnColumn,
  page: Pick<Page, "before" | "after">,
  now: Temporal.Instant,
): Promise<Html | undefined> {
  switch (column.kind) {
    case "notifications":
      return notificationItemsHtml(
        tx,
        seat,
        page,
        now,
        (before) => `${deckPath(seat, "/deck", { column: column.id, before })}#column-${column.id}`,
      );
    case "drafts":
      return draftItemsHtml(tx, seat, now);
    case "inbox":
    case "home":
    case "account":
    case "list":
    case "tag":
    case "search":
    case "person":
    case "thread":
      return undefined;
  }
}
