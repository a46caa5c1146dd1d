import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { ownAccount, type OpenPage } from "./open-posts.ts";
import type { PostId } from "./post.ts";
import { anyone, listed, visibleTo } from "./visible-to.ts";

/** A conversation as its numbers tell of it; what the public may not see is not counted. */
export type OpenThread = {
  id: PostId;
  /** The first of ours in it, whose page shows all of it. */
  ownPost: PostId;
  ownAccount: AccountId;
  /** Those of ours that take part. */
  accounts: AccountId[];
  networks: string[];
  posts: number;
  ownPosts: number;
  firstAt: Temporal.Instant;
  lastAt: Temporal.Instant;
};

/** Conversations in which one of ours has a listed post, in order of their first post's arrival. */
export async function listOpenThreads(
  tx: Transaction,
  authority: AuthorityId,
  filter: { account?: string | undefined },
  page: OpenPage<PostId>,
): Promise<OpenThread[]> {
  return tx<OpenThread[]>`
    with chosen as (
      select distinct post.thread from post
      where post.authority = ${authority} and post.uri is null and ${listed(tx, authority)}
      ${page.after ? tx`and post.thread > ${page.after}` : tx``}
      ${filter.account ? tx`and post.account = ${ownAccount(tx, authority, filter.account)}` : tx``}
      order by post.thread limit ${page.limit})
    select post.thread as id, min(post.id) filter (where post.uri is null) as "ownPost",
      (array_agg(post.account order by post.id) filter (where post.uri is null))[1] as "ownAccount",
      array_agg(distinct post.account::text) filter (where post.uri is null) as accounts,
      array_agg(distinct post.network) as networks,
      count(*)::int as posts, (count(*) filter (where post.uri is null))::int as "ownPosts",
      min(post.published_at) as "firstAt", max(post.published_at) as "lastAt"
    from chosen join post on post.authority = ${authority} and post.thread = chosen.thread
    where ${visibleTo(tx, authority, anyone)}
    group by post.thread order by post.thread`;
}

/** The first of ours in a conversation that everyone may see, on whose page all of it stands. */
export async function ourPostIn(
  tx: Transaction,
  authority: AuthorityId,
  thread: PostId,
): Promise<{ id: PostId; handle: string } | undefined> {
  const [row] = await tx<{ id: PostId; handle: string }[]>`
    select post.id, account.handle from post
    join account on account.authority = post.authority and account.id = post.account
    where post.authority = ${authority} and post.thread = ${thread} and post.uri is null and ${visibleTo(tx, authority, anyone)}
    order by post.id limit 1`;
  return row;
}
