import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** How many posts for everyone our accounts have said in each week since, by the day it began (Monday, UTC). */
export async function postsByWeek(
  tx: Transaction,
  authority: AuthorityId,
  since: Temporal.Instant,
): Promise<Map<string, number>> {
  const rows = await tx<{ week: string; posts: number }[]>`
    select date_trunc('week', post.published_at at time zone 'UTC')::date::text as week, count(*)::int as posts
    from post where post.authority = ${authority} and post.account in
      (select id from account where account.authority = ${authority} and account.uri is null)
    and post.published_at >= ${since}
    and ${visibleTo(tx, authority, anyone)} group by 1`;
  return new Map(rows.map(({ week, posts }) => [week, posts]));
}
