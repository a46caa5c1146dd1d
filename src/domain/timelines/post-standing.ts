import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";

/** How others have taken a post, and what one of our accounts has done with it. */
export type PostStanding = {
  replies: number;
  boosts: number;
  favourites: number;
  boosted: boolean;
  favourited: boolean;
  bookmarked: boolean;
  pinned: boolean;
  /** The account wants to hear no more of the conversation. */
  muted: boolean;
};

/** Of some posts, in one query however many they are. Without an account, only the counts are asked for. */
export async function postStandings(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
  account: AccountId | undefined,
): Promise<Map<string, PostStanding>> {
  if (posts.length === 0) return new Map();
  const own = account ?? null;
  const rows = await tx<(PostStanding & { id: string })[]>`
    select asked.id,
      (select count(*)::int from post where post.authority = ${authority} and post.in_reply_to = asked.id
        and post.visibility <> 'direct' and ${stands(tx)}) as replies,
      (select count(*)::int from boost where boost.authority = ${authority} and boost.post = asked.id) as boosts,
      (select count(*)::int from favourite where favourite.authority = ${authority} and favourite.post = asked.id) as favourites,
      exists (select from boost where boost.authority = ${authority} and boost.post = asked.id
        and boost.account = ${own}) as boosted,
      exists (select from favourite where favourite.authority = ${authority} and favourite.post = asked.id
        and favourite.account = ${own}) as favourited,
      exists (select from bookmark where bookmark.authority = ${authority} and bookmark.post = asked.id
        and bookmark.account = ${own}) as bookmarked,
      exists (select from pin where pin.authority = ${authority} and pin.post = asked.id
        and pin.account = ${own}) as pinned,
      exists (select from thread_mute join post on post.authority = ${authority} and post.thread = thread_mute.thread
        where thread_mute.authority = ${authority} and thread_mute.account = ${own} and post.id = asked.id) as muted
    from unnest(${[...new Set(posts)]}::bigint[]) as asked (id)`;
  return new Map(rows.map((row) => [row.id, row]));
}
