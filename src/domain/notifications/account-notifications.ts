import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands } from "#domain/posts/visible-to.ts";
import { notMuted } from "#domain/relationships/not-muted.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { notificationColumns, type AccountKind, type Notification } from "./notification.ts";

/** What of that which an account is told somebody asks for; everything where nothing is said. */
export type Wanted = { kinds?: readonly AccountKind[] | undefined; from?: AccountId | undefined };

/** What one account is told, newest first, for its clients. */
export async function accountNotifications(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: Wanted & IdPage,
): Promise<Notification[]> {
  const rows = await tx<Notification[]>`
    select ${notificationColumns(tx)} from notification
    where ${toldTo(tx, authority, account, page)} 
    ${withinPage(tx, "notification.id", page)} ${cutPage(tx, "notification.id", page)}`;
  return newestFirst(rows, page);
}

export async function findAccountNotification(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  id: string,
): Promise<Notification | undefined> {
  const [row] = await tx<Notification[]>`
    select ${notificationColumns(tx)} from notification
    where ${toldTo(tx, authority, account)} and notification.id = ${id}`;
  return row;
}

/** How many came after one, counted no further than `most`. */
export async function countAfter(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  wanted: Wanted & { after: string; most: number },
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from (select from notification
      where ${toldTo(tx, authority, account, wanted)} and notification.id > ${wanted.after} limit ${wanted.most}) later`;
  return row?.count ?? 0;
}

/**
 * A condition on `notification`: what the account is told, unless the post is there no more, or it wants to hear no more
 * of the thread or of whoever did it. Asked row by row, for a page needs few of the posts that there are.
 */
export function toldTo(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  { kinds, from }: Wanted = {},
): Fragment {
  return tx`notification.authority = ${authority} and notification.account = ${account}
    ${kinds ? tx`and notification.kind = any(${[...kinds]}::text[])` : tx``}
    ${from ? tx`and notification.from_account = ${from}` : tx``}
    and (select ${stands(tx)} from post where post.authority = ${authority} and post.id = notification.post) is not false
    and (notification.thread = any(array(select thread_mute.thread from thread_mute
      where thread_mute.authority = ${authority} and thread_mute.account = ${account}))) is not true
    and ${notMuted(tx, authority, account, "notification.from_account", { notifications: true })}`;
}
