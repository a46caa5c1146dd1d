import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** Whom each post is said to. */
export async function mentionsOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly PostId[],
): Promise<Map<PostId, AccountId[]>> {
  if (posts.length === 0) return new Map();
  const rows = await tx<{ post: PostId; accounts: AccountId[] }[]>`
    select post, array_agg(account::text order by account) as accounts from post_mention
    where authority = ${authority} and post = any(${[...posts]}::bigint[]) group by post`;
  return new Map(rows.map((row) => [row.post, row.accounts]));
}

/** What each post is called elsewhere; null for ours. */
export async function urisOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly PostId[],
): Promise<Map<PostId, string | null>> {
  if (posts.length === 0) return new Map();
  const rows = await tx<{ id: PostId; uri: string | null }[]>`
    select id, uri from post where authority = ${authority} and id = any(${[...posts]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row.uri]));
}

/** Public answers to a post, ours and others', in order of arrival. */
export async function publicReplies(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
  page: { after?: PostId | undefined; limit: number },
): Promise<{ id: PostId; uri: string | null }[]> {
  return tx<{ id: PostId; uri: string | null }[]>`
    select id, uri from post
    where post.authority = ${authority} and post.in_reply_to = ${post} and ${visibleTo(tx, authority, anyone)}
    ${page.after ? tx`and post.id > ${page.after}` : tx``}
    order by post.id limit ${page.limit}`;
}
