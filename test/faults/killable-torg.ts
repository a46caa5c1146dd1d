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
import { freePort, runTorgCommand, startTorgProcess, type TorgProcess } from "../torg-process.ts";

/** A Torg in a process of its own, on a data folder that outlives it, with the database as safe as it is for others. */
export type KillableTorg = {
  config: Config;
  /** Sets up the example authority. */
  setUp(): Promise<void>;
  /** Runs one command and returns its JSON. */
  command(...args: string[]): Promise<Record<string, unknown>>;
  /** Resolves when it answers requests. */
  start(): Promise<void>;
  /** kill -9, of Torg or of its database; resolves when Torg is gone. */
  kill(whom: "torg" | "database"): Promise<void>;
  stop(): Promise<void>;
  /** The running Torg's database. */
  openStore(): Promise<Store>;
  /** Signs in whoever was set up; returns the secret of the session and an account to speak as. */
  signIn(): Promise<{ secret: string; account: AccountId }>;
};

export async function killableTorg(
  scope: { after(cleanup: () => Promise<void>): void },
  more: Record<string, string> = {},
): Promise<KillableTorg> {
  const dataFolder = await mkdtemp(join(tmpdir(), "torg-killable-"));
  const port = await freePort();
  const env = { TORG_URL: `http://localhost:${port}`, TORG_ALLOW_PRIVATE_NETWORK: "1", ...more };
  const config = readConfig({ ...env, TORG_PORT: String(port), TORG_DATA: dataFolder });
  let running: TorgProcess | undefined;
  const end = async (deed: (torg: TorgProcess) => void) => {
    if (running) deed(running);
    await running?.exited;
    running = undefined;
  };
  const stop = () => end((torg) => torg.kill("SIGTERM"));
  scope.after(async () => {
    await stop();
    await rm(dataFolder, { recursive: true, force: true });
  });
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
      running = await startTorgProcess({ dataFolder, port, env });
      await running.ready;
    },
    kill: (whom) =>
      end((torg) => {
        if (whom === "torg") torg.kill("SIGKILL");
        else process.kill(readPostmasterFile(join(dataFolder, "postgres"))?.pid ?? Number.NaN, "SIGKILL");
      }),
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
