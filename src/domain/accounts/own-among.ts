import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { AccountId } from "./account.ts";

/** Which of these accounts are ours, gone or not. */
export async function ownAmong(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<Set<AccountId>> {
  if (accounts.length === 0) return new Set();
  const rows = await tx<{ id: AccountId }[]>`
    select id from account
    where authority = ${authority} and id = any(${[...accounts]}::bigint[]) and uri is null`;
  return new Set(rows.map(({ id }) => id));
}
