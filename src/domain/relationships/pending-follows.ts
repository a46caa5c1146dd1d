import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { FollowId } from "./follows.ts";

/** Those who wait for a locked account's answer, the longest waiting first. */
export async function pendingFollows(
  tx: Transaction,
  authority: AuthorityId,
  followed: AccountId,
  limit: number,
): Promise<(Account & { follow: FollowId })[]> {
  return tx<(Account & { follow: FollowId })[]>`
    select known.*, follow.id as follow from follow
    join lateral (select ${accountColumns(tx)} from account
      where account.authority = ${authority} and account.id = follow.follower and account.gone_at is null) known on true
    where follow.authority = ${authority} and follow.followed = ${followed} and follow.state = 'pending'
    order by follow.id limit ${limit}`;
}
