import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, type Config } from "#config.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import { openSession } from "#domain/people/session.ts";
import type { Database } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { readPostmasterFile } from "#platform/postgres/read-postmaster-file.ts";
import { openStore, type Store } from "../../src/open-store.ts";
import { connectAs, testDatabase } from "../database.ts";
import { environment } from "../environment.ts";
import { startRoundRobin } from "../round-robin.ts";
import { freePort, runTorgCommand, startTorgProcess, type TorgProcess } from "../torg-process.ts";

/** A Torg in processes of its own, on a data folder that outlives it, with the database as safe as it is for others. */
export type KillableTorg = {
  config: Config;
  /** Sets up the example authority. */
  setUp(): Promise<void>;
  /** Runs one command and returns its JSON. */
  command(...args: string[]): Promise<Record<string, unknown>>;
  /** Resolves when it answers requests, and every process that was missing is there again. */
  start(): Promise<void>;
  /**
   * kill -9, of Torg or of its database; resolves when Torg is gone. In the shape of two and two it is one of the
   * processes, the one at `which` of the way from the first to the last; their database is not ours to kill, so that it
   * breaks all connections off instead.
   */
  kill(whom: "torg" | "database", which?: number): Promise<void>;
  stop(): Promise<void>;
  /** The running Torg's database. */
  openStore(): Promise<Store>;
  /** Signs in whoever was set up; returns the secret of the session and an account to speak as. */
  signIn(): Promise<{ secret: string; account: AccountId }>;
};

type Scope = { after(cleanup: () => Promise<void>): void };
/** What each process is started with, in turn. */
type Processes = { args: string[]; port: number }[];

export async function killableTorg(scope: Scope, more: Record<string, string> = {}): Promise<KillableTorg> {
  const dataFolder = await mkdtemp(join(tmpdir(), "torg-killable-"));
  scope.after(() => rm(dataFolder, { recursive: true, force: true }));
  const port = await freePort();
  const shared = environment.shape === "one" ? undefined : await shareLoad(scope, port);
  const env = {
    TORG_URL: `http://localhost:${port}`,
    TORG_ALLOW_PRIVATE_NETWORK: "1",
    ...(shared ? { DATABASE_URL: shared.databaseUrl } : {}),
    ...more,
  };
  const config = readConfig({ ...env, TORG_PORT: String(port), TORG_DATA: dataFolder });
  const processes: Processes = shared?.processes ?? [{ args: ["serve"], port }];
  const running = new Map<number, TorgProcess>();
  const end = async (place: number, signal: NodeJS.Signals) => {
    running.get(place)?.kill(signal);
    await running.get(place)?.exited;
    running.delete(place);
  };
  const stop = async () =>
    void (await Promise.all([...running.keys()].map((place) => end(place, "SIGTERM"))));
  scope.after(stop);
  const command: KillableTorg["command"] = async (...args) => {
    const { stdout } = await runTorgCommand({ dataFolder, port, env, args: [...args, "--json"] });
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const open = () =>
    openStore(config, { log: silentLog, attachIfRunning: true, migrate: false, connections: 2 });
  return {
    config,
    stop,
    command,
    async setUp() {
      await command(
        "setup",
        ..."--authority Exempelkommun --municipality 0000 --admin anna@example.se".split(" "),
      );
    },
    async start() {
      await Promise.all(
        processes.map(async (options, place) => {
          if (running.has(place)) return;
          const torg = await startTorgProcess({ dataFolder, env, ...options });
          running.set(place, torg);
          await torg.ready;
        }),
      );
    },
    async kill(whom, which = 0) {
      if (whom === "torg") return end(Math.floor(which * processes.length), "SIGKILL");
      if (shared) return shared.breakOff();
      process.kill(readPostmasterFile(join(dataFolder, "postgres"))?.pid ?? Number.NaN, "SIGKILL");
      await running.get(0)?.exited;
      running.delete(0);
    },
    openStore: open,
    async signIn() {
      const store = await open();
      try {
        return await openSomebodysSession(store.db);
      } finally {
        await store.close();
      }
    },
  };
}

/** Two that serve and two that work on one database, behind a proxy. */
async function shareLoad(
  scope: Scope,
  port: number,
): Promise<{ databaseUrl: string; processes: Processes; breakOff(): Promise<void> }> {
  const { ownerUrl } = await testDatabase(scope);
  const ports = await Promise.all([freePort(), freePort()]);
  const proxy = await startRoundRobin({ port }, ports);
  scope.after(() => proxy.stop());
  const database = new URL(ownerUrl).pathname.slice(1);
  return {
    databaseUrl: ownerUrl,
    processes: [
      ...ports.map((own) => ({ args: ["serve", "--no-work"], port: own })),
      ...ports.map((own) => ({ args: ["work"], port: own })),
    ],
    async breakOff() {
      const admin = connectAs("postgres", "torg");
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
      await admin.end();
    },
  };
}

async function openSomebodysSession(db: Database): Promise<{ secret: string; account: AccountId }> {
  const [granted] = await db.system(
    (tx) =>
      tx<{ authority: AuthorityId; person: PersonId; account: AccountId }[]>`
        select authority, person, account from account_grant limit 1`,
  );
  if (!granted) throw new Error("nobody is there to sign in");
  const { authority, person, account } = granted;
  const now = Temporal.Now.instant();
  const { secret } = await db.as(authority, (tx) => openSession(tx, authority, person, "test", now));
  return { secret, account };
}
