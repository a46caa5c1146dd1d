import { viewerOf } from "../endpoint.ts";
import type { Site } from "#context.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { mediaById, type Media } from "#domain/media/media.ts";
import type { KnownPost } from "#domain/posts/known-posts.ts";
import type { Post } from "#domain/posts/post.ts";
import { findBoosts } from "#domain/posts/find-boosts.ts";
import { mentionsOf } from "#domain/posts/ties.ts";
import { parentAuthorsOf } from "#domain/posts/parent-authors.ts";
import { picturesOf } from "#domain/timelines/load-faces.ts";
import { postStandings, type PostStanding } from "#domain/timelines/post-standing.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import { readVoices, type Voice } from "#domain/timelines/voices.ts";
import type { Transaction } from "#platform/database.ts";
import type { FilterContext, FilterResult } from "./filter.ts";
import { filterPosts } from "./filter-posts.ts";
import type { Known } from "./known.ts";
import { boostEntity, statusEntity, type Status } from "./status.ts";

/** What showing some posts takes besides them. */
export type StatusFaces = {
  accounts: ReadonlyMap<string, Voice>;
  /** The pictures of the posts. */
  media: ReadonlyMap<string, Media>;
  mentions: ReadonlyMap<string, AccountId[]>;
  /** Who wrote the parent of each reply, by the parent's id; only of parents that the viewer may see. */
  parents: ReadonlyMap<string, string>;
  standings: ReadonlyMap<string, PostStanding>;
  filtered: ReadonlyMap<string, FilterResult[]>;
};

/**
 * Who looks: an account of ours, or anyone; and what is known, where something is read for itself and not within what is
 * being written.
 */
export type Look = { site: Site; caller: { account: Account } | undefined; known?: Known };

type Item = Post | TimelineItem | KnownPost;

/** What is the same whoever looks. */
export type SharedFaces = Pick<StatusFaces, "accounts" | "media" | "mentions"> & {
  /** When each boost was made. */
  boosts: ReadonlyMap<string, Temporal.Instant>;
};

/**
 * Posts and boosts as statuses, in their order: a fixed number of queries, however many they are. In a context, those
 * that a filter of the account hides are left out. `shared`: for many who look, what has been read once for all of them.
 */
export async function loadStatuses(
  tx: Transaction,
  { site, caller, known }: Look,
  items: readonly Item[],
  context?: FilterContext,
  shared?: SharedFaces,
): Promise<Status[]> {
  if (items.length === 0) return [];
  const authority = site.authority.id;
  const viewer = caller?.account;
  const posts = postsOf(items);
  const ids = posts.map(({ id }) => id);
  // Asked together they travel in one packet.
  const [parents, standings, filtered, { boosts, ...same }] = await Promise.all([
    parentAuthorsOf(tx, authority, posts, viewerOf({ caller })),
    postStandings(tx, authority, ids, viewer?.id),
    viewer ? filterPosts(tx, authority, viewer.id, posts, context) : new Map<string, FilterResult[]>(),
    shared ?? loadShared(tx, site, items, known),
  ]);
  const { accounts } = same;
  const faces: StatusFaces = { ...same, parents, standings, filtered };
  return items.flatMap((item) => {
    if (context && isHidden(filtered.get(item.id))) return [];
    const status = statusEntity(site, item, faces, viewer, known);
    const boost = boostOf(item);
    const by = boost && accounts.get(boost.by);
    if (!by) return status;
    return boostEntity(
      site,
      { id: boost.id, at: boosts.get(boost.id) ?? item.publishedAt, by },
      status,
      known,
    );
  });
}

/** For all who look at some of these. */
export async function loadShared(
  tx: Transaction,
  site: Site,
  items: readonly Item[],
  known?: Known,
): Promise<SharedFaces> {
  const authority = site.authority.id;
  const posts = postsOf(items);
  const passedOn = items.flatMap((item) => boostOf(item) ?? []);
  const speaking = [...posts.map(({ account }) => account), ...passedOn.map(({ by }) => by)];
  const named = mentionsIn(tx, authority, posts);
  const [mentions, accounts, media, boosts] = await Promise.all([
    named,
    named.then((all) => readVoices(tx, authority, [...speaking, ...[...all.values()].flat()], known?.voices)),
    mediaById(tx, authority, [...new Set(posts.flatMap(picturesOf))]),
    findBoosts(
      tx,
      authority,
      passedOn.map(({ id }) => id),
    ),
  ]);
  return { mentions, accounts, media, boosts };
}

/** Whom each post is said to; of those that are known, it is known as well. */
async function mentionsIn(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Item[],
): Promise<Map<string, AccountId[]>> {
  const known = posts.flatMap((post) => ("mentioned" in post ? [[post.id, post.mentioned] as const] : []));
  if (known.length === posts.length) return new Map(known);
  return mentionsOf(
    tx,
    authority,
    posts.map(({ id }) => id),
  );
}

function postsOf(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function boostOf(item: Item): { id: string; by: AccountId } | undefined {
  return "boostedBy" in item && item.boostedBy ? { id: item.position, by: item.boostedBy } : undefined;
}

function isHidden(results: readonly FilterResult[] | undefined): boolean {
  return results?.some(({ filter }) => filter.filter_action === "hide") ?? false;
}
