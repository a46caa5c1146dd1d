import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns, type Page } from "#domain/posts/read-posts.ts";
import {
  fromPostSpoken,
  type KnownThreads,
  readSpoken,
  type Speaker,
  type Spoken,
  spokenMarks,
  type ThreadPost,
} from "#domain/posts/read-thread.ts";
import { listed } from "#domain/posts/visible-to.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { nearestHits } from "./nearest-hits.ts";

/** Our own public posts, or those of one account, in which every word of the query is found, newest first; none without words. */
export async function searchPosts(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  page: Page,
  by?: AccountId,
): Promise<Post[]> {
  return nearestHits(
    tx,
    authority,
    query,
    { ...page, own: true },
    (found) => tx<Post[]>`
      select ${postColumns(tx)} ${fromPost(tx)} ${among(tx, authority, found)}
      ${by ? tx`and post.account = ${by}` : tx``} order by found.post desc limit ${page.limit}`,
  );
}

/** The same with who said them; what is known of either is not read again. */
export async function searchSpoken(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  page: Page,
  known: KnownThreads,
): Promise<{ posts: ThreadPost[]; speakers: Speaker[] }> {
  const marked = await nearestHits(
    tx,
    authority,
    query,
    { ...page, own: true },
    (found) => tx<Spoken[]>`
      select ${spokenMarks(tx)} ${fromPostSpoken(tx)} ${among(tx, authority, found)}
      order by found.post desc limit ${page.limit}`,
  );
  return readSpoken(tx, known, authority, marked);
}

/** The index may be a moment behind: whether a post may be shown is asked of the post itself. */
function among(tx: Transaction, authority: AuthorityId, found: Fragment): Fragment {
  return tx`join ${found} on found.post = post.id
    where post.authority = ${authority} and post.uri is null and ${listed(tx, authority)}`;
}
