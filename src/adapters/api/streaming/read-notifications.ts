import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { accountNotifications } from "#domain/notifications/account-notifications.ts";
import type { Transaction } from "#platform/database.ts";
import { notificationEntities } from "../entities/notification.ts";
import type { Ear } from "./read-tidings.ts";

/** So many at once are told; whoever gets more reads the list. */
const limit = 40;

/** Where an account's notifications have come to. */
export async function newestNotification(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<string> {
  const [newest] = await accountNotifications(tx, authority, account, { limit: 1 });
  return newest?.id ?? "0";
}

/** What an account was told after one, oldest first and written out. */
export async function notificationsSince(
  tx: Transaction,
  { site, caller }: Pick<Ear, "site" | "caller">,
  after: string | undefined,
): Promise<{ newest: string | undefined; payloads: string[] }> {
  if (after === undefined) return { newest: undefined, payloads: [] };
  const told = await accountNotifications(tx, site.authority.id, caller.account.id, { after, limit });
  const entities = await notificationEntities(tx, { site, caller }, told.toReversed());
  return { newest: told[0]?.id, payloads: entities.map((one) => JSON.stringify(one)) };
}
