import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Services } from "#context.ts";
import { hostsWaiting, queueHosts } from "#domain/deliveries/delivery.ts";
import { addJob, type JobHandler } from "#platform/jobs.ts";
import { deliverTo, type DeliverServices } from "./deliver.ts";
import { openDeliveryDesk, type DeliveryDesk } from "./delivery-desk.ts";
import { createHostTurns, type HostTurns } from "./host-turns.ts";

/** Hosts that one process posts to at the same time. */
const mostRounds = 64;

/**
 * Begins the rounds of some hosts and is done: a host that hangs must not keep one of the few workers from the
 * others. What becomes of a round is in its rows, and after a crash `resume-deliveries` begins it anew.
 */
export function deliverJob(services: DeliverServices): JobHandler {
  const turns = createHostTurns(services.db);
  const desk = openDeliveryDesk(services);
  const rounds = new Set<Promise<void>>();
  const begin = (authority: string, host: string) => {
    const round = runRound({ services, turns, desk }, authority as AuthorityId, host)
      .catch((error: unknown) => services.log.error("a round of deliveries stumbled", { host, error }))
      .finally(() => rounds.delete(round));
    rounds.add(round);
  };
  return async ({ authority = "", host = "", hosts = host }) => {
    for (const one of hosts.split(" ")) {
      while (rounds.size >= mostRounds) await Promise.race(rounds);
      begin(authority, one);
    }
  };
}

async function runRound(
  { services, turns, desk }: { services: DeliverServices; turns: HostTurns; desk: DeliveryDesk },
  authority: AuthorityId,
  host: string,
): Promise<void> {
  const turn = await turns.take(`${authority} ${host}`, () => deliverTo(services, authority, host, desk));
  if (turn !== "taken") return;
  const runAt = services.clock().add({ seconds: 1 });
  await services.db.as(authority, (tx) =>
    addJob(tx, "deliver", { authority, host }, { key: `deliver:${authority}:${host}`, runAt }),
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
