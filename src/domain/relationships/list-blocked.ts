import { accountColumns, type Account } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";

/** The accounts that the authority takes nothing from. */
export async function listBlocked(
  tx: Transaction,
  authority: AuthorityId,
  page: IdPage,
): Promise<(Account & { place: string })[]> {
  const rows = await tx<(Account & { place: string })[]>`
    select known.*, block.id as place from block
    join lateral (select ${accountColumns(tx)} from account
      where account.authority = ${authority} and account.id = block.account) known on true
    where block.authority = ${authority} and block.account is not null
    ${withinPage(tx, "block.id", page)} ${cutPage(tx, "block.id", page)}`;
  return newestFirst(rows, page);
}
