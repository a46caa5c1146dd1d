import { html, type Html } from "#platform/html.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Post } from "#domain/posts/post.ts";
import { presentPost } from "#ui/present-post.ts";
import { postArticle, type PostView } from "#ui/post.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import type { Loaded } from "./load-items.ts";
import { postActions } from "./post-actions.ts";
import type { ColumnKind } from "./read-column.ts";

/** A post at its place in a column. The client knows it by its id, and puts a newer version in its stead. */
export function itemHtml(
  seat: Seat,
  column: ColumnKind | "thread",
  item: TimelineItem,
  loaded: Loaded,
  reader: Reader,
  options: { withoutActions?: boolean } = {},
): Html {
  const view = staffView(seat, item, loaded);
  const article = postArticle(options.withoutActions ? { ...view, actions: html`` } : view, reader, {
    deck: true,
    level: column === "thread" ? 2 : 3,
    showReplyTo: true,
    variant: item.kind === "article" && column !== "thread" ? "teaser" : "plain",
  });
  return html`<div class="item" id="item-${column}-${item.position}" data-position="${item.position}" data-post="${item.id}" data-thread="${item.thread}">
    ${article}
  </div>`;
}

/** A post with what only staff see: who pressed the button, how far it has come, what one can do with it. */
function staffView(seat: Seat, item: TimelineItem, loaded: Loaded): PostView {
  const view = presentPost(seat.site, seat.language, item, loaded.faces);
  const signedBy = item.person ? loaded.people.get(item.person) : undefined;
  const delivery = loaded.deliveries.get(item.id);
  const mine = reactionsIn(seat, item, loaded);
  const hiding = item.hiddenAt && !item.deletedAt ? loaded.faces.hidings.get(item.id) : undefined;
  return {
    ...view,
    href: deckPath(seat, `/deck/posts/${item.id}`),
    ...(view.replyTo && item.inReplyTo
      ? { replyTo: { ...view.replyTo, href: deckPath(seat, `/deck/posts/${item.inReplyTo}`) } }
      : {}),
    ...(signedBy ? { signedBy } : {}),
    ...(delivery ? { delivery } : {}),
    ...(view.tombstone && hiding ? { tombstone: { ...view.tombstone, told: hiding.told } } : {}),
    mine,
    actions: postActions(seat, item, mine),
  };
}

function reactionsIn(seat: Seat, post: Post, loaded: Loaded) {
  const has = (reaction: string) => loaded.reactions.has(`${reaction} ${post.id} ${seat.acting?.id ?? ""}`);
  return { boosted: has("boost"), favourited: has("favourite") };
}
