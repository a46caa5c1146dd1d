import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

export type AccountCounts = {
  posts: number;
  followers: number;
  following: number;
  /** The day of its newest post, in the authority's zone. */
  lastPostOn: string | null;
};

/** How many posts and follows there are of each account, as far as we know them; those never counted are left out. */
export async function accountCountsOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly string[],
): Promise<Map<string, AccountCounts>> {
  if (accounts.length === 0) return new Map();
  const rows = await tx<(AccountCounts & { account: string })[]>`
    select account, posts, followers, following, last_post_on::text as "lastPostOn" from account_count
    where authority = ${authority} and account = any(${[...new Set(accounts)]}::bigint[])`;
  return new Map(rows.map((row) => [row.account, row]));
}
