import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns, type Page } from "#domain/posts/read-posts.ts";
import { visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";

/** A post in a timeline; `position` orders it and names the place to go on from: the post's id, or the boost's. */
export type TimelineItem = Post & { position: string; boostedBy: AccountId | null };

/**
 * What the accounts that ours follow have said and passed on, and what ours have said themselves, newest first.
 * Reads the newest of each account by index, so the length of history does not count.
 */
export async function homeTimeline(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  page: Page,
): Promise<TimelineItem[]> {
  const own = [...accounts];
  return tx<TimelineItem[]>`
    with voice as (
      select unnest(${own}::bigint[]) as account
      union select followed from follow where authority = ${authority} and follower = any(${own}::bigint[]) and state = 'accepted'),
    item as (
      select said.* from voice, lateral (
        select id as position, id as post, null::bigint as by from post
        where post.authority = ${authority} and post.account = voice.account and post.deleted_at is null ${inPage(tx, "post.id", page)}
        order by id desc limit ${page.limit}) said
      union all
      select passed.* from voice, lateral (
        select id, post, account from boost
        where boost.authority = ${authority} and boost.account = voice.account ${inPage(tx, "boost.id", page)}
        order by id desc limit ${page.limit}) passed)
    select ${postColumns(tx)}, item.position, item.by as "boostedBy"
    ${fromPost(tx)} join item on post.id = item.post
    where post.authority = ${authority} and ${visibleTo(tx, authority, { kind: "staff", accounts: own })}
    order by item.position desc limit ${page.limit}`;
}

/** What others have said to our accounts, newest first: what waits for an answer. */
export async function inboxTimeline(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  page: Page,
): Promise<TimelineItem[]> {
  const own = [...accounts];
  return tx<TimelineItem[]>`
    with item as (
      select distinct post as position from addressed
      where authority = ${authority} and account = any(${own}::bigint[]) ${inPage(tx, "addressed.post", page)}
      order by post desc limit ${page.limit * 2})
    select ${postColumns(tx)}, item.position, null as "boostedBy"
    ${fromPost(tx)} join item on post.id = item.position
    where post.authority = ${authority} and ${visibleTo(tx, authority, { kind: "staff", accounts: own })}
    order by item.position desc limit ${page.limit}`;
}

function inPage(tx: Transaction, column: string, page: Page) {
  return tx`${page.before ? tx`and ${tx(column)} < ${page.before}` : tx``}
    ${page.after ? tx`and ${tx(column)} > ${page.after}` : tx``}`;
}
