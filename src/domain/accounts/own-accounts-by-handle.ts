import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { accountColumns, type Account } from "./account.ts";

/** Ours by their handles, given and found in lower case. */
export async function ownAccountsByHandle(
  tx: Transaction,
  authority: AuthorityId,
  handles: readonly string[],
): Promise<Map<string, Account>> {
  if (handles.length === 0) return new Map();
  const rows = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null and lower(handle) = any(${[...new Set(handles)]}::text[])`;
  return new Map(rows.map((row) => [row.handle.toLowerCase(), row]));
}
