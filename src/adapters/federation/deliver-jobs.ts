import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Services } from "#context.ts";
import { hostsWaiting, queueHosts, queueHostsAgain } from "#domain/deliveries/delivery.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { holdUntilDone } from "#platform/under-way.ts";
import { deliverTo, type DeliverServices } from "./deliver.ts";
import { openDeliveryDesk, type DeliveryDesk } from "./delivery-desk.ts";
import { createHostTurns, type HostTurns } from "./host-turns.ts";
import { inBatches } from "./in-batches.ts";

/** Hosts that one process has in hand at the same time, those that keep it waiting for an answer included. */
const mostRounds = 1_000;

/**
 * Begins the rounds of some hosts, and is done when the first request to each is under way: a host that hangs must not
 * keep one of the few workers from the others, and a process takes no more jobs than it has places for. What becomes
 * of a round is in its rows, and after a crash `resume-deliveries` begins it anew.
 */
export function deliverJob(services: DeliverServices): JobHandler {
  const turns = createHostTurns(services.db);
  const desk = openDeliveryDesk(services);
  const later = tryLater(services);
  const rounds = new Set<Promise<void>>();
  const begin = (authority: AuthorityId, host: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const round = runRound({ services, turns, desk, later }, authority, host, resolve)
      .catch((error: unknown) => services.log.error("a round of deliveries stumbled", { host, error }))
      .finally(() => (rounds.delete(round), resolve()));
    rounds.add(round);
    holdUntilDone(services.stopping, round);
    return promise;
  };
  return async ({ authority = "", host = "", hosts = host }) => {
    const begun: Promise<void>[] = [];
    for (const one of hosts.split(" ")) {
      while (rounds.size >= mostRounds) await Promise.race(rounds);
      begun.push(begin(authority as AuthorityId, one));
    }
    await Promise.all(begun);
  };
}

type Together = {
  services: DeliverServices;
  turns: HostTurns;
  desk: DeliveryDesk;
  later: ReturnType<typeof tryLater>;
};

async function runRound(
  { services, turns, desk, later }: Together,
  authority: AuthorityId,
  host: string,
  begun: () => void,
): Promise<void> {
  const turn = await turns.take(authority, host, () => deliverTo(services, authority, host, desk, begun));
  // Whoever is to stop leaves the rest to the others.
  if (turn === "taken" || services.stopping.aborted) await later(authority, host);
}

/** Another process is at these hosts: looked at again in a second, for what came after its last look. */
function tryLater({ db, clock }: DeliverServices) {
  return inBatches({ most: 200 }, (authority, hosts: string[]) =>
    db.as(authority, async (tx) => {
      await queueHostsAgain(tx, authority, hosts, clock().add({ seconds: 1 }));
      return hosts.map(() => undefined);
    }),
  );
}

export async function resumeDeliveries(services: Pick<Services, "db">): Promise<void> {
  const waiting = await services.db.system(hostsWaiting);
  for (const [authority, rows] of Map.groupBy(waiting, (row) => row.authority))
    await services.db.as(authority, (tx) =>
      queueHosts(
        tx,
        authority,
        rows.map((row) => row.host),
      ),
    );
}
