import { sayKept } from "#domain/accounts/kept.ts";
import {
  accountNotifications,
  countAfter,
  findAccountNotification,
} from "#domain/notifications/account-notifications.ts";
import { dismiss, type NotificationId } from "#domain/notifications/notification.ts";
import { sayNotified } from "#domain/notifications/notified.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, done, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { knownOf } from "../entities/known.ts";
import { notificationEntities } from "../entities/notification.ts";
import { pageLinks, pageOf } from "../page.ts";
import { countOf, pageSize, readTo, wantedOf } from "./wanted.ts";
import { readFor } from "../read-for.ts";

type UserCall = Call<Caller>;

/** GET /api/v1/notifications */
export async function listNotifications(call: UserCall): Promise<Response> {
  const { site, caller } = call;
  const authority = site.authority.id;
  const page = { ...wantedOf(call), ...pageOf(call, pageSize) };
  const look = { ...call, known: knownOf(call) };
  const { entities, places } = await readFor(call, async (tx) => {
    const found = await accountNotifications(tx, authority, caller.account.id, page);
    return { entities: await notificationEntities(tx, look, found), places: found.map(({ id }) => id) };
  });
  return answer(entities, 200, pageLinks(call, places));
}

/** GET /api/v1/notifications/:id */
export async function getNotification(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const [entity] = await services.db.read(authority, async (tx) => {
    const found = await findAccountNotification(tx, authority, caller.account.id, params.text("id") ?? "");
    return found ? notificationEntities(tx, call, [found]) : [];
  });
  return entity ? answer(entity) : missing();
}

/** GET /api/v1/notifications/unread_count */
export async function unreadCount(call: UserCall): Promise<Response> {
  const { services, site, caller } = call;
  const authority = site.authority.id;
  const count = await services.db.read(authority, async (tx) => {
    const wanted = { ...wantedOf(call), after: await readTo(tx, call), most: countOf(call) };
    return countAfter(tx, authority, caller.account.id, wanted);
  });
  return answer({ count });
}

/** POST /api/v1/notifications/clear */
export async function clear(call: UserCall): Promise<Response> {
  const authority = call.site.authority.id;
  await call.services.db.as(authority, async (tx) => {
    await dismiss(tx, authority, call.caller.account.id, "all");
    await sayDismissed(tx, call);
  });
  return done();
}

/** POST /api/v1/notifications/:id/dismiss */
export async function dismissOne(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const id = params.id<"notification">("id");
  const gone = await services.db.as(authority, async (tx) => {
    const dismissed =
      id !== undefined && (await dismiss(tx, authority, caller.account.id, id satisfies NotificationId));
    if (dismissed) await sayDismissed(tx, call);
    return dismissed;
  });
  return gone ? done() : missing();
}

/** It is put away for everybody who speaks for the account, in apps and decks. */
export async function sayDismissed(
  tx: Transaction,
  { site, caller }: Pick<UserCall, "site" | "caller">,
): Promise<void> {
  const authority = site.authority.id;
  await sayNotified(tx, authority, { persons: [], accounts: [caller.account.id] });
  await sayKept(tx, authority, { account: caller.account.id, what: "notifications" });
}
