import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { accountColumns, type Account } from "./account.ts";

/**
 * Accounts whose handle or name begins as typed ("komm", "anna@ex"): our own first, then those known from elsewhere.
 * `keep`: a condition on `account` besides.
 */
export async function completeHandle(
  tx: Transaction,
  authority: AuthorityId,
  typed: string,
  limit: number,
  { offset = 0, keep }: { offset?: number; keep?: Fragment | undefined } = {},
): Promise<Account[]> {
  const [user = "", host = ""] = typed.toLowerCase().split("@");
  const begins = `${likeText(user)}%`;
  const ofHost = `${likeText(host)}%`;
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and gone_at is null and lower(domain) like ${ofHost}
    and (lower(handle) like ${begins} or ${host} = '' and (lower(name) like ${begins} or lower(name) like ${`% ${begins}`}))
    ${keep ? tx`and ${keep}` : tx``}
    order by uri is not null, lower(handle) not like ${begins}, length(handle), id limit ${limit} offset ${offset}`;
}

/** What is typed is looked for as it stands. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}
