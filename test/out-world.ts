import type { TestContext } from "node:test";
import { siteOf } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { NewPost } from "#domain/posts/publish-post.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { outSubscription } from "#adapters/federation/out-subscription.ts";
import type { Transaction } from "#platform/database.ts";
import { testDatabase } from "./database.ts";
import {
  exampleAccount,
  exampleAuthority,
  examplePost,
  exampleRemote,
  exampleRemotePost,
  exampleServices,
} from "./federation-world.ts";

export type Sent = { activity: Record<string, unknown>; post: string | null; inboxes: string[] };

/** One of our accounts, and what is queued of what it does. */
export async function outWorld(t: TestContext) {
  const { db } = await testDatabase(t);
  const services = exampleServices(t, db);
  const authority = await exampleAuthority(db);
  const account = await exampleAccount(db, authority, "kommunchef");
  const subscription = outSubscription(services);
  const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
  let handled = "0";
  let seen = "0";
  const handle = (after: string) =>
    db.as(authority.id, async (tx) => {
      const entries = (await entriesOf(tx, after)).filter((entry) => subscription.kinds.includes(entry.kind));
      await subscription.handle(tx, authority.id, entries);
      return entries.at(-1)?.id;
    });
  return {
    db,
    authority,
    site: siteOf(services.config, authority),
    account,
    now,
    remote: (uri: string) => exampleRemote(db, authority, uri),
    follow: async (...uris: string[]): Promise<Account[]> => {
      const accounts: Account[] = [];
      for (const uri of uris) {
        const follower = await exampleRemote(db, authority, uri);
        accounts.push(follower);
        await db.as(authority.id, (tx) =>
          receiveFollow(tx, authority.id, {
            network: "fediverse",
            uri: `${uri}#follow`,
            follower: follower.id,
            followed: account,
            entry: null,
          }),
        );
      }
      return accounts;
    },
    publish: (post: Partial<NewPost>) => examplePost(db, authority, account, post),
    heard: async (author: string, uri: string) =>
      exampleRemotePost(db, authority, await exampleRemote(db, authority, author), uri),
    /** What has been queued since the last time. */
    sent: async (): Promise<Sent[]> => {
      handled = (await handle(handled)) ?? handled;
      const rows = await db.read(
        authority.id,
        (tx) => tx<{ id: string; body: string; post: string | null; inboxes: string[] }[]>`
          select outgoing.id, body, post, array_agg(inbox order by inbox) as inboxes
          from outgoing join delivery on delivery.outgoing = outgoing.id
          where outgoing.id > ${seen} group by outgoing.id, body, post order by outgoing.id`,
      );
      seen = rows.at(-1)?.id ?? seen;
      return rows.map(({ body, post, inboxes }) => ({ activity: JSON.parse(body), post, inboxes }));
    },
    handleAgain: () => handle("0"),
  };
}

function entriesOf(tx: Transaction, after: string): Promise<Entry[]> {
  return tx<Entry[]>`select * from journal where id > ${after} order by id`;
}
