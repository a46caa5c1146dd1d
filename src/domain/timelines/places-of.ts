import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";

/** Where a post stands in the timelines of some accounts of ours: by itself, or passed on by somebody. */
export type Place = {
  timeline: "inbox" | "home";
  position: string;
  post: PostId;
  boostedBy: AccountId | null;
};

/** The places of posts that have just come or changed, as `inboxTimeline` and `homeTimeline` would give them. */
export async function placesOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  posts: readonly string[],
): Promise<Place[]> {
  if (posts.length === 0 || accounts.length === 0) return [];
  const own = [...accounts];
  const asked = [...posts];
  return tx<Place[]>`
    with voice as (
      select unnest(${own}::bigint[]) as account
      union select followed from follow where authority = ${authority} and follower = any(${own}::bigint[]) and state = 'accepted')
    select distinct 'inbox' as timeline, post as position, post, null::bigint as "boostedBy" from addressed
    where authority = ${authority} and post = any(${asked}::bigint[]) and account = any(${own}::bigint[])
    union all
    select 'home', id, id, null from post
    where authority = ${authority} and id = any(${asked}::bigint[]) and account in (select account from voice)
    union all
    select 'home', id, post, account from boost
    where authority = ${authority} and post = any(${asked}::bigint[]) and account in (select account from voice)`;
}
