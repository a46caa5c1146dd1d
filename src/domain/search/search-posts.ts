import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, inPage, postColumns, type Page } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { tsQuery } from "./words.ts";
import { listed } from "#domain/posts/visible-to.ts";

/** Our own public posts in which every word of the query is found, newest first; none for a query without words. */
export async function searchPosts(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  page: Page,
): Promise<Post[]> {
  const wanted = tsQuery(query);
  if (!wanted) return [];
  // The index may be a moment behind: whether a post may be shown is asked of the post itself.
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    join post_search on post_search.authority = post.authority and post_search.post = post.id
    where post_search.authority = ${authority} and post_search.own and post_search.words @@ ${wanted}::tsquery
    and post.authority = ${authority} and post.uri is null and ${listed(tx, authority)}
    ${inPage(tx, page)}
    order by post.id desc limit ${page.limit}`;
}
