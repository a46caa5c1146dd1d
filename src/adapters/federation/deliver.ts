import { siteOf, type Services, type Site } from "#context.ts";
import { privateKey } from "#domain/accounts/create-account.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { findAuthority, type AuthorityId } from "#domain/authorities/authority.ts";
import {
  markDelivered,
  markRefused,
  queueHosts,
  waitingFor,
  type Delivery,
} from "#domain/deliveries/delivery.ts";
import { pausedUntil, recordFailure, recordSuccess } from "#domain/deliveries/peer.ts";
import { keyUri } from "./documents/own-uris.ts";
import { judgeAnswer, type Verdict } from "./judge-answer.ts";
import { signCavage } from "./signatures/cavage.ts";

export type DeliverServices = Pick<
  Services,
  "config" | "db" | "clock" | "log" | "fetch" | "metrics" | "random" | "stopping"
>;

const batch = 100;
/** So often a host may stumble over a delivery before the next in line is tried past it. */
const stumbles = 3;
/** Inboxes of one host that are posted to at the same time. */
const parallel = 4;

/**
 * Posts what waits for a host: in order for each inbox, some inboxes at a time. The first sign that the host itself
 * is in trouble ends the round, and the host is tried again when its pause is over. What went wrong at the other
 * end is kept with the delivery and the peer, never thrown.
 */
export async function deliverTo(
  services: DeliverServices,
  authorityId: AuthorityId,
  host: string,
): Promise<void> {
  const { db, config } = services;
  const authority = await db.read(authorityId, (tx) => findAuthority(tx, authorityId));
  if (!authority) return;
  const round: Round = { services, site: siteOf(config, authority), host, keys: new Map(), stopped: false };
  const pause = await db.read(authorityId, (tx) => pausedUntil(tx, authorityId, host));
  if (pause && Temporal.Instant.compare(pause, services.clock()) > 0) return requeue(round);
  while (!isOver(round)) {
    const waiting = await db.read(authorityId, (tx) => waitingFor(tx, authorityId, host, batch));
    if (waiting.length === 0) return;
    const lines = [...Map.groupBy(waiting, (delivery) => delivery.inbox).values()];
    await Promise.all(Array.from({ length: parallel }, () => serve(round, lines)));
  }
}

type Failed = Extract<Verdict, { outcome: "failed" }>;

type Round = {
  services: DeliverServices;
  site: Site;
  host: string;
  keys: Map<AccountId, Promise<string>>;
  /** The host is in trouble: nothing more is sent in this round. */
  stopped: boolean;
};

/** Takes one inbox's line after the other until none is left. */
async function serve(round: Round, lines: Delivery[][]): Promise<void> {
  for (let line = lines.shift(); line && !isOver(round); line = lines.shift()) {
    for (let delivery = line.shift(); delivery && !isOver(round); delivery = line.shift()) {
      const verdict = await post(round, delivery);
      if (
        line.length > 0 &&
        verdict.outcome === "failed" &&
        verdict.stumbled &&
        delivery.attempts >= stumbles
      )
        await tryPast(round, delivery, verdict, line);
      else await settle(round, delivery, verdict);
    }
  }
}

/** Where a host stumbles over one again and again but takes the next, the fault is the one's: it holds up no others. */
async function tryPast(round: Round, delivery: Delivery, verdict: Failed, line: Delivery[]): Promise<void> {
  const next = line.shift();
  const second = next && (await post(round, next));
  if (!next || second?.outcome !== "delivered") return settle(round, delivery, verdict);
  await settle(round, next, second);
  await settle(round, delivery, { outcome: "refused", error: `${verdict.error}, but took the one after it` });
}

/** When the process is to stop, what is under way is finished and nothing more begun. */
function isOver(round: Round): boolean {
  return round.stopped || round.services.stopping.aborted;
}

async function post({ services, site, keys }: Round, delivery: Delivery): Promise<Verdict> {
  const { account, body } = delivery;
  let key = keys.get(account);
  if (!key) {
    key = services.db.read(site.authority.id, (tx) => privateKey(tx, site.authority, account));
    keys.set(account, key);
  }
  const privateKeyPem = await key;
  const headers = { "content-type": "application/activity+json" };
  const answer = await services.fetch(delivery.inbox, {
    method: "POST",
    headers,
    body,
    headersFor: (url) =>
      signCavage({
        method: "POST",
        url,
        headers,
        body,
        keyId: keyUri(site, account),
        privateKeyPem,
        date: services.clock(),
      }),
  });
  return judgeAnswer(answer, services.clock());
}

async function settle(round: Round, delivery: Delivery, verdict: Verdict): Promise<void> {
  const { services, site, host } = round;
  const { db, log, metrics } = services;
  const authority = site.authority.id;
  const now = services.clock();
  switch (verdict.outcome) {
    case "delivered":
      await db.as(authority, async (tx) => {
        await markDelivered(tx, authority, delivery.id, now);
        await recordSuccess(tx, authority, host, now);
      });
      break;
    case "refused":
      log.warn("a delivery was refused", { inbox: delivery.inbox, error: verdict.error });
      await db.as(authority, (tx) => markRefused(tx, authority, delivery.id, verdict.error));
      break;
    case "failed": {
      // Of several inboxes failing at once the first is the host's failure; counting each would lengthen the pause.
      if (round.stopped) return;
      round.stopped = true;
      const { error, retryAt } = verdict;
      const nextAt = await db.as(authority, (tx) =>
        recordFailure(tx, authority, host, { error, now, random: services.random(), retryAt }),
      );
      log.warn("a host does not take deliveries", { host, error, next: nextAt?.toString() ?? "given up" });
      if (nextAt) await requeue(round);
      break;
    }
  }
  metrics.deliveries.inc({ outcome: verdict.outcome });
}

function requeue({ services, site, host }: Round): Promise<void> {
  return services.db.as(site.authority.id, (tx) => queueHosts(tx, site.authority.id, [host]));
}
