import { faceColumns, type Face } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { markOf, type KnownRows, type Marked } from "#platform/known-rows.ts";
import type { Post, PostId } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** A post in its conversation, with whether anyone may see it, for the replies that would name its author. */
export type ThreadPost = Post & { open: boolean; mark: string };
export type Speaker = Face & { mark: string };

/** What is known of conversations from when they were last read. */
export type KnownThreads = { posts: KnownRows<ThreadPost>; speakers: KnownRows<Speaker> };

/**
 * The conversation that a post stands in, in order of arrival, and who speaks in it: removed and hidden posts with their
 * state, so that what is missing can be said, but only posts that anyone might have seen. Known by the post alone, so
 * that nothing need be asked before. Of a later part, the post itself as well.
 */
export async function readThreadWith(
  tx: Transaction,
  known: KnownThreads,
  authority: AuthorityId,
  id: PostId,
  limit: number,
  after?: PostId,
): Promise<{ posts: ThreadPost[]; speakers: Speaker[] }> {
  const marked = await tx<Spoken[]>`
    select ${spokenMarks(tx)} ${fromPostSpoken(tx)} where post.authority = ${authority} and post.thread = ${threadOf(tx, authority, id)}
    ${after ? tx`and (post.id > ${after} or post.id = ${id})` : tx``}
    and ${visibleTo(tx, authority, anyone, { withoutRemoved: false })} order by post.id limit ${limit}`;
  return readSpoken(tx, known, authority, marked);
}

/** A post and who said it, each with the mark of its version. */
export type Spoken = Marked & { account: string; speaker: string };

/** The columns of `Spoken`, for a query on `fromPostSpoken`. */
export function spokenMarks(tx: Transaction): Fragment {
  return tx`post.id, ${markOf(tx, "post", "said")} as mark, account.id as account, ${markOf(tx, "account")} as speaker`;
}

export function fromPostSpoken(tx: Transaction): Fragment {
  return tx`${fromPost(tx)} join account on account.authority = post.authority and account.id = post.account`;
}

/** Posts that a query has named with their marks, in its order, and who said them; what is not known is read. */
export async function readSpoken(
  tx: Transaction,
  known: KnownThreads,
  authority: AuthorityId,
  marked: readonly Spoken[],
): Promise<{ posts: ThreadPost[]; speakers: Speaker[] }> {
  const speaking = new Map(marked.map(({ account, speaker }) => [account, speaker]));
  const [posts, speakers] = await Promise.all([
    known.posts.rows(authority, marked, (ids) => readMarked(tx, authority, ids)),
    known.speakers.rows(
      authority,
      Array.from(speaking, ([id, mark]) => ({ id, mark })),
      (ids) => readSpeakers(tx, authority, ids),
    ),
  ]);
  return { posts, speakers };
}

async function readMarked(tx: Transaction, authority: AuthorityId, ids: string[]): Promise<ThreadPost[]> {
  return tx<ThreadPost[]>`
    select ${postColumns(tx)}, (${visibleTo(tx, authority, anyone)}) as open, ${markOf(tx, "post", "said")} as mark
    ${fromPost(tx)} where post.authority = ${authority} and post.id = any(${ids}::bigint[])`;
}

async function readSpeakers(tx: Transaction, authority: AuthorityId, ids: string[]): Promise<Speaker[]> {
  return tx<Speaker[]>`
    select ${faceColumns(tx)}, ${markOf(tx, "account")} as mark
    from account where authority = ${authority} and id = any(${ids}::bigint[])`;
}

/** The conversation of a post, within a query. */
export function threadOf(tx: Transaction, authority: AuthorityId, id: PostId): Fragment {
  return tx`(select one.thread from post one where one.authority = ${authority} and one.id = ${id})`;
}
