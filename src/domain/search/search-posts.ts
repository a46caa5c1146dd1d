import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns, type Page } from "#domain/posts/read-posts.ts";
import { listed } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import { nearestHits } from "./nearest-hits.ts";

/** Our own public posts, or those of one account, in which every word of the query is found, newest first; none without words. */
export async function searchPosts(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  page: Page,
  by?: AccountId,
): Promise<Post[]> {
  const looking = { before: page.before, after: page.after, limit: page.limit, own: true };
  // The index may be a moment behind: whether a post may be shown is asked of the post itself.
  return nearestHits(
    tx,
    authority,
    query,
    looking,
    (found) => tx<Post[]>`
      select ${postColumns(tx)} ${fromPost(tx)} join ${found} on found.post = post.id
      where post.authority = ${authority} and post.uri is null and ${listed(tx, authority)}
      ${by ? tx`and post.account = ${by}` : tx``}
      order by found.post desc limit ${page.limit}`,
  );
}
