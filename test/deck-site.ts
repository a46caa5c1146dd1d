import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { createApp, subscriptions } from "#app.ts";
import { isSocketPath } from "#adapters/api/streaming/endpoints.ts";
import type { Services } from "#context.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import { followJournal } from "#domain/journal/follow-journal.ts";
import { startSequencer } from "#domain/journal/sequencer.ts";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { openSession } from "#domain/people/session.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { PostId, Visibility } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { openAssets } from "#platform/assets.ts";
import { systemClock } from "#platform/clock.ts";
import type { Database } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { acceptSockets } from "#platform/web-sockets.ts";
import { readConfig } from "#config.ts";
import { exampleAuthority, exampleIncoming, exampleRemote, type Example } from "./example.ts";

type Build = { buildClientIfChanged(): Promise<void> };
type Scope = { after(cleanup: () => Promise<void> | void): void };

/** An authority in use, served on a port of its own, with its journal numbered: what a deck needs to live. */
export type DeckSite = Example & {
  origin: string;
  services: Services;
  /** Somebody on another server. */
  asa: AccountId;
  /** A colleague who may speak for nothing. */
  addColleague(): Promise<PersonId>;
  /** Signs a person in and returns the cookie. */
  signIn(person?: PersonId): Promise<{ name: string; value: string; header: string }>;
  /** A GET, or a POST when a body is given, as the person whose cookie it is. */
  ask(path: string, cookie: string, body?: Record<string, string> | FormData): Promise<Response>;
  hear(
    text: string,
    more?: { inReplyTo?: PostId; visibility?: Visibility; mentioned?: AccountId[] },
  ): Promise<PostId>;
  say(account: Account, text: string, more?: Partial<NewPost>): Promise<PostId>;
};

export async function startDeckSite(
  scope: Scope,
  db: Database,
  more: Partial<Services> = {},
): Promise<DeckSite> {
  const build = (await import(new URL("../scripts/build-client.mjs", import.meta.url).href)) as Build;
  await build.buildClientIfChanged();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const origin = `http://localhost:${port}`;
  const example = await exampleAuthority(db, { domain: `localhost:${port}`, handleDomain: "exempel.test" });
  const media = join(tmpdir(), `torg-deck-${port}`);
  const stopping = new AbortController();
  const services: Services = {
    // What is sent is sent: a test about taking it back gives a config of its own.
    config: readConfig({
      TORG_URL: origin,
      TORG_PORT: String(port),
      TORG_UNDO_SECONDS: "0",
      TORG_API_RATE: "1000",
    }),
    db,
    clock: systemClock,
    log: silentLog,
    fetch: Object.assign(() => Promise.reject(new Error("nothing is fetched here")), {
      close: () => Promise.resolve(),
    }),
    assets: openAssets(fileURLToPath(new URL("../dist/client", import.meta.url))),
    mediaStore: folderMediaStore(media),
    mail: undefined,
    metrics: createMetrics(),
    journal: await followJournal({ db, log: silentLog }),
    stopping: stopping.signal,
    random: Math.random,
    announce: () => {},
    lookUpAccount: () => Promise.resolve(undefined),
    lookUpUrl: () => Promise.resolve(undefined),
    ...more,
  };
  const sequencer = startSequencer({ db, subscriptions: subscriptions(services), log: silentLog });
  const sockets = acceptSockets(isSocketPath);
  const live = serve({ ...sockets, fetch: createApp(services).fetch, port, hostname: "127.0.0.1" });
  scope.after(async () => {
    stopping.abort();
    await new Promise((resolve) => {
      live.close(resolve);
      if ("closeAllConnections" in live) live.closeAllConnections();
    });
    await sequencer.stop();
    await services.journal.stop();
    await rm(media, { recursive: true, force: true });
  });
  const { authority } = example;
  const asa = await exampleRemote(db, authority, "asa", "social.test");
  let heard = 0;
  let colleagues = 0;
  return {
    ...example,
    origin,
    services,
    asa,
    async addColleague() {
      const email = `bo${++colleagues}@example.se`;
      const added = await db.as(authority.id, (tx) =>
        addPerson(tx, authority.id, { name: "Bo Exempel", email, roles: [], language: "sv" }, undefined),
      );
      if (added.outcome !== "added") throw new Error(added.outcome);
      return added.id;
    },
    async signIn(person = example.person) {
      const session = await db.as(authority.id, (tx) =>
        openSession(tx, authority.id, person, "test", systemClock()),
      );
      return { name: "torg_session", value: session.secret, header: `torg_session=${session.secret}` };
    },
    ask(path, cookie, body) {
      const headers = { cookie, origin };
      if (!body) return fetch(origin + path, { headers, redirect: "manual" });
      const sent = body instanceof FormData ? body : new URLSearchParams(body);
      return fetch(origin + path, { method: "POST", headers, body: sent, redirect: "manual" });
    },
    async hear(text, more = {}) {
      const uri = `https://social.test/posts/${++heard}`;
      return db.as(authority.id, async (tx) => {
        const received = await receivePost(
          tx,
          authority.id,
          exampleIncoming({
            uri,
            author: asa,
            source: text,
            visibility: more.visibility ?? "public",
            inReplyTo: more.inReplyTo ? { uri: "https://exempel.test/parent", own: more.inReplyTo } : null,
            mentioned: more.mentioned ?? [example.office.id],
          }),
          "always",
        );
        if (received.outcome !== "received") throw new Error(received.outcome);
        return received.id;
      });
    },
    async say(account, text, more = {}) {
      return db.as(authority.id, async (tx) => {
        const published = await publishPost(
          tx,
          authority,
          {
            kind: "note",
            sourceType: "plain",
            source: text,
            language: "sv",
            attachments: [],
            account: account.id,
            person: example.person,
            visibility: "public",
            capacity: "office",
            ...more,
          },
          systemClock(),
        );
        if (published.outcome !== "published") throw new Error(published.outcome);
        return published.id;
      });
    },
  };
}
