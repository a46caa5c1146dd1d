import { vapidKey } from "#domain/notifications/push-key.ts";
import {
  changePushSubscription,
  findPushSubscription,
  removePushSubscription,
  savePushSubscription,
  type PushAlerts,
  type PushPolicy,
  type PushSubscription,
} from "#domain/notifications/push-subscription.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { alertsOf, readSubscription, readWishes } from "./read-subscription.ts";

/** https://docs.joinmastodon.org/entities/WebPushSubscription/ */
export type WebPushSubscription = {
  id: number;
  endpoint: string;
  standard: boolean;
  server_key: string;
  alerts: PushAlerts;
  policy: PushPolicy;
};

/** POST /api/v1/push/subscription */
export async function subscribe({ services, site, caller, params }: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  const where = readSubscription(params, services.config);
  if ("problem" in where) return invalid(where.problem);
  const { alerts = alertsOf(() => false), policy = "all" } = readWishes(params);
  return services.db.as(authority, async (tx) => {
    const kept = await savePushSubscription(tx, authority, caller.token, { ...where, alerts, policy });
    return answer(entityOf(kept, await vapidKey(tx, authority)));
  });
}

/** GET /api/v1/push/subscription */
export async function showSubscription({ services, site, caller }: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  return services.db.as(authority, async (tx) => {
    const kept = await findPushSubscription(tx, authority, caller.token);
    return kept ? answer(entityOf(kept, await vapidKey(tx, authority))) : missing();
  });
}

/** PUT /api/v1/push/subscription: what is not said stays as it is. */
export async function changeSubscription({
  services,
  site,
  caller,
  params,
}: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  const wishes = readWishes(params);
  return services.db.as(authority, async (tx) => {
    const kept = await findPushSubscription(tx, authority, caller.token);
    if (!kept) return missing();
    const { alerts = kept.alerts, policy = kept.policy } = wishes;
    const changed = await changePushSubscription(tx, authority, caller.token, { alerts, policy });
    return changed ? answer(entityOf(changed, await vapidKey(tx, authority))) : missing();
  });
}

/** DELETE /api/v1/push/subscription */
export async function unsubscribe({ services, site, caller }: Call<Caller>): Promise<Response> {
  const authority = site.authority.id;
  await services.db.as(authority, (tx) => removePushSubscription(tx, authority, caller.token));
  return done();
}

function entityOf(kept: PushSubscription, serverKey: string): WebPushSubscription {
  const { id, endpoint, standard, alerts, policy } = kept;
  return {
    id: shortId(id),
    endpoint,
    standard,
    server_key: serverKey,
    alerts: alertsOf((kind) => alerts[kind] ?? false),
    policy,
  };
}

/**
 * Mastodon sends a number, in spite of its documentation, and the apps on telephones read one of 32 bits. A token has
 * one subscription, which nothing asks for by its id, so that a part of ours will do.
 */
function shortId(id: string): number {
  return Number(BigInt(id) & 0x7fffffffn);
}
