import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";

/** The newest posts of each conversation are shown anew when its care changes; older ones when they are read again. */
const newestOfThread = 50;

export async function newestInThreads(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly string[],
): Promise<PostId[]> {
  if (threads.length === 0) return [];
  const rows = await tx<{ id: PostId }[]>`
    select newest.id from unnest(${[...new Set(threads)]}::bigint[]) as asked (thread), lateral (
      select post.id from post where post.authority = ${authority} and post.thread = asked.thread
      order by post.id desc limit ${newestOfThread}) newest`;
  return rows.map((row) => row.id);
}
