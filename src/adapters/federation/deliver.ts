import { siteOf, type Services, type Site } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { markRefused, queueHosts, type Delivery } from "#domain/deliveries/delivery.ts";
import { recordFailure } from "#domain/deliveries/peer.ts";
import { mostWaiting, openDeliveryDesk, type DeliveryDesk } from "./delivery-desk.ts";
import { keyUri } from "./documents/own-uris.ts";
import { judgeAnswer, type Verdict } from "./judge-answer.ts";
import { signCavage } from "./signatures/cavage.ts";

export type DeliverServices = Pick<
  Services,
  "config" | "db" | "clock" | "log" | "fetch" | "metrics" | "random" | "stopping"
>;

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
  desk: DeliveryDesk = openDeliveryDesk(services),
): Promise<void> {
  let found = await desk.look(authorityId, host);
  if (!found.authority) return;
  const round: Round = {
    services,
    desk,
    site: siteOf(services.config, found.authority),
    host,
    stopped: false,
  };
  const pause = found.pausedUntil;
  if (pause && Temporal.Instant.compare(pause, services.clock()) > 0) return requeue(round);
  while (found.waiting.length > 0 && !isOver(round)) {
    const last = found.waiting.length < mostWaiting;
    const lines = [...Map.groupBy(found.waiting, (delivery) => delivery.inbox).values()];
    await Promise.all(Array.from({ length: Math.min(parallel, lines.length) }, () => serve(round, lines)));
    // What came meanwhile has brought a job of its own.
    if (last) return;
    found = await desk.look(authorityId, host);
  }
}

type Failed = Extract<Verdict, { outcome: "failed" }>;

type Round = {
  services: DeliverServices;
  desk: DeliveryDesk;
  site: Site;
  host: string;
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

async function post({ services, desk, site }: Round, delivery: Delivery): Promise<Verdict> {
  const { account, body } = delivery;
  const privateKeyPem = await desk.keyOf(site.authority, account);
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
  const { services, desk, site, host } = round;
  const { db, log, metrics } = services;
  const authority = site.authority.id;
  const now = services.clock();
  switch (verdict.outcome) {
    case "delivered":
      await desk.delivered(authority, { id: delivery.id, host });
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
