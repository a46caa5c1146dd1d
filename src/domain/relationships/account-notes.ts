import type { AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

export const longestNote = 2000;

/** What those who speak for one of ours note of another account, for themselves; nothing takes it away. */
export async function noteAccount(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  about: AccountId,
  comment: string,
): Promise<{ outcome: "noted" | "removed" | "too-long" }> {
  const text = comment.trim();
  if (text.length > longestNote) return { outcome: "too-long" };
  await sayKept(tx, authority, { account, what: "settings" });
  if (text === "") {
    await tx`delete from account_note where authority = ${authority} and account = ${account} and about = ${about}`;
    return { outcome: "removed" };
  }
  await tx`insert into account_note (authority, account, about, comment)
    values (${authority}, ${account}, ${about}, ${text})
    on conflict (authority, account, about) do update set comment = excluded.comment`;
  return { outcome: "noted" };
}
