import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { siteOf, type Env, type Services, type Site } from "#context.ts";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { Post } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { findAnyPost, findPostByUri } from "#domain/posts/read-posts.ts";
import { createMetrics } from "#platform/metrics.ts";
import { createSafeFetch } from "#platform/safe-fetch.ts";
import { hosted, observed } from "../src/frame.ts";
import type { Database } from "#platform/database.ts";
import { createLog } from "#platform/log.ts";
import { testDatabase } from "./database.ts";
import { startRemoteServer, type RemoteActor, type RemoteServer } from "./remote-server.ts";
import { exampleAuthority } from "./example.ts";
import { inboxSubscription } from "#adapters/federation/inbox/handle.ts";
import { inboxJobs } from "#adapters/federation/inbox/jobs.ts";
import { readActor } from "#adapters/federation/inbox/read-actor.ts";
import { inboxRoutes } from "#adapters/federation/inbox/routes.ts";

type Scope = { after(cleanup: () => Promise<void> | void): void };
export type InboxWorld = Awaited<ReturnType<typeof inboxWorld>>;

/** For tests: our inbox on a real port, and a server elsewhere that sends to it. */
export async function inboxWorld(scope: Scope & Parameters<typeof testDatabase>[0]) {
  const { db } = await testDatabase(scope);
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  let ahead = 0;
  const now = () => Temporal.Now.instant().add({ minutes: ahead });
  const fetch = createSafeFetch({ allowPrivateNetwork: true, userAgent: "Torg test" });
  scope.after(() => fetch.close());
  const services = {
    config: { url: new URL("http://torg.test"), allowPrivateNetwork: true },
    db,
    clock: now,
    log: createLog({ level: "info", write, now }),
    fetch,
    metrics: createMetrics(),
    random: () => 0.5,
  } as unknown as Services;
  const app = new Hono<Env>().use(observed(services)).use(hosted(services)).route("/", inboxRoutes(services));
  const server = createServer((request, response) => void listener(request, response));
  const listener = getRequestListener(app.fetch);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { authority, office: ours } = await exampleAuthority(db, {
    domain: `127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  const site: Site = siteOf(services.config, authority);
  const remote: RemoteServer = await startRemoteServer();
  scope.after(() => remote.stop());
  const refusals = () => lines.filter((line) => line["message"] === "an activity was refused");
  /** Lets our clock, and nobody else's, go on. */
  const later = (minutes: number) => void (ahead += minutes);
  return {
    later,
    db,
    services,
    authority,
    site,
    ours,
    remote,
    lines,
    refusals,
    ...doings(db, services, site, ours),
  };
}

function doings(db: Database, services: Services, site: Site, ours: Account) {
  const authority = site.authority.id;
  let handled = "0";
  return {
    inbox: `${site.origin}/ap/inbox`,
    me: `${site.origin}/ap/accounts/${ours.id}`,
    async journalCount(): Promise<number> {
      const [row] = await db.read(
        authority,
        (tx) => tx<{ count: number }[]>`
        select count(*)::int as count from journal where kind = 'activity-received'`,
      );
      return row?.count ?? 0;
    },
    /** Handles what has been stored since the last time, in order. */
    async handle(): Promise<void> {
      await db.as(authority, async (tx) => {
        const entries = await tx<Entry[]>`
          select authority, id, number, at, direction, kind, account, channel, person, post, subject, facts
          from journal where kind = 'activity-received' and id > ${handled} order by id`;
        handled = entries.at(-1)?.id ?? handled;
        await inboxSubscription(services).handle(tx, authority, entries);
      });
    },
    /** Runs what has been queued, whenever it was to run, until nothing is left; returns the names. */
    async runJobs(
      names = ["fetch-thread", "fetch-post", "fetch-replies", "forget-account", "refresh-account"],
    ): Promise<string[]> {
      const ran: string[] = [];
      for (;;) {
        const jobs = await db.sql<{ name: string; payload: Record<string, string> }[]>`
          delete from graphile_worker._private_jobs jobs using graphile_worker._private_tasks tasks
          where tasks.id = jobs.task_id and tasks.identifier = any(${names}) returning tasks.identifier as name, payload`;
        if (jobs.length === 0) return ran;
        for (const { name, payload } of jobs) {
          ran.push(name);
          if (!payload["attempt"]) await inboxJobs(services)[name]?.(payload);
        }
      }
    },
    say(text: string, inReplyTo?: string): Promise<Post> {
      return db.as(authority, async (tx) => {
        const draft = {
          kind: "note",
          sourceType: "plain",
          source: text,
          language: "sv",
          attachments: [],
        } as const;
        const voice = { account: ours.id, person: null, visibility: "public", capacity: "office" } as const;
        const said = await publishPost(
          tx,
          site.authority,
          { ...draft, attachments: [], ...voice, inReplyTo },
          services.clock(),
        );
        const post = said.outcome === "published" ? await findAnyPost(tx, authority, said.id) : undefined;
        if (!post) throw new Error(said.outcome);
        return post;
      });
    },
    find: (uri: string) => db.read(authority, (tx) => findPostByUri(tx, authority, "fediverse", uri)),
    count: async (table: string): Promise<number> => {
      const [row] = await db.read(
        authority,
        (tx) => tx<{ count: number }[]>`select count(*)::int as count from ${tx(table)}`,
      );
      return row?.count ?? 0;
    },
    /** An actor that we know already. */
    meet: (remote: RemoteServer, actor: RemoteActor): Promise<Account> =>
      db.as(authority, async (tx) => {
        const read = readActor(remote.document(actor));
        const account =
          read && (await findAccount(tx, authority, await saveRemoteAccount(tx, authority, read)));
        if (!account) throw new Error("not met");
        return account;
      }),
  };
}

export function note(
  actor: RemoteActor,
  name: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: `${actor.uri}/${name}`,
    type: "Note",
    attributedTo: actor.uri,
    content: `<p>${name}</p>`,
    published: "2026-05-01T10:00:00Z",
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    ...more,
  };
}

export function activity(
  actor: RemoteActor,
  type: string,
  object: unknown,
  id = `${actor.uri}#${type}/${++serial}`,
) {
  return { "@context": "https://www.w3.org/ns/activitystreams", id, type, actor: actor.uri, object };
}

let serial = 0;
