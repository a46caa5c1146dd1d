import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { anyone, visibleTo, type Viewer } from "./visible-to.ts";

/** Posts that have been removed, as far as concerns who is told so. */
export type Removed = { id: string; own: boolean; visibility: string };

/** Those of some removed posts that an account could see while they stood; undefined stands for anyone. */
export async function couldSee(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
  account: AccountId | undefined,
): Promise<Removed[]> {
  if (posts.length === 0) return [];
  const viewer: Viewer = account ? { kind: "staff", accounts: [account] } : anyone;
  return tx<Removed[]>`
    select post.id, post.uri is null as own, post.visibility from post
    where post.authority = ${authority} and post.id = any(${[...posts]}::bigint[])
    and ${visibleTo(tx, authority, viewer, { withoutRemoved: false })}`;
}
