import { groupKeyOf } from "#domain/notifications/group-key.ts";
import type { NotificationGroup as Told } from "#domain/notifications/notification-groups.ts";
import type { AccountKind, Notification as Single } from "#domain/notifications/notification.ts";
import type { Transaction } from "#platform/database.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountsOf, type Account } from "./account.ts";
import type { Known } from "./known.ts";
import { loadStatuses } from "./load-statuses.ts";
import { postsOf } from "./posts-of.ts";
import type { Status } from "./status.ts";
import { wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/Notification/ */
export type Notification = {
  id: string;
  type: AccountKind;
  group_key: string;
  created_at: string;
  account: Account;
  status?: Status;
};

/** https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup */
export type NotificationGroup = {
  group_key: string;
  notifications_count: number;
  type: AccountKind;
  most_recent_notification_id: string;
  /** These three where groups are read by pages. */
  page_min_id?: string;
  page_max_id?: string;
  latest_page_notification_at?: string;
  sample_account_ids: string[];
  status_id?: string;
};
export type PartialAccount = Pick<
  Account,
  "id" | "acct" | "url" | "avatar" | "avatar_static" | "locked" | "bot"
>;

/** https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults */
export type GroupedNotifications = {
  accounts: Account[];
  partial_accounts?: PartialAccount[];
  statuses: Status[];
  notification_groups: NotificationGroup[];
};

export type NotificationLook = Pick<Call<Caller>, "site" | "caller"> & { known?: Known };

/** In a fixed number of queries; those whose post has gone, or is hidden by a filter for notifications, are left out. */
export async function notificationEntities(
  tx: Transaction,
  look: NotificationLook,
  notifications: readonly Single[],
): Promise<Notification[]> {
  if (notifications.length === 0) return [];
  const from = new Set(notifications.flatMap(({ fromAccount }) => fromAccount ?? []));
  const [statuses, told] = await Promise.all([
    statusesOf(tx, look, notifications),
    accountsOf(tx, look.site, [...from], look.known),
  ]);
  const accounts = byId(told);
  return notifications.flatMap((one) => {
    const account = accounts.get(one.fromAccount ?? "");
    const status = statuses.get(one.post ?? "");
    if (!account || (one.post && !status)) return [];
    const entity = {
      id: one.id,
      type: one.kind as AccountKind,
      group_key: groupKeyOf(one),
      created_at: wireTime(one.at),
      account,
    };
    return [status ? { ...entity, status } : entity];
  });
}

/** `partial`: of each group only who came last is told in full, and of the others as much as their pictures take. */
export async function groupedEntity(
  tx: Transaction,
  look: NotificationLook,
  groups: readonly Told[],
  show: { isPage: boolean; partial: boolean },
): Promise<GroupedNotifications> {
  const from = new Set(groups.flatMap((group) => group.accounts ?? []));
  const [statuses, voices] = await Promise.all([
    statusesOf(tx, look, groups),
    accountsOf(tx, look.site, [...from], look.known),
  ]);
  const told = groups.filter(({ post, accounts }) => accounts && (!post || statuses.has(post)));
  const shown = new Set<string>(told.flatMap((group) => group.accounts ?? []));
  const accounts = voices.filter(({ id }) => shown.has(id));
  const latest = new Set<string>(told.flatMap((group) => group.accounts?.[0] ?? []));
  const named = new Set<string>(told.flatMap(({ post }) => post ?? []));
  return {
    accounts: show.partial ? accounts.filter(({ id }) => latest.has(id)) : accounts,
    ...(show.partial
      ? { partial_accounts: accounts.filter(({ id }) => !latest.has(id)).map(partialAccount) }
      : {}),
    statuses: [...statuses.values()].filter(({ id }) => named.has(id)),
    notification_groups: told.map((group) => groupEntity(group, show.isPage)),
  };
}

function groupEntity(group: Told, isPage: boolean): NotificationGroup {
  return {
    group_key: group.key,
    notifications_count: group.count,
    type: group.kind,
    most_recent_notification_id: group.newest,
    ...(isPage
      ? {
          page_min_id: group.pageOldest,
          page_max_id: group.pageNewest,
          latest_page_notification_at: wireTime(group.at),
        }
      : {}),
    sample_account_ids: group.accounts ?? [],
    ...(group.post ? { status_id: group.post } : {}),
  };
}

function partialAccount({ id, acct, url, avatar, avatar_static, locked, bot }: Account): PartialAccount {
  return { id, acct, url, avatar, avatar_static, locked, bot };
}

async function statusesOf(
  tx: Transaction,
  look: NotificationLook,
  about: readonly { post: string | null }[],
): Promise<Map<string, Status>> {
  const ids = [...new Set(about.flatMap(({ post }) => post ?? []))];
  return byId(await loadStatuses(tx, look, await postsOf(tx, look, ids), "notifications"));
}

function byId<One extends { id: string }>(all: readonly One[]): Map<string, One> {
  return new Map(all.map((one) => [one.id, one]));
}
