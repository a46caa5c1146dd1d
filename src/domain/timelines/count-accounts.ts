import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";

/**
 * Counts some accounts anew, from what is there: posts and boosts of what stands and is not in confidence, and follows
 * that were accepted. One query, however many they are; again gives the same.
 */
export async function countAccounts(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly string[],
): Promise<void> {
  if (accounts.length === 0) return;
  const counted = tx`${stands(tx)} and post.visibility <> 'direct'`;
  await tx`
    insert into account_count (authority, account, posts, followers, following, last_post_on)
    select ${authority}, account.id, said.posts + passed_on.posts,
      (select count(*) from follow where follow.authority = ${authority} and follow.followed = account.id and follow.state = 'accepted'),
      (select count(*) from follow where follow.authority = ${authority} and follow.follower = account.id and follow.state = 'accepted'),
      (greatest(said.newest, passed_on.newest) at time zone authority.zone)::date
    from account join authority on authority.id = ${authority},
      lateral (select count(*) as posts, max(post.published_at) as newest from post
        where post.authority = ${authority} and post.account = account.id and ${counted}) said,
      lateral (select count(*) as posts, max(boost.at) as newest from boost
        join post on post.authority = ${authority} and post.id = boost.post
        where boost.authority = ${authority} and boost.account = account.id and ${counted}) passed_on
    where account.authority = ${authority} and account.id = any(${[...new Set(accounts)].toSorted()}::bigint[])
    on conflict (authority, account) do update set posts = excluded.posts, followers = excluded.followers,
      following = excluded.following, last_post_on = excluded.last_post_on`;
}

/** Those who have passed these posts on: what becomes of a post, becomes of its boosts. */
export async function boostersOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
): Promise<string[]> {
  if (posts.length === 0) return [];
  const rows = await tx<{ account: string }[]>`
    select distinct account from boost where authority = ${authority} and post = any(${[...posts]}::bigint[])`;
  return rows.map(({ account }) => account);
}
