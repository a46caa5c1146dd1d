import { html, type Html } from "#platform/html.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Post } from "#domain/posts/post.ts";
import { presentPost } from "#ui/present-post.ts";
import { postArticle, type PostView } from "#ui/post.ts";
import type { Reader } from "#ui/words.ts";
import { careActions, careLine } from "../care/care-line.ts";
import { draftWords } from "../drafts/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import type { Loaded } from "./load-items.ts";
import { postActions } from "./post-actions.ts";
import { conversation, type ColumnPlace } from "./column-place.ts";

/** A post at its place in a column. The client knows it by its id, and puts a newer version in its stead. */
export function itemHtml(
  seat: Seat,
  column: ColumnPlace,
  item: TimelineItem,
  loaded: Loaded,
  reader: Reader,
  options: { withoutActions?: boolean } = {},
): Html {
  const view = withCare(seat, column, item, loaded, reader, staffView(seat, item, loaded));
  const alone = column.id === conversation.id;
  const article = postArticle(options.withoutActions ? { ...view, actions: html`` } : view, reader, {
    deck: true,
    level: alone ? 2 : 3,
    showReplyTo: true,
    variant: item.kind === "article" && !alone ? "teaser" : "plain",
  });
  return html`<div class="item" id="item-${column.id}-${item.position}" data-position="${item.position}" data-post="${item.id}" data-thread="${item.thread}">
    ${article}
  </div>`;
}

/** In the inbox: who looks after the thread, by when, and what one can do about that. */
function withCare(
  seat: Seat,
  column: ColumnPlace,
  item: TimelineItem,
  loaded: Loaded,
  reader: Reader,
  view: PostView,
): PostView {
  if (column.kind !== "inbox" || view.tombstone) return view;
  const care = loaded.care.get(item.thread);
  const { thread, id } = item;
  const acts = postActions(seat, item, reactionsIn(seat, item, loaded), { withoutHide: true });
  return {
    ...view,
    labels: careLine(thread, care, reader),
    actions: html`${acts}${careActions(seat, { thread, post: id, about: view.account.name }, care)}`,
  };
}

/** A post with what only staff see: who pressed the button, how far it has come, what one can do with it. */
function staffView(seat: Seat, item: TimelineItem, loaded: Loaded): PostView {
  const view = presentPost(seat.site, seat.language, item, loaded.faces);
  const sender = item.person ? loaded.people.get(item.person) : undefined;
  const mark = loaded.bypassed.has(item.id) ? ` (${draftWords[seat.language].bypassedMark})` : "";
  const signedBy = sender && sender + mark;
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
