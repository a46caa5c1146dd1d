import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** The authority's own voices: those that spoke last first, or the newest. */
export async function accountDirectory(
  tx: Transaction,
  authority: AuthorityId,
  page: { order: "active" | "new"; offset: number; limit: number },
): Promise<AccountId[]> {
  const rows = await tx<{ id: AccountId }[]>`
    select account.id from account left join account_count
    on account_count.authority = ${authority} and account_count.account = account.id
    where account.authority = ${authority} and account.uri is null and account.gone_at is null
    order by ${page.order === "new" ? tx`` : tx`account_count.last_post_on desc nulls last,`} account.id desc
    limit ${page.limit} offset ${page.offset}`;
  return rows.map(({ id }) => id);
}
