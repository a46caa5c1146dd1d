import type { Subscription } from "#domain/journal/subscription.ts";
import { inboxSubscription, type SubscriptionServices } from "./inbox/handle.ts";
import { outSubscription } from "./out-subscription.ts";

/** What federation does when something has happened: tells other servers, and handles what they sent. */
export function federationSubscriptions(services: SubscriptionServices): Subscription[] {
  return [outSubscription(services), inboxSubscription(services)];
}
