import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { accountColumns, type Account, type AccountId } from "./account.ts";

/** Everyone who speaks or has spoken for the authority, in order of arrival, `limit` of them after an id. */
export async function listRegister(
  tx: Transaction,
  authority: AuthorityId,
  page: { after?: AccountId | undefined; limit: number },
): Promise<Account[]> {
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null ${page.after ? tx`and id > ${page.after}` : tx``}
    order by id limit ${page.limit}`;
}
