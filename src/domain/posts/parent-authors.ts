import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post } from "./post.ts";
import { stands, visibleTo, type Viewer } from "./visible-to.ts";

/** Who wrote what each post answers, by the parent's id; only of parents that stand and that the viewer may see. */
export async function parentAuthorsOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Pick<Post, "inReplyTo">[],
  viewer: Viewer,
): Promise<Map<string, AccountId>> {
  const parents = [...new Set(posts.flatMap(({ inReplyTo }) => inReplyTo ?? []))];
  if (parents.length === 0) return new Map();
  const rows = await tx<{ id: string; account: AccountId }[]>`
    select post.id, post.account from post
    where post.authority = ${authority} and post.id = any(${parents}::bigint[]) and ${visibleTo(tx, authority, viewer)}
    and ${stands(tx)}`;
  return new Map(rows.map(({ id, account }) => [id, account]));
}
