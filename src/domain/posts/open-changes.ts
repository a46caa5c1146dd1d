import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { isListedThread } from "./open-posts.ts";
import type { PostId } from "./post.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** That a post came, was changed or went, and how it stands now. */
export type OpenChange = {
  /** Of the entry in the journal. */
  number: string;
  /** The kind of that entry. */
  kind: ChangeKind;
  post: PostId;
  thread: PostId;
  state: "shown" | "hidden" | "removed";
  /** Whether the conversation still stands in public lists. */
  threadListed: boolean;
};

export type ChangeKind = (typeof changeKinds)[number];
/** The entries that change what everyone may find. */
export const changeKinds = [
  "post-published",
  "post-edited",
  "post-deleted",
  "post-received",
  "post-edit-received",
  "post-delete-received",
  "post-hidden",
  "post-unhidden",
] as const;

/** So many entries are looked at for one page, most of which may concern nobody outside. */
const mostLookedAt = 5_000;

export type OpenChanges = {
  changes: OpenChange[];
  /** Where to go on. It moves past what is not public only by full portions, so that it tells nothing of it. */
  position: string;
  more: boolean;
};

/** What has happened to public posts after a place in the journal. */
export async function openChangesAfter(
  tx: Transaction,
  authority: AuthorityId,
  after: string,
  limit: number,
): Promise<OpenChanges> {
  const window = tx`select number, kind, post from journal
    where journal.authority = ${authority} and number > ${after} and kind = any(${[...changeKinds]}) and post is not null
    order by number limit ${mostLookedAt}`;
  const found = await changesIn(tx, authority, window, tx`order by number limit ${limit + 1}`);
  const changes = found.slice(0, limit);
  if (found.length > limit) return { changes, position: changes.at(-1)?.number ?? after, more: true };
  const [end] = await tx<{ count: number; last: string | null }[]>`
    with looked as (${window}) select count(*)::int as count, max(number) as last from looked`;
  const full = end?.count === mostLookedAt;
  return { changes, position: (full ? end.last : changes.at(-1)?.number) ?? after, more: full };
}

/** The number of the latest change: whoever begins now goes on from there. */
export async function latestOpenChange(tx: Transaction, authority: AuthorityId): Promise<string> {
  const window = tx`select number, kind, post from journal
    where journal.authority = ${authority} and number is not null and kind = any(${[...changeKinds]}) and post is not null
    order by number desc limit ${mostLookedAt}`;
  const [latest] = await changesIn(tx, authority, window, tx`order by number desc limit 1`);
  if (latest) return latest.number;
  const [start] = await tx<{ count: number; first: string | null }[]>`
    with looked as (${window}) select count(*)::int as count, min(number) as first from looked`;
  return start?.count === mostLookedAt ? (start.first ?? "0") : "0";
}

/**
 * What stands or has stood in a listed conversation; a post that its author has drawn back to few is removed for
 * everyone else. Of a conversation that no longer is listed, only our own posts: that they have gone is how one learns
 * that all of it has.
 */
async function changesIn(
  tx: Transaction,
  authority: AuthorityId,
  window: Fragment,
  order: Fragment,
): Promise<OpenChange[]> {
  return tx<OpenChange[]>`
    with looked as (${window}),
    stood as (
      select looked.number, looked.kind, post.id as post, post.thread,
        post.uri is null and post.visibility = 'public' as own,
        case when ${visibleTo(tx, authority, anyone)} then 'shown'
          when post.deleted_at is null and post.hidden_at is not null then 'hidden' else 'removed' end as state
      from looked join post on post.authority = ${authority} and post.id = looked.post
      where ${visibleTo(tx, authority, anyone, { withoutRemoved: false })}
      or exists (select from journal earlier where earlier.authority = ${authority} and earlier.post = post.id
        and earlier.number < looked.number and earlier.facts ->> 'visibility' = any(${["public", "unlisted"]}))),
    placed as (select stood.*, ${isListedThread(tx, authority, "stood.thread")} as "threadListed" from stood)
    select number, kind, post, thread, state, "threadListed" from placed
    where "threadListed" or own ${order}`;
}
