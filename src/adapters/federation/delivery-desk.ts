import { privateKey } from "#domain/accounts/create-account.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { findAuthority, type Authority, type AuthorityId } from "#domain/authorities/authority.ts";
import {
  markDelivered,
  markRefused,
  queueHosts,
  type Delivery,
  type DeliveryId,
} from "#domain/deliveries/delivery.ts";
import { pausesOf, recordFailures, recordSuccess, type Failure } from "#domain/deliveries/peer.ts";
import { waitingFor } from "#domain/deliveries/waiting.ts";
import type { Services } from "#context.ts";
import { inBatches } from "./in-batches.ts";
import { createPlaces, type Places } from "./places.ts";
import { digestHeader } from "./signatures/digest.ts";

/** What a host's round finds when it looks. */
export type Found = {
  authority: Authority | undefined;
  pausedUntil: Temporal.Instant | undefined;
  /** Oldest first; at most `mostWaiting`. */
  waiting: Delivery[];
};

/** What the rounds of many hosts share: what they ask of the database is done for all of them in one transaction. */
export type DeliveryDesk = {
  look(authority: AuthorityId, host: string): Promise<Found>;
  /** Resolves when committed. */
  delivered(authority: AuthorityId, done: { id: DeliveryId; host: string }): Promise<void>;
  /** Resolves when committed. */
  refused(authority: AuthorityId, refused: { id: DeliveryId; error: string }): Promise<void>;
  /** Gives when the host is tried again, or nothing when what waits for it was given up. Resolves when committed. */
  failed(authority: AuthorityId, failure: Failure): Promise<Temporal.Instant | undefined>;
  keyOf(authority: Authority, account: AccountId): Promise<string>;
  /** What goes to many is turned into bytes, and digested, once. */
  packed(body: string): Packed;
  /** Requests under way at the same time. */
  places: Places;
};

export type Packed = { bytes: Uint8Array; digest: string };

/** How much of what waits for a host one look finds. */
export const mostWaiting = 100;
/** Outcomes that go into one commit, and how long it waits for more: a crash in between means sending once more. */
const mostOutcomes = 200;
const gatherMs = 50;
/** Requests in which something is happening; those that only wait for an answer don't count after the patience. */
const atWork = { most: 64, patienceMs: 250 };
/** Bodies kept packed. */
const mostPacked = 32;

export function openDeliveryDesk(services: Pick<Services, "db" | "clock">): DeliveryDesk {
  const { db, clock } = services;
  const keys = new Map<string, Promise<string>>();
  const packed = new Map<string, Packed>();
  const places = createPlaces(atWork);
  const together = { most: mostOutcomes, gather: { ms: gatherMs, noMore: places.whenQuiet } };
  return {
    places,
    look: inBatches({ most: 200 }, (authority, hosts: string[]) =>
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
    delivered: inBatches(together, (authority, done: { id: DeliveryId; host: string }[]) =>
      db.as(authority, async (tx) => {
        const now = clock();
        // First the peers, as a failure does: who takes rows in one order never waits for each other.
        const hosts = [...new Set(done.map((one) => one.host))];
        const ids = done.map((one) => one.id);
        await Promise.all([recordSuccess(tx, authority, hosts, now), markDelivered(tx, authority, ids, now)]);
        return done.map(() => undefined);
      }),
    ),
    refused: inBatches(together, (authority, refused: { id: DeliveryId; error: string }[]) =>
      db.as(authority, async (tx) => {
        await markRefused(tx, authority, refused);
        return refused.map(() => undefined);
      }),
    ),
    failed: inBatches(together, (authority, failures: Failure[]) =>
      db.as(authority, async (tx) => {
        const next = await recordFailures(tx, authority, failures, clock());
        await queueHosts(tx, authority, [...next.keys()]);
        return failures.map(({ host }) => next.get(host));
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
    packed(body) {
      const known = packed.get(body);
      if (known) return known;
      const bytes = Buffer.from(body, "utf8");
      const fresh = { bytes, digest: digestHeader(bytes) };
      const [oldest] = packed.keys();
      if (packed.size >= mostPacked && oldest !== undefined) packed.delete(oldest);
      packed.set(body, fresh);
      return fresh;
    },
  };
}
