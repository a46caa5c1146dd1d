import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

/** The accounts that a post is said to or names, as far as we know them. */
export async function mentionedIn(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
): Promise<AccountId[]> {
  const rows = await tx<{ account: AccountId }[]>`
    select account from post_mention where authority = ${authority} and post = ${post} order by account`;
  return rows.map((row) => row.account);
}
