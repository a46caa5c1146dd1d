import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type ListId = Id<"list">;
/** Accounts that are read together. Belongs to one of ours: whoever speaks for it may use and change the list. */
export type List = { id: ListId; account: AccountId; title: string };

const longestTitle = 100;

export async function listsOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<(List & { members: number })[]> {
  return tx<(List & { members: number })[]>`
    select id, account, title, (select count(*)::int from list_member
      where list_member.authority = ${authority} and list_member.list = list.id) as members
    from list where authority = ${authority} and account = any(${[...accounts]}::bigint[]) order by lower(title), id`;
}

/** A list of one of these accounts. */
export async function findList(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
  accounts: readonly AccountId[],
): Promise<List | undefined> {
  const [row] = await tx<List[]>`
    select id, account, title from list
    where authority = ${authority} and id = ${id} and account = any(${[...accounts]}::bigint[])`;
  return row;
}

export async function makeList(
  tx: Transaction,
  authority: AuthorityId,
  list: { account: AccountId; title: string },
): Promise<{ outcome: "made"; id: ListId } | { outcome: "title-missing" }> {
  const title = list.title.trim().slice(0, longestTitle);
  if (title === "") return { outcome: "title-missing" };
  const [row] = await tx<{ id: ListId }[]>`
    insert into list (authority, account, title) values (${authority}, ${list.account}, ${title}) returning id`;
  if (!row) throw new Error("a list was not kept");
  return { outcome: "made", id: row.id };
}

export async function renameList(
  tx: Transaction,
  authority: AuthorityId,
  id: ListId,
  wanted: string,
): Promise<{ outcome: "renamed" | "title-missing" }> {
  const title = wanted.trim().slice(0, longestTitle);
  if (title === "") return { outcome: "title-missing" };
  await tx`update list set title = ${title} where authority = ${authority} and id = ${id}`;
  return { outcome: "renamed" };
}

export async function removeList(tx: Transaction, authority: AuthorityId, id: ListId): Promise<void> {
  await tx`delete from list where authority = ${authority} and id = ${id}`;
}

export async function membersOf(tx: Transaction, authority: AuthorityId, list: ListId): Promise<Account[]> {
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and id in (
      select account from list_member where authority = ${authority} and list = ${list})
    order by lower(name), id`;
}

/** As in the Mastodon API, only whom the account follows (or has asked to follow): nothing comes from others. */
export async function addMember(
  tx: Transaction,
  authority: AuthorityId,
  list: List,
  account: AccountId,
): Promise<{ outcome: "added" | "already" | "not-followed" }> {
  const [followed] = await tx`
    select from follow where authority = ${authority} and follower = ${list.account} and followed = ${account}`;
  if (!followed) return { outcome: "not-followed" };
  const rows = await tx`
    insert into list_member (authority, list, account) values (${authority}, ${list.id}, ${account})
    on conflict do nothing returning 1`;
  return { outcome: rows.length > 0 ? "added" : "already" };
}

export async function removeMember(
  tx: Transaction,
  authority: AuthorityId,
  list: ListId,
  account: AccountId,
): Promise<void> {
  await tx`delete from list_member where authority = ${authority} and list = ${list} and account = ${account}`;
}
