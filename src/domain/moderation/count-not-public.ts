import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/**
 * How many posts of a conversation the public may not see because they were not said in public.
 * What we told an author about a decision, and the answer to it, is no part of the conversation.
 */
export async function countNotPublic(
  tx: Transaction,
  authority: AuthorityId,
  thread: string | Fragment,
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from post
    where authority = ${authority} and thread = ${thread} and visibility in ('followers', 'direct') and deleted_at is null
    and not exists (select from decision where decision.authority = ${authority} and decision.notice in (post.id, post.in_reply_to))`;
  return row?.count ?? 0;
}
