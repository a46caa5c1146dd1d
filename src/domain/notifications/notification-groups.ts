import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { toldTo, type Wanted } from "./account-notifications.ts";
import { groupKey, readGroupKey, type GroupedKind, type GroupMembers } from "./group-key.ts";
import type { AccountKind, NotificationId } from "./notification.ts";

export type NotificationGroup = {
  key: string;
  kind: AccountKind;
  post: PostId | null;
  /** As many as there are up to the top of the page. */
  count: number;
  newest: NotificationId;
  /** Who did it last, the latest first; null where no account did. */
  accounts: AccountId[] | null;
  /** When the newest of them was told. */
  at: Temporal.Instant;
  /** Of those that stand on the page. */
  pageOldest: NotificationId;
  pageNewest: NotificationId;
};

type Asked = Wanted & { grouped: readonly GroupedKind[] };
/** Whose notifications. */
type Whose = { authority: AuthorityId; account: AccountId };

/** So many faces are shown of a group. */
const mostFaces = 8;

/**
 * A page of groups: the stretch of notifications, newest first, in which so many groups are met. What of a group is
 * older stands on later pages under the same key, so that every notification is on one page alone.
 */
export async function notificationGroups(
  tx: Transaction,
  whose: Whose,
  page: Asked & IdPage,
): Promise<{ groups: NotificationGroup[]; newest: string; oldest: string } | undefined> {
  const met = await walk(tx, whose, page);
  // Ids have one width, so they sort as text.
  const ids = met.map(({ id }) => id).toSorted();
  const [oldest] = ids;
  const newest = ids.at(-1);
  if (!oldest || !newest) return undefined;
  const keys = met.map(({ key }) => key);
  const groups = await readGroups(tx, whose, page, { keys, oldest, newest });
  return { groups, newest, oldest };
}

/** How many groups have something that came after one, counted no further than `most`. */
export async function countGroupsAfter(
  tx: Transaction,
  whose: Whose,
  wanted: Asked & { after: string; most: number },
): Promise<number> {
  return (await walk(tx, whose, { ...wanted, up: true, limit: wanted.most })).length;
}

export async function findGroup(
  tx: Transaction,
  whose: Whose,
  key: string,
): Promise<NotificationGroup | undefined> {
  const members = readGroupKey(key);
  if (!members) return undefined;
  const [group] = await tx<NotificationGroup[]>`
    select ${key}::text as key, ${summary(tx, tx`true`)} from notification
    where ${toldTo(tx, whose.authority, whose.account)} and ${among(tx, members)} having count(*) > 0`;
  return group;
}

/** Who did it, the latest first, each with the notification that tells of it. */
export async function groupAccounts(
  tx: Transaction,
  { authority, account }: Whose,
  key: string,
  page: IdPage,
): Promise<{ id: AccountId; place: NotificationId }[]> {
  const members = readGroupKey(key);
  if (!members) return [];
  const rows = await tx<{ id: AccountId; place: NotificationId }[]>`
    select from_account as id, id as place from notification
    where ${toldTo(tx, authority, account)} and from_account is not null and ${among(tx, members)} 
    ${withinPage(tx, "notification.id", page)} ${cutPage(tx, "notification.id", page)}`;
  return newestFirst(rows, page);
}

/** Puts a group away for everybody who speaks for the account. */
export async function dismissGroup(
  tx: Transaction,
  { authority, account }: Whose,
  key: string,
): Promise<boolean> {
  const members = readGroupKey(key);
  if (!members) return false;
  const gone = await tx`
    delete from notification
    where notification.authority = ${authority} and notification.account = ${account} and ${among(tx, members)}
    returning 1`;
  return gone.length > 0;
}

/** The first notification of each group that is met, one after the other by index, until there are enough. */
async function walk(
  tx: Transaction,
  { authority, account }: Whose,
  page: Asked & IdPage,
): Promise<{ id: string; key: string }[]> {
  const key = groupKey(tx, page.grouped);
  const told = tx`from notification where ${toldTo(tx, authority, account, page)} ${withinPage(tx, "notification.id", page)}`;
  const order = page.up ? tx`order by notification.id` : tx`order by notification.id desc`;
  const further = page.up ? tx`notification.id > met.id` : tx`notification.id < met.id`;
  return tx<{ id: string; key: string }[]>`
    with recursive met as (
      (select notification.id, ${key} as key, array[${key}] as keys ${told} ${order} limit 1)
      union all
      select next.id, next.key, met.keys || next.key from met, lateral (
        select notification.id, ${key} as key ${told} and ${further} and ${key} <> all(met.keys) ${order} limit 1) next
      where cardinality(met.keys) < ${page.limit})
    select id, key from met`;
}

async function readGroups(
  tx: Transaction,
  { authority, account }: Whose,
  asked: Asked,
  page: { keys: string[]; oldest: string; newest: string },
): Promise<NotificationGroup[]> {
  // No group reaches further down than the half day of the oldest: ids carry their time.
  const lowest = tx`((${page.oldest}::bigint >> 16) / 43200000 * 43200000) << 16`;
  const told = tx`select * from notification
    where notification.authority = ${authority} and notification.account = ${account}`;
  const below = tx`and notification.id >= ${lowest} and notification.id < ${page.oldest}`;
  const members = page.keys.map(readGroupKey);
  const posts = members.flatMap((one) => (one && "post" in one ? (one.post ?? []) : []));
  const hasFollows = members.some((one) => one && "kind" in one && one.kind === "follow");
  // What stands on the page, and what may belong to its groups further down: all else of that half day need not be read.
  const near = tx`(${told} and notification.id between ${page.oldest} and ${page.newest}
    ${posts.length > 0 ? tx`union all ${told} ${below} and notification.post = any(${posts}::bigint[])` : tx``}
    ${hasFollows ? tx`union all ${told} ${below} and notification.kind = 'follow'` : tx``}) notification`;
  const rows = await tx<NotificationGroup[]>`
    select ${groupKey(tx, asked.grouped)} as key, ${summary(tx, tx`notification.id >= ${page.oldest}`)} from ${near}
    where ${toldTo(tx, authority, account)} and ${groupKey(tx, asked.grouped)} = any(${page.keys}::text[])
    group by 1 order by max(id) desc`;
  return rows;
}

/** Of the notifications of a group; `onPage` tells which of them stand on the page. */
function summary(tx: Transaction, onPage: Fragment): Fragment {
  return tx`min(kind) as kind, min(post) as post, count(*)::int as count, max(id) as newest,
    (array_agg(from_account::text order by id desc) filter (where from_account is not null))[1:${mostFaces}::int] as accounts,
    (array_agg(at order by id desc))[1] as at,
    min(id) filter (where ${onPage}) as "pageOldest", max(id) filter (where ${onPage}) as "pageNewest"`;
}

function among(tx: Transaction, members: GroupMembers): Fragment {
  return "only" in members
    ? tx`notification.id = ${members.only}`
    : tx`notification.kind = ${members.kind} and notification.post is not distinct from ${members.post}::bigint
        and notification.id >= ${members.from} and notification.id < ${members.upTo}`;
}
