import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** Who of ours spoke first in a conversation, so that anyone sees it; undefined where none of ours has. */
export async function ourVoiceIn(
  tx: Transaction,
  authority: AuthorityId,
  thread: PostId,
): Promise<AccountId | undefined> {
  const [row] = await tx<{ account: AccountId }[]>`
    select post.account from post
    where post.authority = ${authority} and post.thread = ${thread} and post.uri is null and ${visibleTo(tx, authority, anyone)}
    order by post.id limit 1`;
  return row?.account;
}

/** What a post answers, and what that answers, up to the first that the public may not have seen; nearest first. */
export async function ancestorsOf(
  tx: Transaction,
  authority: AuthorityId,
  post: Pick<Post, "inReplyTo">,
): Promise<Post[]> {
  if (!post.inReplyTo) return [];
  const seen = visibleTo(tx, authority, anyone, { withoutRemoved: false });
  return tx<Post[]>`
    with recursive above as (
      select post.id, post.in_reply_to, 1 as step from post
      where post.authority = ${authority} and post.id = ${post.inReplyTo} and ${seen}
      union all
      select post.id, post.in_reply_to, above.step + 1 from post join above on post.id = above.in_reply_to
      where post.authority = ${authority} and above.step < 500 and ${seen})
    select ${postColumns(tx)} ${fromPost(tx)} join above on above.id = post.id
    where post.authority = ${authority} order by above.step`;
}

/** After which post the portion of a conversation begins that a post stands in; undefined for the first portion. */
export async function portionOf(
  tx: Transaction,
  authority: AuthorityId,
  post: Pick<Post, "id" | "thread">,
  size: number,
): Promise<PostId | undefined> {
  const [row] = await tx<{ id: PostId | null }[]>`
    with before as (
      select post.id, row_number() over (order by post.id) as place from post
      where post.authority = ${authority} and post.thread = ${post.thread} and post.id < ${post.id}
      and ${visibleTo(tx, authority, anyone, { withoutRemoved: false })})
    select max(id) as id from before where place % ${size} = 0`;
  return row?.id ?? undefined;
}
