import { siteOf, type Services } from "#context.ts";
import { findAuthority, type AuthorityId } from "#domain/authorities/authority.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { Transaction } from "#platform/database.ts";
import {
  sendActor,
  sendBlock,
  sendFeature,
  sendFollow,
  sendFollowAnswer,
  sendPost,
  sendReaction,
  type Sending,
} from "./send.ts";

/** Tells the servers that it concerns what our accounts have done. */
export function outSubscription(services: Pick<Services, "config" | "log">): Subscription {
  return {
    name: "federation-out",
    kinds,
    async handle(tx, authority, entries) {
      for (const entry of entries) await send(services, tx, authority, entry);
    },
    // These are sent as they then stand; what is done and undone, only in its order.
    late: ({ kind }) => (asItStands.has(kind) ? "always" : "if-account-rests"),
  };
}

const asItStands = new Set(["post-published", "post-edited", "post-deleted", "account-changed"]);

const kinds = [
  "post-published",
  "post-edited",
  "post-deleted",
  "post-boosted",
  "boost-undone",
  "post-favourited",
  "favourite-undone",
  "post-pinned",
  "post-unpinned",
  "follow-requested",
  "follow-undone",
  "follow-accepted",
  "follow-rejected",
  "account-changed",
  "sender-blocked",
  "sender-unblocked",
];

async function send(
  services: Pick<Services, "config" | "log">,
  tx: Transaction,
  authorityId: AuthorityId,
  entry: Entry,
): Promise<void> {
  const authority = await findAuthority(tx, authorityId);
  if (!authority || !entry.account) return;
  const sending = await prepare({ tx, site: siteOf(services.config, authority), entry });
  if (!sending) return;
  await queueDeliveries(
    tx,
    authorityId,
    {
      entry: entry.id,
      account: sending.account,
      post: sending.post ?? null,
      body: JSON.stringify(sending.activity),
    },
    usable(services, sending.inboxes),
  );
}

function prepare(context: Parameters<typeof sendPost>[0]): Promise<Sending | undefined> {
  switch (context.entry.kind) {
    case "post-published":
      return sendPost(context, "create");
    case "post-edited":
      return sendPost(context, "update");
    case "post-deleted":
      return sendPost(context, "delete");
    case "post-boosted":
      return sendReaction(context, "boost", "done");
    case "boost-undone":
      return sendReaction(context, "boost", "undone");
    case "post-favourited":
      return sendReaction(context, "favourite", "done");
    case "favourite-undone":
      return sendReaction(context, "favourite", "undone");
    case "post-pinned":
      return sendFeature(context, "Add");
    case "post-unpinned":
      return sendFeature(context, "Remove");
    case "follow-requested":
      return sendFollow(context, "done");
    case "follow-undone":
      return sendFollow(context, "undone");
    case "follow-accepted":
      return sendFollowAnswer(context, "Accept");
    case "follow-rejected":
      return sendFollowAnswer(context, "Reject");
    case "account-changed":
      return sendActor(context);
    case "sender-blocked":
      return sendBlock(context, "done");
    case "sender-unblocked":
      return sendBlock(context, "undone");
    default:
      return Promise.resolve(undefined);
  }
}

/** One delivery per inbox. What is no address is what a peer told us wrongly: it keeps nobody else from theirs. */
function usable(services: Pick<Services, "log">, inboxes: readonly string[]): string[] {
  const found = new Set<string>();
  for (const inbox of inboxes) {
    const url = URL.parse(inbox);
    if (url && /^https?:$/.test(url.protocol)) found.add(inbox);
    else services.log.warn("an inbox that is no address was left out", { inbox: inbox.slice(0, 200) });
  }
  return [...found];
}
