import type { createServer, RequestListener, Server, ServerOptions } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { isSocketPath } from "#adapters/api/streaming/endpoints.ts";
import { inboxDoorOf } from "#adapters/federation/inbox/hold-back.ts";
import { lookUpAccount } from "#adapters/federation/inbox/look-up-account.ts";
import { lookUpUrl } from "#adapters/federation/inbox/look-up-url.ts";
import { followJournal } from "#domain/journal/follow-journal.ts";
import { sayWritten, startSequencer } from "#domain/journal/sequencer.ts";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { announce } from "#platform/announce.ts";
import { openAssets } from "#platform/assets.ts";
import { closeGently, createBoundedServer } from "#platform/bounded-server.ts";
import { systemClock, type Clock } from "#platform/clock.ts";
import { startWorker, type Worker } from "#platform/jobs.ts";
import { dropOldOfAll } from "#platform/fresh-cache.ts";
import type { Log } from "#platform/log.ts";
import { createMail } from "#platform/mail.ts";
import { createMetrics } from "#platform/metrics.ts";
import { createSafeFetch } from "#platform/safe-fetch.ts";
import { spareMemory } from "#platform/spare-memory.ts";
import { allDone } from "#platform/under-way.ts";
import { acceptSockets } from "#platform/web-sockets.ts";
import { createApp, crontab, jobs, subscriptions } from "./app.ts";
import type { Config } from "./config.ts";
import type { Services } from "./context.ts";
import { throughOurselves } from "./own-hosts.ts";
import { readyAnswersOf } from "./ready-answers.ts";
import { openStore, type Store } from "./open-store.ts";
import { version } from "./version.ts";

type App = ReturnType<typeof createApp>;

export type Torg = { url: string; services: Services; store: Store; stop(): Promise<void> };

export type StartOptions = {
  config: Config;
  log: Log;
  clock?: Clock;
  /** serve answers requests; work numbers the journal and does jobs. Both unless told. */
  parts?: { serve?: boolean; work?: boolean };
  /** Called when it answers, and waited for before jobs are worked on: whoever wants to see a page comes first. */
  onAnswering?: (torg: Pick<Torg, "url" | "services">) => Promise<void>;
  /** Opened already, while the program was still being read. */
  store?: Promise<Store>;
  /** Database role to act as; tests use one that owns nothing. */
  role?: string;
  postgresSettings?: Record<string, string>;
};

/** Starts a whole Torg in this process. Resolves when it answers requests and works. */
export async function startTorg(options: StartOptions): Promise<Torg> {
  const { config, log } = options;
  const parts = { serve: true, work: true, ...options.parts };
  const store = await (options.store ??
    openStore(config, {
      log,
      // A worker beside a serving Torg uses that one's database.
      attachIfRunning: !parts.serve,
      ...(options.role ? { role: options.role } : {}),
      ...(options.postgresSettings ? { postgresSettings: options.postgresSettings } : {}),
    }));
  const undo: (() => Promise<unknown>)[] = [() => store.close()];
  const stopping = new AbortController();
  const stop = async () => {
    stopping.abort();
    for (const step of undo.splice(0).toReversed())
      await inTime(step()).catch((error: unknown) => log.error("a part did not stop cleanly", { error }));
  };
  try {
    const { services, app } = await openServices(options, store, undo, stopping.signal);
    undo.push(() => allDone(stopping.signal));
    let worker: Worker | undefined;
    if (parts.work) {
      const sequencer = startSequencer({
        db: store.db,
        subscriptions: subscriptions(services),
        log,
        follower: services.journal,
      });
      undo.push(() => sequencer.stop());
      undo.push(async () => worker?.stop());
    } else {
      store.db.afterCommit(sayWritten(store.db));
    }
    if (parts.serve) {
      const server = await listen(services, app());
      // Live lines end at once when `stopping` is heard.
      undo.push(() => closeGently(server));
    }
    const { origin: url } = config.url;
    await options.onAnswering?.({ url, services });
    if (parts.work) {
      worker = await startWorker({
        db: store.db,
        databaseUrl: store.url,
        ...(options.role ? { role: options.role } : {}),
        handlers: jobs(services),
        crontab,
        log,
      });
    }
    const memory = spareMemory({ letGo: () => dropOldOfAll(services.clock().epochMilliseconds) });
    undo.push(async () => memory.stop());
    return { url, services, store, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openServices(
  options: StartOptions,
  store: Store,
  undo: (() => Promise<unknown>)[],
  stopping: AbortSignal,
): Promise<{ services: Services; app: () => App }> {
  const { config, log } = options;
  let made: App | undefined;
  const app = () => (made ??= createApp(services));
  const fetch = createSafeFetch({
    allowPrivateNetwork: config.allowPrivateNetwork,
    userAgent: `Torg/${version} (+${config.url.origin})`,
  });
  undo.push(() => fetch.close());
  const journal = await followJournal({ db: store.db, log });
  undo.push(() => journal.stop());
  const services: Services = {
    config,
    db: store.db,
    clock: options.clock ?? systemClock,
    log,
    fetch: throughOurselves(fetch, {
      db: store.db,
      scheme: config.url.protocol,
      answer: (request) => app().fetch(request),
    }),
    assets: openAssets(fileURLToPath(new URL("../dist/client", import.meta.url))),
    mediaStore: folderMediaStore(join(config.data, "media")),
    mail: config.smtp ? createMail(config.smtp) : undefined,
    metrics: createMetrics(),
    journal,
    stopping,
    random: Math.random,
    announce,
    lookUpAccount: (authority, handle) => lookUpAccount(services, authority, handle),
    lookUpUrl: (authority, url) => lookUpUrl(services, authority, url),
  };
  return { services, app };
}

/** A database that no longer answers must not keep the process: what is committed is safe, the rest is tried again. */
const longestStopMs = 15_000;

function inTime(step: Promise<unknown>): Promise<unknown> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("it took too long")), longestStopMs);
  return Promise.race([step, promise]).finally(() => clearTimeout(timer));
}

async function listen(services: Services, app: App): Promise<Server> {
  const { config } = services;
  const ready = readyAnswersOf(services);
  const inbox = inboxDoorOf(services);
  return new Promise((resolve, reject) => {
    const create = (options: ServerOptions, listener: RequestListener) =>
      createBoundedServer(options, ready.before(inbox.before(listener)));
    const sockets = acceptSockets(isSocketPath);
    const server = serve(
      {
        ...sockets,
        fetch: app.fetch,
        port: config.port,
        hostname: config.listen,
        createServer: create as typeof createServer,
      },
      () => resolve(server as Server),
    );
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${config.port} is taken by another program. Stop it, or choose another with TORG_PORT.`,
            )
          : new Error(
              `Port ${config.port} cannot be listened to (${error.message}). Choose another with TORG_PORT or TORG_LISTEN; ports below 1024 are often for root alone.`,
            ),
      ),
    );
  });
}
