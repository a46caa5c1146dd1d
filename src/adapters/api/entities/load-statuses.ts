import { viewerOf } from "../endpoint.ts";
import type { Site } from "#context.ts";
import type { Account as Voice, AccountId } from "#domain/accounts/account.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import type { Post } from "#domain/posts/post.ts";
import { findBoosts } from "#domain/posts/find-boosts.ts";
import { mentionsOf } from "#domain/posts/ties.ts";
import { parentAuthorsOf } from "#domain/posts/parent-authors.ts";
import { accountCountsOf } from "#domain/timelines/account-counts.ts";
import { postStandings, type PostStanding } from "#domain/timelines/post-standing.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import type { AccountFaces } from "./account.ts";
import type { FilterContext, FilterResult } from "./filter.ts";
import { filterPosts } from "./filter-posts.ts";
import { boostEntity, statusEntity, type Status } from "./status.ts";

/** What showing some posts takes besides them. */
export type StatusFaces = AccountFaces & {
  mentions: ReadonlyMap<string, AccountId[]>;
  /** Who wrote the parent of each reply, by the parent's id; only of parents that the viewer may see. */
  parents: ReadonlyMap<string, string>;
  standings: ReadonlyMap<string, PostStanding>;
  filtered: ReadonlyMap<string, FilterResult[]>;
};

/** Who looks: an account of ours, or anyone; and where, for the filters of that account. */
export type Look = { site: Site; caller: { account: Voice } | undefined };

/** What is the same whoever looks. */
export type SharedFaces = Pick<StatusFaces, "accounts" | "media" | "counts" | "mentions"> & {
  /** When each boost was made. */
  boosts: ReadonlyMap<string, Temporal.Instant>;
};

/**
 * Posts and boosts as statuses, in their order: a fixed number of queries, however many they are. In a context, those
 * that a filter of the account hides are left out. `shared`: for many who look, what has been read once for all of them.
 */
export async function loadStatuses(
  tx: Transaction,
  { site, caller }: Look,
  items: readonly (Post | TimelineItem)[],
  context?: FilterContext,
  shared?: SharedFaces,
): Promise<Status[]> {
  if (items.length === 0) return [];
  const authority = site.authority.id;
  const viewer = caller?.account;
  const posts = postsOf(items);
  const ids = posts.map(({ id }) => id);
  // Asked together they travel in one packet: two journeys to the database, not eight.
  const [parents, standings, filtered, { boosts, ...same }] = await Promise.all([
    parentAuthorsOf(tx, authority, posts, viewerOf({ caller })),
    postStandings(tx, authority, ids, viewer?.id),
    viewer ? filterPosts(tx, authority, viewer.id, posts, context) : new Map<string, FilterResult[]>(),
    shared ?? loadShared(tx, site, items),
  ]);
  const { accounts } = same;
  const faces: StatusFaces = { ...same, parents, standings, filtered };
  return items.flatMap((item) => {
    if (context && isHidden(filtered.get(item.id))) return [];
    const status = statusEntity(site, item, faces, viewer);
    const boost = boostOf(item);
    const by = boost && accounts.get(boost.by);
    if (!by) return status;
    return boostEntity(
      site,
      { id: boost.id, at: boosts.get(boost.id) ?? item.publishedAt, by },
      status,
      faces,
    );
  });
}

/** For all who look at some of these. */
export async function loadShared(
  tx: Transaction,
  site: Site,
  items: readonly (Post | TimelineItem)[],
): Promise<SharedFaces> {
  const authority = site.authority.id;
  const posts = postsOf(items);
  const ids = posts.map(({ id }) => id);
  const passedOn = items.flatMap((item) => boostOf(item) ?? []);
  const voices = [...posts.map(({ account }) => account), ...passedOn.map(({ by }) => by)];
  const [mentions, counts, boosts, authors] = await Promise.all([
    mentionsOf(tx, authority, ids),
    accountCountsOf(tx, authority, voices),
    findBoosts(
      tx,
      authority,
      passedOn.map(({ id }) => id),
    ),
    accountsById(tx, authority, voices),
  ]);
  const mentioned = [...mentions.values()].flat().filter((id) => !authors.has(id));
  const [others, media] = await Promise.all([
    accountsById(tx, authority, mentioned),
    mediaById(tx, authority, picturesOf(posts, authors)),
  ]);
  return { mentions, counts, boosts, media, accounts: new Map([...authors, ...others]) };
}

function postsOf(items: readonly (Post | TimelineItem)[]): (Post | TimelineItem)[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function boostOf(item: Post | TimelineItem): { id: string; by: AccountId } | undefined {
  return "boostedBy" in item && item.boostedBy ? { id: item.position, by: item.boostedBy } : undefined;
}

function isHidden(results: readonly FilterResult[] | undefined): boolean {
  return results?.some(({ filter }) => filter.filter_action === "hide") ?? false;
}

function picturesOf(posts: readonly Post[], accounts: ReadonlyMap<string, Voice>): string[] {
  const ids = [
    ...[...accounts.values()].flatMap(({ avatar, header }) => [avatar, header]),
    ...posts.flatMap(({ attachments }) => attachments.map(({ media }) => media)),
    ...posts.flatMap(({ blocks }) => blocks.map((block) => (block.kind === "image" ? block.media : null))),
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}
