import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { TimelineItem } from "./timelines.ts";

/** What an account has said and passed on, as anyone may see it, newest first; the page of a voice. */
export async function accountTimeline(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: { before?: string | undefined; limit: number; replies: boolean },
): Promise<TimelineItem[]> {
  const before = page.before ?? "9223372036854775807";
  const open = visibleTo(tx, authority, anyone);
  return tx<TimelineItem[]>`
    with item as (
      (select post.id as position, post.id as post, null::bigint as by from post
      where post.authority = ${authority} and post.account = ${account} and post.id < ${before} and ${open}
      ${page.replies ? tx`` : tx`and post.in_reply_to is null and post.in_reply_to_uri is null`}
      order by post.id desc limit ${page.limit})
      union all
      (select boost.id, boost.post, boost.account from boost
      join post on post.authority = boost.authority and post.id = boost.post
      where boost.authority = ${authority} and boost.account = ${account} and boost.id < ${before} and ${open}
      order by boost.id desc limit ${page.limit}))
    select ${postColumns(tx)}, item.position, item.by as "boostedBy"
    ${fromPost(tx)} join item on post.id = item.post
    where post.authority = ${authority}
    order by item.position desc limit ${page.limit}`;
}
