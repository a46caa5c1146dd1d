import { siteOf, type Services, type Site } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { queueHosts, type Delivery } from "#domain/deliveries/delivery.ts";
import { mostWaiting, openDeliveryDesk, type DeliveryDesk } from "./delivery-desk.ts";
import { keyUri } from "./documents/own-uris.ts";
import { judgeAnswer, type Verdict } from "./judge-answer.ts";
import { signCavageAside } from "./signatures/cavage.ts";

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
 * end is kept with the delivery and the peer, never thrown. `begun` is called when it is the host's turn to be
 * posted to.
 */
export async function deliverTo(
  services: DeliverServices,
  authorityId: AuthorityId,
  host: string,
  desk: DeliveryDesk = openDeliveryDesk(services),
  begun: () => void = () => {},
): Promise<void> {
  let found = await desk.look(authorityId, host);
  if (!found.authority) return;
  const round: Round = {
    services,
    desk,
    site: siteOf(services.config, found.authority),
    host,
    begun,
    stopped: false,
    writing: [],
  };
  const pause = found.pausedUntil;
  if (pause && Temporal.Instant.compare(pause, services.clock()) > 0) return requeue(round);
  while (found.waiting.length > 0 && !isOver(round)) {
    const last = found.waiting.length < mostWaiting;
    const lines = [...Map.groupBy(found.waiting, (delivery) => delivery.inbox).values()];
    await serveAll(round, lines);
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
  begun: () => void;
  /** What became of deliveries, on its way into the database: nothing to be posted waits for that. */
  writing: Promise<void>[];
  /** The host is in trouble: nothing more is sent in this round. */
  stopped: boolean;
};

/**
 * A fault of ours ends the round for all of them: the host's turn is given up when nobody posts to it any more, and
 * what it took is written.
 */
async function serveAll(round: Round, lines: Delivery[][]): Promise<void> {
  const serving = Array.from({ length: Math.min(parallel, lines.length) }, () =>
    serve(round, lines).catch((error: unknown) => {
      round.stopped = true;
      throw error;
    }),
  );
  await Promise.allSettled(serving);
  await written(round);
  await Promise.all(serving);
}

/** Takes one inbox's line after the other until none is left. */
async function serve(round: Round, lines: Delivery[][]): Promise<void> {
  for (let line = lines.shift(); line && !isOver(round); line = lines.shift()) {
    for (let delivery = line.shift(); delivery && !isOver(round); delivery = line.shift()) {
      const verdict = await post(round, delivery);
      if (!verdict) return;
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

/** Returns nothing when the round was over before it was this one's turn. */
function post(round: Round, delivery: Delivery): Promise<Verdict | undefined> {
  return round.desk.places.take(async () => {
    round.begun();
    return isOver(round) ? undefined : send(round, delivery);
  });
}

async function send({ services, desk, site }: Round, delivery: Delivery): Promise<Verdict> {
  const { account } = delivery;
  const url = URL.parse(delivery.inbox);
  if (!url) return { outcome: "refused", error: "not a URL" };
  const { bytes: body, digest } = desk.packed(delivery.body);
  const headers = { "content-type": "application/activity+json" };
  const signed = await signCavageAside({
    method: "POST",
    url,
    headers,
    body,
    digest,
    keyId: keyUri(site, account),
    privateKeyPem: await desk.keyOf(site.authority, account),
    date: services.clock(),
  });
  const answer = await services.fetch(url, { method: "POST", headers: { ...headers, ...signed }, body });
  return judgeAnswer(answer, services.clock());
}

async function settle(round: Round, delivery: Delivery, verdict: Verdict): Promise<void> {
  const { services, desk, site, host } = round;
  const { log, metrics } = services;
  const authority = site.authority.id;
  switch (verdict.outcome) {
    case "delivered":
      write(round, desk.delivered(authority, { id: delivery.id, host }));
      break;
    case "refused":
      log.warn("a delivery was refused", { inbox: delivery.inbox, error: verdict.error });
      write(round, desk.refused(authority, { id: delivery.id, error: verdict.error }));
      break;
    case "failed": {
      // Of several inboxes failing at once the first is the host's failure; counting each would lengthen the pause.
      if (round.stopped) return;
      round.stopped = true;
      const { error, retryAt } = verdict;
      // A success that was written after this would end the pause.
      await written(round);
      const nextAt = await desk.failed(authority, { host, error, random: services.random(), retryAt });
      log.warn("a host does not take deliveries", { host, error, next: nextAt?.toString() ?? "given up" });
      break;
    }
  }
  metrics.deliveries.inc({ outcome: verdict.outcome });
}

function write(round: Round, writing: Promise<void>): void {
  // Awaited at the round's end at the latest; an error until then is not one that nobody handles.
  writing.catch(() => {});
  round.writing.push(writing);
}

async function written(round: Round): Promise<void> {
  await Promise.all(round.writing.splice(0));
}

function requeue({ services, site, host }: Round): Promise<void> {
  return services.db.as(site.authority.id, (tx) => queueHosts(tx, site.authority.id, [host]));
}
