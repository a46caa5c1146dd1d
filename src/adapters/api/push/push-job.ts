import { siteOf, type Services, type Site } from "#context.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { findAuthority, type AuthorityId } from "#domain/authorities/authority.ts";
import {
  duePushes,
  endPushSubscription,
  markPushed,
  markPushFailed,
  pushJob,
  queuePush,
  type DuePush,
  type DuePushes,
} from "#domain/notifications/push-due.ts";
import { pushKey, type PushKey } from "#domain/notifications/push-key.ts";
import type { PushSubscriptionId } from "#domain/notifications/push-subscription.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import { parseId } from "#platform/id.ts";
import type { JobHandler } from "#platform/jobs.ts";
import type { Transaction } from "#platform/database.ts";
import { accountsOf } from "../entities/account.ts";
import { createHostRests } from "./host-rests.ts";
import { sendPush, type PushSent } from "./send-push.ts";
import { writeMessage } from "./write-message.ts";

/** A device that takes nothing for so long is given up: messages that are refused, and silences (about a day). */
const mostRefusals = 10;
const mostSilences = 15;
const firstRestSeconds = 15;
const longestRestSeconds = 6 * 3_600;
const urgent = new Set(["mention", "follow_request"]);

type Message = { push: DuePush; text: string };
type Ready = DuePushes & { site: Site; key: PushKey; messages: Message[] };

/** Tells devices what has come, each in its turn. */
export function pushJobs(services: Services): Record<string, JobHandler> {
  const rests = createHostRests(services.clock);
  const running = new Set<string>();
  return {
    [pushJob]: async (payload) => {
      const authority = payload["authority"] as AuthorityId;
      const id = parseId<"push subscription">(payload["subscription"]);
      if (!id) return;
      const again = (at: Temporal.Instant) =>
        services.db.as(authority, (tx) => queuePush(tx, authority, id, at));
      const now = services.clock();
      // What has come meanwhile waits until the same device has been told of what came before.
      if (running.has(id)) return again(now.add({ seconds: 1 }));
      running.add(id);
      try {
        const ready = await services.db.as(authority, (tx) => prepare(tx, services, authority, id));
        if (!ready || ready.messages.length === 0) return;
        if (ready.restUntil && Temporal.Instant.compare(now, ready.restUntil) < 0)
          return await again(ready.restUntil);
        const turn = rests.begin(new URL(ready.subscription.endpoint).host);
        if ("at" in turn) return await again(turn.at);
        let answered = false;
        try {
          answered = await tell(services, ready);
        } finally {
          turn.end(answered);
        }
      } finally {
        running.delete(id);
      }
    },
  };
}

/** What is to be told, read in one go. A subscription that is nobody's any more is taken away. */
async function prepare(
  tx: Transaction,
  services: Services,
  id: AuthorityId,
  subscription: PushSubscriptionId,
): Promise<Ready | undefined> {
  const authority = await findAuthority(tx, id);
  const found = authority && (await duePushes(tx, id, subscription, services.clock()));
  if (!found) {
    await endPushSubscription(tx, id, subscription);
    return undefined;
  }
  const site = siteOf(services.config, authority);
  const { due, reader } = found;
  const from = [...new Set(due.map(({ fromAccount }) => fromAccount))];
  const voices = await accountsById(tx, id, from);
  const shown = new Map((await accountsOf(tx, site, from)).map((account) => [account.id, account]));
  const own = { kind: "staff", accounts: [reader.account] } as const;
  const posts = await postsById(tx, id, [...new Set(due.flatMap(({ post }) => post ?? []))], own);
  const messages = due.flatMap((push): Message[] => {
    const account = shown.get(push.fromAccount);
    const post = posts.find((one) => one.id === push.post && one.hiddenAt === null);
    if (!account || (push.post && !post)) return [];
    const doer = {
      name: account.display_name || account.acct,
      icon: account.avatar,
      biography: voices.get(push.fromAccount)?.biography ?? [],
    };
    return [{ push, text: writeMessage(push, reader, doer, post) }];
  });
  return { ...found, site, key: await pushKey(tx, id), messages };
}

/** One after another, until the other end takes no more. Whether it answered. */
async function tell(services: Services, ready: Ready): Promise<boolean> {
  let { failures } = ready;
  for (const { push, text } of ready.messages) {
    const message = { text, urgent: urgent.has(push.kind) };
    const sent = await sendPush(services, ready.site, ready.subscription, ready.key, message);
    await services.db.as(ready.site.authority.id, (tx) =>
      settle(tx, services, ready, { push, sent, failures }),
    );
    if (sent.outcome === "later") return sent.answered;
    if (sent.outcome === "gone") return true;
    failures = sent.outcome === "taken" ? 0 : failures + 1;
  }
  return true;
}

async function settle(
  tx: Transaction,
  { clock }: Services,
  { site, subscription: { id } }: Ready,
  { push, sent, failures }: { push: DuePush; sent: PushSent; failures: number },
): Promise<void> {
  const authority = site.authority.id;
  switch (sent.outcome) {
    case "taken":
      return markPushed(tx, authority, id, push.id);
    case "gone":
      return endPushSubscription(tx, authority, id);
    case "refused":
      if (failures + 1 >= mostRefusals) return endPushSubscription(tx, authority, id);
      return markPushFailed(tx, authority, id, { passedOver: push.id });
    case "later": {
      if (failures + 1 >= mostSilences) return endPushSubscription(tx, authority, id);
      const seconds = Math.min(sent.afterSeconds ?? firstRestSeconds * 2 ** failures, longestRestSeconds);
      const restUntil = clock().add({ seconds });
      await markPushFailed(tx, authority, id, { restUntil });
      return queuePush(tx, authority, id, restUntil);
    }
  }
}
