import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** The authority's own accounts in numbers; `speaking`: those that have said something since a day. */
export type OwnTotals = { accounts: number; posts: number; speaking: number };

/** From what is counted already (account-counts.ts), so that it takes no longer the more there is. */
export async function ownTotals(
  tx: Transaction,
  authority: AuthorityId,
  since: Temporal.PlainDate,
): Promise<OwnTotals> {
  const [row] = await tx<OwnTotals[]>`
    select count(*)::int as accounts, coalesce(sum(account_count.posts), 0)::int as posts,
      count(*) filter (where account_count.last_post_on >= ${since.toString()}::date)::int as speaking
    from account left join account_count
      on account_count.authority = ${authority} and account_count.account = account.id
    where account.authority = ${authority} and account.uri is null and account.gone_at is null`;
  return row ?? { accounts: 0, posts: 0, speaking: 0 };
}
