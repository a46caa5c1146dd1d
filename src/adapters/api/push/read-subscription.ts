import { createECDH } from "node:crypto";
import {
  pushKinds,
  pushPolicies,
  type PushAlerts,
  type PushPolicy,
  type PushSubscription,
} from "#domain/notifications/push-subscription.ts";
import { refuseUrl, type OutboundPolicy } from "#platform/outbound-url.ts";
import type { Params } from "../params.ts";

type Wanted = Pick<PushSubscription, "endpoint" | "p256dh" | "auth" | "standard">;

const longestEndpoint = 2_000;
const authBytes = 16;

/** Where a device is to be told, if it can be; else what is wrong, as a sentence. */
export function readSubscription(params: Params, policy: OutboundPolicy): Wanted | { problem: string } {
  const subscription = params.nested("subscription");
  const keys = subscription?.nested("keys");
  const endpoint = URL.parse(subscription?.text("endpoint") ?? "");
  const isOpen = policy.allowPrivateNetwork || endpoint?.protocol === "https:";
  if (!endpoint || !isOpen || refuseUrl(endpoint, policy) || endpoint.href.length > longestEndpoint)
    return { problem: "Validation failed: Endpoint is not a valid https URL" };
  const p256dh = decoded(keys?.text("p256dh"));
  const auth = decoded(keys?.text("auth"));
  if (!p256dh || !isOnCurve(p256dh))
    return { problem: "Validation failed: Key p256dh is not a public key of P-256" };
  if (auth?.length !== authBytes) return { problem: `Validation failed: Key auth is not ${authBytes} bytes` };
  return {
    endpoint: endpoint.href,
    p256dh: p256dh.toString("base64url"),
    auth: auth.toString("base64url"),
    standard: subscription?.flag("standard") ?? false,
  };
}

/** What a device is to be told of; what is not said is undefined. */
export function readWishes(params: Params): {
  alerts: PushAlerts | undefined;
  policy: PushPolicy | undefined;
} {
  const data = params.nested("data");
  const asked = data?.nested("alerts");
  return {
    alerts: asked && alertsOf((kind) => asked.flag(kind) ?? false),
    // The documentation has it in both places.
    policy: data?.word("policy", pushPolicies) ?? params.word("policy", pushPolicies),
  };
}

export function alertsOf(isWanted: (kind: (typeof pushKinds)[number]) => boolean): PushAlerts {
  return Object.fromEntries(pushKinds.map((kind) => [kind, isWanted(kind)])) as PushAlerts;
}

/** Base64 of either alphabet, padded or not: apps send all of them. */
function decoded(text: string | undefined): Buffer | undefined {
  if (text === undefined || text.length > 200 || !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, "base64");
}

/** An uncompressed point, and one that a secret can be shared with. */
function isOnCurve(point: Buffer): boolean {
  if (point.length !== 65 || point[0] !== 4) return false;
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  try {
    curve.computeSecret(point);
    return true;
  } catch {
    return false;
  }
}
