import type { Notification } from "#domain/notifications/notification.ts";

/** Notifications of the same thing, told in one sentence; newest first. */
export type Group = { newest: Notification; all: readonly Notification[] };

/** "Tre gillade" instead of three lines: what many did to the same post, or to the same account, stands where the latest would. */
export function groupNotifications(notifications: readonly Notification[]): Group[] {
  const groups = new Map<string, Notification[]>();
  for (const one of notifications) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((all) => (all[0] ? [{ newest: all[0], all }] : []));
}

/** Who follows, asks or likes is one of many; who writes, and what concerns a person, is said one by one. */
function keyOf(one: Notification): string {
  if (one.kind === "reblog" || one.kind === "favourite") return `${one.kind} ${one.account} ${one.post}`;
  if (one.kind === "follow" || one.kind === "follow_request") return `${one.kind} ${one.account}`;
  return one.id;
}
