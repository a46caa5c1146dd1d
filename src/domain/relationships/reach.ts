import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { suffixes } from "./blocks.ts";

/** Where an account elsewhere is reached. */
export type Reach = { account: AccountId; inbox: string; sharedInbox: string | null };

/** Where these accounts are reached by one of ours; ours, those gone and those on either side of a block are left out. */
export async function reachOf(
  tx: Transaction,
  authority: AuthorityId,
  by: AccountId,
  accounts: readonly AccountId[],
): Promise<Reach[]> {
  if (accounts.length === 0) return [];
  const rows = await tx<Reach[]>`
    select id as account, inbox, shared_inbox as "sharedInbox" from account
    where authority = ${authority} and id = any(${[...accounts]}::bigint[]) and ${reachable(tx, authority, by)}`;
  return withoutBlockedHosts(tx, authority, rows, (row) => row.inbox);
}

/** Where the followers of one of ours are reached: one shared inbox for each server that has one. */
export async function reachOfFollowers(
  tx: Transaction,
  authority: AuthorityId,
  by: AccountId,
): Promise<string[]> {
  const rows = await tx<{ inbox: string }[]>`
    select distinct coalesce(account.shared_inbox, account.inbox) as inbox
    from follow join account on account.authority = follow.authority and account.id = follow.follower
    where follow.authority = ${authority} and follow.followed = ${by} and follow.state = 'accepted'
    and ${reachable(tx, authority, by)}`;
  return withoutBlockedHosts(
    tx,
    authority,
    rows.map((row) => row.inbox),
    (inbox) => inbox,
  );
}

/** Of inboxes that had something before: without those that belong to someone on either side of a block now. */
export async function stillReachable(
  tx: Transaction,
  authority: AuthorityId,
  by: AccountId,
  inboxes: readonly string[],
): Promise<string[]> {
  if (inboxes.length === 0) return [];
  const blocked = await tx<{ inbox: string }[]>`
    select inbox from account
    where authority = ${authority} and uri is not null and inbox = any(${[...inboxes]}::text[])
    and inbox is distinct from shared_inbox and not ${reachable(tx, authority, by)}`;
  const left = new Set(inboxes).difference(new Set(blocked.map((row) => row.inbox)));
  return withoutBlockedHosts(tx, authority, [...left], (inbox) => inbox);
}

function reachable(tx: Transaction, authority: AuthorityId, by: AccountId) {
  return tx`(account.uri is not null and account.gone_at is null and account.inbox is not null
    and not exists (select from block where block.authority = ${authority} and block.account = account.id)
    and not exists (select from blocked_by where blocked_by.authority = ${authority}
      and blocked_by.account = ${by} and blocked_by.by = account.id))`;
}

/** One query however many hosts. */
async function withoutBlockedHosts<T>(
  tx: Transaction,
  authority: AuthorityId,
  items: readonly T[],
  inboxOf: (item: T) => string,
): Promise<T[]> {
  const above = (item: T) => suffixes(URL.parse(inboxOf(item))?.host ?? "");
  const asked = [...new Set(items.flatMap(above))];
  if (asked.length === 0) return [...items];
  const rows = await tx<{ domain: string }[]>`
    select domain from block where authority = ${authority} and domain = any(${asked}::text[])`;
  const blocked = new Set(rows.map((row) => row.domain));
  return items.filter((item) => !above(item).some((domain) => blocked.has(domain)));
}
