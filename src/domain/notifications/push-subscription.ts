import type { TokenId } from "#domain/accounts/access-token.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { json, type Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type PushSubscriptionId = Id<"push subscription">;

/** What a device may be told of, in the words of the Mastodon API. */
export const pushKinds = [
  "mention",
  "status",
  "reblog",
  "follow",
  "follow_request",
  "favourite",
  "poll",
  "update",
  "admin.sign_up",
  "admin.report",
] as const;
export type PushAlerts = Record<(typeof pushKinds)[number], boolean>;
/** From whom: everybody, those the account follows, those who follow it, nobody. */
export const pushPolicies = ["all", "followed", "follower", "none"] as const;
export type PushPolicy = (typeof pushPolicies)[number];

/** Where the device of one token is told, and of what. */
export type PushSubscription = {
  id: PushSubscriptionId;
  endpoint: string;
  /** The device's public key and secret, in base64url (RFC 8291). */
  p256dh: string;
  auth: string;
  /** By the standards as they were adopted, and not by their drafts. */
  standard: boolean;
  policy: PushPolicy;
  alerts: Partial<PushAlerts>;
};

/** Replaces what the token had. What has been told so far is not told again. */
export async function savePushSubscription(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
  wanted: Omit<PushSubscription, "id">,
): Promise<PushSubscription> {
  await removePushSubscription(tx, authority, token);
  await tx`
    insert into push_subscription (authority, token, endpoint, p256dh, auth, standard, policy, alerts, told_to)
    select ${authority}, access_token.id, ${wanted.endpoint}, ${wanted.p256dh}, ${wanted.auth}, ${wanted.standard},
      ${wanted.policy}, ${json(tx, wanted.alerts)}, coalesce((select max(id) from notification
        where notification.authority = ${authority} and notification.account = access_token.account), 0)
    from access_token where access_token.authority = ${authority} and access_token.id = ${token}`;
  const kept = await findPushSubscription(tx, authority, token);
  if (!kept) throw new Error("a push subscription was not kept");
  return kept;
}

export async function findPushSubscription(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
): Promise<PushSubscription | undefined> {
  const [row] = await tx<PushSubscription[]>`
    select id, endpoint, p256dh, auth, standard, policy, alerts from push_subscription
    where authority = ${authority} and token = ${token}`;
  return row;
}

export async function changePushSubscription(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
  wanted: Pick<PushSubscription, "policy" | "alerts">,
): Promise<PushSubscription | undefined> {
  await tx`update push_subscription set policy = ${wanted.policy}, alerts = ${json(tx, wanted.alerts)}
    where authority = ${authority} and token = ${token}`;
  return findPushSubscription(tx, authority, token);
}

export async function removePushSubscription(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
): Promise<void> {
  await tx`delete from push_subscription where authority = ${authority} and token = ${token}`;
}
