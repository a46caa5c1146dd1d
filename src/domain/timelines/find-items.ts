import type { AuthorityId } from "#domain/authorities/authority.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { visibleTo, type Viewer } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { TimelineItem } from "./timelines.ts";

/**
 * Posts, and boosts with the posts that they pass on, by their ids and in the order of those; in one query. What the
 * viewer may not see, what is removed and what a decision hides is left out.
 */
export async function findItems(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
  viewer: Viewer,
): Promise<TimelineItem[]> {
  if (ids.length === 0) return [];
  const rows = await tx<TimelineItem[]>`
    with asked as (
      select id as position, id, null::bigint as by from unnest(${[...new Set(ids)]}::bigint[]) as one (id)
      union all
      select boost.id, boost.post, boost.account from boost
      where boost.authority = ${authority} and boost.id = any(${[...ids]}::bigint[]))
    select ${postColumns(tx)}, asked.position, asked.by as "boostedBy" ${fromPost(tx)} join asked on asked.id = post.id
    where post.authority = ${authority} and ${visibleTo(tx, authority, viewer)}`;
  const shown = rows.filter((row) => row.hiddenAt === null);
  const byId = new Map(shown.map((row) => [row.position, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
