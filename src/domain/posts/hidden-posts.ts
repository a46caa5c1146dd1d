import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";

/** What has been taken from public view, the latest first: for moderators alone. Direct messages are not theirs to read. */
export async function hiddenPosts(tx: Transaction, authority: AuthorityId, limit: number): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.hidden_at is not null and post.deleted_at is null and post.visibility <> 'direct'
    order by post.hidden_at desc limit ${limit}`;
}

/** Posts that were reported, whatever their state; whoever reported showed them to us. */
export async function reportedPosts(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Post[]> {
  if (ids.length === 0) return [];
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)} where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[])`;
}
