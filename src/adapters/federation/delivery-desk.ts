import { privateKey } from "#domain/accounts/create-account.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { findAuthority, type Authority, type AuthorityId } from "#domain/authorities/authority.ts";
import { markDelivered, type Delivery, type DeliveryId } from "#domain/deliveries/delivery.ts";
import { pausesOf, recordSuccess } from "#domain/deliveries/peer.ts";
import { waitingFor } from "#domain/deliveries/waiting.ts";
import type { Services } from "#context.ts";
import { inBatches } from "./in-batches.ts";

/** What a host's round finds when it looks. */
export type Found = {
  authority: Authority | undefined;
  pausedUntil: Temporal.Instant | undefined;
  /** Oldest first; at most `mostWaiting`. */
  waiting: Delivery[];
};

/** What the rounds of many hosts ask of the database, done for all of them in one transaction. */
export type DeliveryDesk = {
  look(authority: AuthorityId, host: string): Promise<Found>;
  /** Resolves when committed. */
  delivered(authority: AuthorityId, done: { id: DeliveryId; host: string }): Promise<void>;
  keyOf(authority: Authority, account: AccountId): Promise<string>;
};

/** How much of what waits for a host one look finds. */
export const mostWaiting = 100;

export function openDeliveryDesk(services: Pick<Services, "db" | "clock">): DeliveryDesk {
  const { db, clock } = services;
  const keys = new Map<string, Promise<string>>();
  return {
    look: inBatches({ most: 64 }, (authority, hosts: string[]) =>
      db.read(authority, async (tx) => {
        const [found, pauses, waiting] = await Promise.all([
          findAuthority(tx, authority),
          pausesOf(tx, authority, hosts),
          waitingFor(tx, authority, hosts, mostWaiting),
        ]);
        return hosts.map((host) => ({
          authority: found,
          pausedUntil: pauses.get(host),
          waiting: waiting.get(host) ?? [],
        }));
      }),
    ),
    delivered: inBatches({ most: 100 }, (authority, done: { id: DeliveryId; host: string }[]) =>
      db.as(authority, async (tx) => {
        const now = clock();
        // First the peers, as a failure does: who takes rows in one order never waits for each other.
        const hosts = [...new Set(done.map((one) => one.host))];
        const ids = done.map((one) => one.id);
        await Promise.all([recordSuccess(tx, authority, hosts, now), markDelivered(tx, authority, ids, now)]);
        return done.map(() => undefined);
      }),
    ),
    /** Our accounts' keys never change, so a process asks once for each. */
    keyOf(authority, account) {
      const name = `${authority.id} ${account}`;
      const known = keys.get(name);
      if (known) return known;
      const asked = db.read(authority.id, (tx) => privateKey(tx, authority, account));
      keys.set(name, asked);
      asked.catch(() => keys.delete(name));
      return asked;
    },
  };
}
