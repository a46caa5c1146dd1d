import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";

/** How far to look: ancestors, descendants, and answers to answers. */
export type Around = { above: number; below: number; depth: number };
type Place = { id: PostId; parent: PostId | null; account: AccountId };

/**
 * What a post answers, the first first, and what answers it: each answer before the next one beside it, with what
 * follows from it in between; before all others come the answers that somebody gave to themselves. What is removed,
 * hidden or not given by `read` is left out, while what it leads to stays. A fixed number of queries, however long it is.
 * `read`: posts in the order of their ids, as far as the viewer may see them.
 */
export async function aroundPost(
  tx: Transaction,
  authority: AuthorityId,
  post: Pick<Post, "id" | "account" | "inReplyTo">,
  read: (ids: readonly string[]) => Promise<Post[]>,
  around: Around,
): Promise<{ above: Post[]; below: Post[] }> {
  const [above, below] = await Promise.all([
    placesAbove(tx, authority, post, around.above),
    placesBelow(tx, authority, post.id, around),
  ]);
  const ordered = inOrder(post, below);
  const found = await read([...above, ...ordered]);
  const shown = found.filter((one) => one.hiddenAt === null);
  const answered = new Set<string>(above);
  return {
    above: shown.filter((one) => answered.has(one.id)),
    below: shown.filter((one) => !answered.has(one.id)).slice(0, around.below),
  };
}

async function placesAbove(
  tx: Transaction,
  authority: AuthorityId,
  { inReplyTo }: Pick<Post, "inReplyTo">,
  most: number,
): Promise<PostId[]> {
  if (!inReplyTo) return [];
  const rows = await tx<{ id: PostId }[]>`
    with recursive above as (
      select post.id, post.in_reply_to, 1 as step from post
      where post.authority = ${authority} and post.id = ${inReplyTo}
      union all
      select post.id, post.in_reply_to, above.step + 1 from post join above on post.id = above.in_reply_to
      where post.authority = ${authority} and above.step < ${most})
    select id from above order by step desc`;
  return rows.map(({ id }) => id);
}

/** As many as could be shown if all may be, and as many again for those that may not. */
async function placesBelow(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
  { below, depth }: Around,
): Promise<Place[]> {
  return tx<Place[]>`
    with recursive below as (
      select post.id, post.in_reply_to, post.account, 1 as step from post
      where post.authority = ${authority} and post.in_reply_to = ${post}
      union all
      select post.id, post.in_reply_to, post.account, below.step + 1 from below
      join post on post.authority = ${authority} and post.in_reply_to = below.id
      where below.step < ${depth})
    select id, in_reply_to as parent, account from below limit ${2 * below}`;
}

function inOrder(post: Pick<Post, "id" | "account">, places: readonly Place[]): PostId[] {
  const answers = Map.groupBy(places.toSorted(byId), ({ parent }) => parent);
  const authors = new Map<string, AccountId>([[post.id, post.account]]);
  for (const { id, account } of places) authors.set(id, account);
  const ordered: Place[] = [];
  // No recursion: a conversation can be deeper than the stack.
  const ahead = (answers.get(post.id) ?? []).toReversed();
  for (let place = ahead.pop(); place; place = ahead.pop()) {
    ordered.push(place);
    ahead.push(...(answers.get(place.id) ?? []).toReversed());
  }
  const toSelf = ({ parent, account }: Place) => parent !== null && authors.get(parent) === account;
  return [...ordered.filter(toSelf), ...ordered.filter((place) => !toSelf(place))].map(({ id }) => id);
}

function byId(one: Place, other: Place): number {
  return one.id < other.id ? -1 : 1;
}
