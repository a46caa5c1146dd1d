import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, type Config } from "#config.ts";
import { silentLog } from "#platform/log.ts";
import { readPostmasterFile } from "#platform/postgres/read-postmaster-file.ts";
import { openStore, type Store } from "../../src/open-store.ts";
import { freePort, runTorgCommand, startTorgProcess, type TorgProcess } from "../torg-process.ts";

/** A Torg in a process of its own, on a data folder that outlives it, with the database as safe as it is for others. */
export type KillableTorg = {
  config: Config;
  /** Runs one command and returns its JSON. */
  command(...args: string[]): Promise<Record<string, unknown>>;
  /** Resolves when it answers requests. */
  start(): Promise<void>;
  /** kill -9, of Torg or of its database; resolves when Torg is gone. */
  kill(whom: "torg" | "database"): Promise<void>;
  stop(): Promise<void>;
  /** The running Torg's database. */
  openStore(): Promise<Store>;
};

export async function killableTorg(scope: {
  after(cleanup: () => Promise<void>): void;
}): Promise<KillableTorg> {
  const dataFolder = await mkdtemp(join(tmpdir(), "torg-killable-"));
  const port = await freePort();
  const env = { TORG_URL: `http://localhost:${port}`, TORG_ALLOW_PRIVATE_NETWORK: "1" };
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
  return {
    config,
    stop,
    async command(...args) {
      const { stdout } = await runTorgCommand({ dataFolder, port, env, args: [...args, "--json"] });
      return JSON.parse(stdout) as Record<string, unknown>;
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
    openStore: () =>
      openStore(config, { log: silentLog, attachIfRunning: true, migrate: false, connections: 2 }),
  };
}
