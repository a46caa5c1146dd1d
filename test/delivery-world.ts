import type { TestContext } from "node:test";
import type { Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { listPeers, type Peer } from "#domain/deliveries/peer.ts";
import { testDatabase } from "./database.ts";
import { exampleAccount, exampleAuthority, exampleServices } from "./federation-world.ts";

/** One of our accounts, with things to send. */
export type DeliveryWorld = {
  services: Services;
  authority: Authority;
  account: Account;
  queue: (body: string, inboxes: string[]) => Promise<void>;
  states: () => Promise<string[]>;
  peer: (host: string) => Promise<Peer | undefined>;
};

export async function deliveryWorld(t: TestContext): Promise<DeliveryWorld> {
  const { db } = await testDatabase(t);
  const services = exampleServices(t, db);
  const authority = await exampleAuthority(db);
  const account = await exampleAccount(db, authority, "kommunchef");
  return {
    services,
    authority,
    account,
    queue: (body, inboxes) =>
      db.as(authority.id, (tx) =>
        queueDeliveries(tx, authority.id, { entry: null, account: account.id, post: null, body }, inboxes),
      ),
    states: async () => {
      const rows = await db.read(
        authority.id,
        (tx) => tx<{ state: string }[]>`select state from delivery order by id`,
      );
      return rows.map((row) => row.state);
    },
    peer: async (host) => {
      const peers = await db.read(authority.id, (tx) => listPeers(tx, authority.id));
      return peers.find((peer) => peer.host === host);
    },
  };
}
