import type { Entry } from "#domain/journal/entry.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import { placesOf } from "#domain/timelines/places-of.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { itemHtml } from "../columns/item-html.ts";
import { loadItems, type Loaded } from "../columns/load-items.ts";
import type { ColumnKind } from "../columns/read-column.ts";
import { accountIds, readerOf, type Seat } from "../seat.ts";

/**
 * What becomes different in a deck. put: this is how the post looks now, there or to be put there; gone: a post, or
 * one place of it, is no longer shown; stale: the column must be read again.
 */
export type Change =
  | { put: string; column: ColumnKind; position: string; post: string }
  | { gone: string; column?: ColumnKind; position?: string }
  | { stale: ColumnKind };

/** The rows behind the changes, the same for all decks of one group. */
export type Touched = {
  items: { column: ColumnKind; item: TimelineItem }[];
  gone: Change[];
  loaded: Loaded;
};

/** Kinds whose post looks different, or stands somewhere new, afterwards. */
const postKinds = new Set([
  "post-published",
  "post-edited",
  "post-deleted",
  "post-boosted",
  "boost-undone",
  "post-favourited",
  "favourite-undone",
  "post-received",
  "post-edit-received",
  "post-delete-received",
  "boost-received",
  "boost-undo-received",
  "post-hidden",
  "post-unhidden",
]);
const undoneBoosts = new Set(["boost-undone", "boost-undo-received"]);
const followKinds = new Set(["follow-requested", "follow-undone", "follow-answered", "follow-refused"]);

/** Whether a deck could look different after an entry. */
export function concernsDecks(entry: Entry): boolean {
  return postKinds.has(entry.kind) || followKinds.has(entry.kind);
}

/** Reads what some entries of one authority change for the accounts of a group, in few queries however many they are. */
export async function readChanges(tx: Transaction, seat: Seat, entries: readonly Entry[]): Promise<Touched> {
  const posts = [
    ...new Set(entries.filter((entry) => postKinds.has(entry.kind)).flatMap((entry) => entry.post ?? [])),
  ];
  const touched = await readPosts(tx, seat, posts);
  const own = new Set<string>(accountIds(seat));
  for (const entry of entries) {
    const boost = undoneBoosts.has(entry.kind) ? entry.subject[0] : undefined;
    if (boost && entry.post) touched.gone.push({ gone: entry.post, column: "home", position: boost });
    const whose = [entry.account ?? "", ...entry.subject];
    if (followKinds.has(entry.kind) && whose.some((id) => own.has(id))) touched.gone.push({ stale: "home" });
  }
  return touched;
}

/** How some posts stand now, wherever they are in the decks of a group. */
export async function readPosts(tx: Transaction, seat: Seat, posts: readonly string[]): Promise<Touched> {
  const authority = seat.site.authority.id;
  const accounts = accountIds(seat);
  const places = await placesOf(tx, authority, accounts, posts);
  const found = new Map(
    (await postsById(tx, authority, posts, { kind: "staff", accounts })).map((post) => [
      post.id as string,
      post,
    ]),
  );
  const items: Touched["items"] = [];
  for (const { timeline, position, post: id, boostedBy } of places) {
    const post = found.get(id);
    if (post) items.push({ column: timeline, item: { ...post, position, boostedBy } });
  }
  for (const post of found.values())
    if (accounts.includes(post.account))
      items.push({ column: "account", item: { ...post, position: post.id, boostedBy: null } });
  const gone: Change[] = posts.filter((id) => !found.has(id)).map((id) => ({ gone: id }));
  return {
    items,
    gone,
    loaded: await loadItems(
      tx,
      seat,
      items.map(({ item }) => item),
    ),
  };
}

/** The changes as one seat sees them. */
export function renderChanges(seat: Seat, touched: Touched, now: Temporal.Instant): Change[] {
  const reader = readerOf(seat, now);
  const puts = touched.items.flatMap(({ column, item }): Change[] => {
    if (column === "account" && item.account !== seat.acting?.id) return [];
    const text = itemHtml(seat, column, item, touched.loaded, reader).text;
    return [{ put: text, column, position: item.position, post: item.id }];
  });
  return [...puts, ...touched.gone];
}
