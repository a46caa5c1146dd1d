import type { Post } from "#domain/posts/post.ts";
import { html, type Html } from "#platform/html.ts";
import type { Transaction } from "#platform/database.ts";
import { readerOf, type Seat } from "../seat.ts";
import { conversation } from "./column-place.ts";
import { itemHtml } from "./item-html.ts";
import { loadItems } from "./load-items.ts";

/** One post as it is in the deck, for the page that asks one thing about it: so without its other buttons. */
export async function showOnePost(
  tx: Transaction,
  seat: Seat,
  post: Post,
  now: Temporal.Instant,
): Promise<Html> {
  return html`<div class="column conversation" data-posts>${await postItems(tx, seat, [post], now, { withoutActions: true })}</div>`;
}

/** Posts in the order given. */
export async function postItems(
  tx: Transaction,
  seat: Seat,
  posts: readonly Post[],
  now: Temporal.Instant,
  options: { withoutActions?: boolean } = {},
): Promise<Html> {
  const loaded = await loadItems(tx, seat, posts);
  const reader = readerOf(seat, now);
  return html`${posts.map((post) =>
    itemHtml(seat, conversation, { ...post, position: post.id, boostedBy: null }, loaded, reader, options),
  )}`;
}
