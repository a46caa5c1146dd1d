import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { FollowId } from "./follows.ts";
import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";

/** Followers, those followed, or those who ask to follow, newest first, by the id of the follow; gone ones left out. */
export async function pageFollows(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  side: "followers" | "following" | "requests",
  page: IdPage,
): Promise<(Account & { place: FollowId })[]> {
  const [other, self] = side === "following" ? ["followed", "follower"] : ["follower", "followed"];
  const rows = await tx<(Account & { place: FollowId })[]>`
    select known.*, follow.id as place from follow
    join lateral (select ${accountColumns(tx)} from account
      where account.authority = ${authority} and account.id = ${tx(`follow.${other}`)} and account.gone_at is null) known on true
    where follow.authority = ${authority} and ${tx(`follow.${self}`)} = ${account}
    and follow.state = ${side === "requests" ? "pending" : "accepted"}
    ${withinPage(tx, "follow.id", page)} ${cutPage(tx, "follow.id", page)}`;
  return newestFirst(rows, page);
}

export async function countFollowRequests(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from follow join account
    on account.authority = ${authority} and account.id = follow.follower and account.gone_at is null
    where follow.authority = ${authority} and follow.followed = ${account} and follow.state = 'pending'`;
  return row?.count ?? 0;
}

/** A condition: an account follows the one in this column. */
export function followedCondition(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  column: string,
): Fragment {
  return tx`exists (select from follow where follow.authority = ${authority} and follow.follower = ${account}
    and follow.followed = ${tx(column)} and follow.state = 'accepted')`;
}
