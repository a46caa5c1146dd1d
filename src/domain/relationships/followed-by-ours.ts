import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** Which of these accounts one of ours follows. */
export async function followedByOurs(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<Set<AccountId>> {
  if (accounts.length === 0) return new Set();
  const rows = await tx<{ id: AccountId }[]>`
    select distinct follow.followed as id
    from follow join account on account.authority = follow.authority and account.id = follow.follower
    where follow.authority = ${authority} and follow.followed = any(${[...accounts]}::bigint[])
    and follow.state = 'accepted' and account.uri is null`;
  return new Set(rows.map(({ id }) => id));
}
