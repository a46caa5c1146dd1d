import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { markOf, type KnownRows, type Marked } from "#platform/known-rows.ts";
import type { Post } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { visibleTo, type Viewer } from "./visible-to.ts";

/** A post with whom it is said to, which its version settles as well, and the mark of that version. */
export type KnownPost = Post & { mentioned: AccountId[]; mark: string };

/** Posts that a query has named with their marks, in its order; those that are not known are read. */
export async function readKnownPosts(
  tx: Transaction,
  authority: AuthorityId,
  known: KnownRows<KnownPost>,
  marked: readonly Marked[],
): Promise<KnownPost[]> {
  return known.rows(
    authority,
    marked,
    (ids) => tx<KnownPost[]>`
      select ${postColumns(tx)}, ${postMark(tx)} as mark, array(
        select post_mention.account::text from post_mention
        where post_mention.authority = ${authority} and post_mention.post = post.id order by post_mention.account
      ) as mentioned
      ${fromPost(tx)} where post.authority = ${authority} and post.id = any(${ids}::bigint[])`,
  );
}

/** Posts in the order of the ids given; those that the viewer may not see are left out. */
export async function knownPostsById(
  tx: Transaction,
  authority: AuthorityId,
  known: KnownRows<KnownPost>,
  ids: readonly string[],
  viewer: Viewer,
): Promise<KnownPost[]> {
  if (ids.length === 0) return [];
  const marked = await tx<Marked[]>`
    select post.id, ${postMark(tx)} as mark ${fromPost(tx)}
    where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[]) and ${visibleTo(tx, authority, viewer)}`;
  const posts = await readKnownPosts(tx, authority, known, marked);
  const byId = new Map<string, KnownPost>(posts.map((post) => [post.id, post]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** For a query on `fromPost`. */
export function postMark(tx: Transaction): Fragment {
  return markOf(tx, "post", "said");
}
