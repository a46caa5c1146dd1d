import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";

export type ListId = Id<"list">;
/** Accounts that are read together. Belongs to one of ours: whoever speaks for it may use and change the list. */
export type List = {
  id: ListId;
  account: AccountId;
  title: string;
  /** Which replies of its members stand in it: to whomever the account follows, to each other, or none. */
  repliesPolicy: RepliesPolicy;
  /** Its members are read here, and not at home. */
  exclusive: boolean;
};
export const repliesPolicies = ["followed", "list", "none"] as const;
export type RepliesPolicy = (typeof repliesPolicies)[number];
type ListSettings = { repliesPolicy?: RepliesPolicy | undefined; exclusive?: boolean | undefined };

const longestTitle = 100;

export async function listsOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<(List & { members: number })[]> {
  return tx<(List & { members: number })[]>`
    select ${listColumns(tx)}, (select count(*)::int from list_member
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
    select ${listColumns(tx)} from list
    where authority = ${authority} and id = ${id} and account = any(${[...accounts]}::bigint[])`;
  return row;
}

export async function makeList(
  tx: Transaction,
  authority: AuthorityId,
  list: { account: AccountId; title: string } & ListSettings,
): Promise<{ outcome: "made"; id: ListId } | { outcome: "title-missing" }> {
  const title = list.title.trim().slice(0, longestTitle);
  if (title === "") return { outcome: "title-missing" };
  const [row] = await tx<{ id: ListId }[]>`
    insert into list (authority, account, title, replies_policy, exclusive)
    values (${authority}, ${list.account}, ${title}, ${list.repliesPolicy ?? "list"}, ${list.exclusive ?? false}) returning id`;
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

/** What is not given stays as it is. */
export async function setList(
  tx: Transaction,
  authority: AuthorityId,
  list: List,
  { repliesPolicy = list.repliesPolicy, exclusive = list.exclusive }: ListSettings,
): Promise<void> {
  await tx`update list set replies_policy = ${repliesPolicy}, exclusive = ${exclusive}
    where authority = ${authority} and id = ${list.id}`;
  await sayKept(tx, authority, { account: list.account, what: "timelines" });
}

export async function removeList(tx: Transaction, authority: AuthorityId, id: ListId): Promise<void> {
  const [list] = await tx<{ account: AccountId }[]>`
    delete from list where authority = ${authority} and id = ${id} returning account`;
  if (list) await sayKept(tx, authority, { account: list.account, what: "timelines" });
}

export async function membersOf(tx: Transaction, authority: AuthorityId, list: ListId): Promise<Account[]> {
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and id in (
      select account from list_member where authority = ${authority} and list = ${list})
    order by lower(name), id`;
}

/** Members by their ids, so that nobody is skipped or shown twice while others come and go. */
export async function pageMembers(
  tx: Transaction,
  authority: AuthorityId,
  list: ListId,
  page: IdPage,
): Promise<Account[]> {
  const rows = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and id in (
      select account from list_member where authority = ${authority} and list = ${list})
    ${withinPage(tx, "id", page)} ${cutPage(tx, "id", page)}`;
  return newestFirst(rows, page);
}

/** Those of an account's lists that somebody is a member of. */
export async function listsWith(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  member: AccountId,
): Promise<List[]> {
  return tx<List[]>`
    select ${listColumns(tx)} from list
    where authority = ${authority} and account = ${account} and exists (select from list_member
      where list_member.authority = ${authority} and list_member.list = list.id and list_member.account = ${member})
    order by lower(title), id`;
}

/** As in the Mastodon API, only whom the account follows (or has asked to follow): nothing comes from others. */
export async function addMember(
  tx: Transaction,
  authority: AuthorityId,
  list: Pick<List, "id" | "account">,
  account: AccountId,
): Promise<{ outcome: "added" | "already" | "not-followed" }> {
  return addMembers(tx, authority, list, [account]);
}

/** Several at once: all of them, or (when one is not followed, or in it already) none. */
export async function addMembers(
  tx: Transaction,
  authority: AuthorityId,
  list: Pick<List, "id" | "account">,
  accounts: readonly AccountId[],
): Promise<{ outcome: "added" | "already" | "not-followed" }> {
  const wanted = [...new Set(accounts)];
  const rows = await tx<{ isMember: boolean }[]>`
    select exists (select from list_member where list_member.authority = ${authority}
      and list_member.list = ${list.id} and list_member.account = follow.followed) as "isMember"
    from follow where authority = ${authority} and follower = ${list.account} and followed = any(${wanted}::bigint[])`;
  if (rows.length < wanted.length) return { outcome: "not-followed" };
  if (rows.some(({ isMember }) => isMember)) return { outcome: "already" };
  await tx`insert into list_member (authority, list, account)
    select ${authority}, ${list.id}, account from unnest(${wanted}::bigint[]) as wanted (account) on conflict do nothing`;
  await sayKept(tx, authority, { account: list.account, what: "timelines" });
  return { outcome: "added" };
}

export async function removeMembers(
  tx: Transaction,
  authority: AuthorityId,
  list: Pick<List, "id" | "account">,
  accounts: readonly AccountId[],
): Promise<void> {
  await tx`delete from list_member
    where authority = ${authority} and list = ${list.id} and account = any(${[...accounts]}::bigint[])`;
  await sayKept(tx, authority, { account: list.account, what: "timelines" });
}

/** As in the Mastodon API, whoever is followed no more leaves the follower's lists: nothing comes from them. */
export async function leaveLists(
  tx: Transaction,
  authority: AuthorityId,
  ended: readonly { follower: AccountId; followed: AccountId }[],
): Promise<void> {
  if (ended.length === 0) return;
  const rows = await tx<{ account: AccountId }[]>`
    delete from list_member using list,
      unnest(${ended.map(({ follower }) => follower)}::bigint[], ${ended.map(({ followed }) => followed)}::bigint[])
        as ended (follower, followed)
    where list_member.authority = ${authority} and list.authority = ${authority} and list.id = list_member.list
      and list.account = ended.follower and list_member.account = ended.followed
    returning list.account`;
  for (const account of new Set(rows.map((row) => row.account)))
    await sayKept(tx, authority, { account, what: "timelines" });
}

function listColumns(tx: Transaction) {
  return tx`id, account, title, replies_policy as "repliesPolicy", exclusive`;
}
