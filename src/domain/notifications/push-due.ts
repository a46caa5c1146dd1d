import { joinHolder } from "#domain/accounts/living-tokens.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { addJob } from "#platform/jobs.ts";
import { toldTo } from "./account-notifications.ts";
import type { NotificationId } from "./notification.ts";
import type { PushSubscription, PushSubscriptionId } from "./push-subscription.ts";

export const pushJob = "push-notifications";
/** What is older is no news on a device; push services keep it no longer for one that is switched off. */
export const pushedHours = 48;
/** So many are told at a time; of more than these the older ones are passed over. */
const mostAtOnce = 10;

/** Whoever wants to be told of these accounts will be, each device by a job of its own: none waits for another. */
export async function queuePushes(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly string[],
): Promise<void> {
  if (accounts.length === 0) return;
  const subscribed = await tx<{ id: PushSubscriptionId; restUntil: Temporal.Instant | null }[]>`
    select push_subscription.id, rest_until as "restUntil" from push_subscription
    join access_token on access_token.authority = ${authority} and access_token.id = push_subscription.token
    where push_subscription.authority = ${authority} and access_token.account = any(${[...accounts]}::bigint[])
    and policy <> 'none' order by push_subscription.id`;
  for (const { id, restUntil } of subscribed) await queuePush(tx, authority, id, restUntil ?? undefined);
}

export async function queuePush(
  tx: Transaction,
  authority: AuthorityId,
  subscription: PushSubscriptionId,
  runAt?: Temporal.Instant,
): Promise<void> {
  await addJob(
    tx,
    pushJob,
    { authority, subscription },
    { key: `push ${subscription}`, yielding: true, ...(runAt ? { runAt } : {}) },
  );
}

/** Somebody whose device is told: in their language, for the account that the device's app speaks for. */
export type PushReader = { account: Account["id"]; person: PersonId; language: Language };
export type DuePush = {
  id: NotificationId;
  kind: string;
  fromAccount: AccountId;
  post: PostId | null;
};
export type DuePushes = {
  subscription: PushSubscription;
  reader: PushReader;
  failures: number;
  restUntil: Temporal.Instant | null;
  due: DuePush[];
};

/** What a device is still to be told, oldest first; undefined when its token no longer speaks for anybody. */
export async function duePushes(
  tx: Transaction,
  authority: AuthorityId,
  id: PushSubscriptionId,
  now: Temporal.Instant,
): Promise<DuePushes | undefined> {
  type Row = PushSubscription & PushReader & Pick<DuePushes, "failures" | "restUntil"> & { after: string };
  const [row] = await tx<Row[]>`
    select push_subscription.id, endpoint, p256dh, auth, standard, policy, alerts, failures,
      rest_until as "restUntil", told_to as after, access_token.account, person.id as person, person.language
    from push_subscription
    join access_token on access_token.authority = ${authority} and access_token.id = push_subscription.token
    ${joinHolder(tx, authority)}
    where push_subscription.authority = ${authority} and push_subscription.id = ${id}`;
  if (!row) return undefined;
  const { after, failures, restUntil, account, person, language, ...subscription } = row;
  const reader = { account, person, language };
  const due = await dueOf(tx, authority, subscription, reader, { after, now });
  return { subscription, reader, failures, restUntil, due };
}

async function dueOf(
  tx: Transaction,
  authority: AuthorityId,
  { alerts, policy }: PushSubscription,
  { account, person }: PushReader,
  { after, now }: { after: string; now: Temporal.Instant },
): Promise<DuePush[]> {
  const wanted = Object.entries(alerts).flatMap(([kind, isWanted]) => (isWanted ? [kind] : []));
  if (wanted.length === 0 || policy === "none") return [];
  const follows = (follower: "own" | "other") =>
    tx`and exists (select from follow where follow.authority = ${authority} and follow.state = 'accepted'
      and follow.follower = ${follower === "own" ? tx`${account}::bigint` : tx`notification.from_account`}
      and follow.followed = ${follower === "own" ? tx`notification.from_account` : tx`${account}::bigint`})`;
  const from = { all: tx``, followed: follows("own"), follower: follows("other") }[policy];
  const newest = await tx<DuePush[]>`
    select id, kind, from_account as "fromAccount", post from notification
    where ${toldTo(tx, authority, account)} and id > ${after} and kind = any(${wanted}::text[])
    and at > ${now.subtract({ hours: pushedHours })} and from_account is not null
    and from_person is distinct from ${person}::bigint ${from}
    order by id desc limit ${mostAtOnce}`;
  return newest.toReversed();
}

/** Told: this notification, and with it all before it. */
export async function markPushed(
  tx: Transaction,
  authority: AuthorityId,
  id: PushSubscriptionId,
  notification: NotificationId,
): Promise<void> {
  await tx`update push_subscription set told_to = greatest(told_to, ${notification}::bigint), failures = 0, rest_until = null
    where authority = ${authority} and id = ${id}`;
}

/** The other end took it not: it is told again after a rest, or this one is passed over. */
export async function markPushFailed(
  tx: Transaction,
  authority: AuthorityId,
  id: PushSubscriptionId,
  failed: { passedOver: NotificationId } | { restUntil: Temporal.Instant },
): Promise<void> {
  const passedOver = "passedOver" in failed ? failed.passedOver : "0";
  const restUntil = "restUntil" in failed ? failed.restUntil : null;
  await tx`update push_subscription set failures = failures + 1, rest_until = ${restUntil},
    told_to = greatest(told_to, ${passedOver}::bigint)
    where authority = ${authority} and id = ${id}`;
}

/** Nobody is there any more. */
export async function endPushSubscription(
  tx: Transaction,
  authority: AuthorityId,
  id: PushSubscriptionId,
): Promise<void> {
  await tx`delete from push_subscription where authority = ${authority} and id = ${id}`;
}
