import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readConfig, type Config } from "#config.ts";
import { silentLog } from "#platform/log.ts";
import { readPostmasterFile } from "#platform/postgres/read-postmaster-file.ts";
import { openStore, type Store } from "../../src/open-store.ts";
import { freePort } from "../whole/torg.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A Torg in a process of its own, on a data folder that outlives it, with the database as safe as it is for others. */
export type KillableTorg = {
  config: Config;
  /** Runs one command and returns its JSON. */
  command(...line: string[]): Promise<Record<string, unknown>>;
  /** Resolves when it answers requests. */
  start(): Promise<void>;
  /** kill -9, of Torg or of its database; resolves when the process is gone. */
  kill(whom: "torg" | "database"): Promise<void>;
  stop(): Promise<void>;
  /** The running Torg's database. */
  openStore(): Promise<Store>;
  /** What it has logged over all its lives. */
  said: string[];
};

export async function killableTorg(scope: {
  after(cleanup: () => Promise<void>): void;
}): Promise<KillableTorg> {
  const data = await mkdtemp(join(tmpdir(), "torg-killable-"));
  const port = await freePort();
  const settings = {
    TORG_URL: `http://localhost:${port}`,
    TORG_PORT: String(port),
    TORG_DATA: data,
    TORG_ALLOW_PRIVATE_NETWORK: "1",
  };
  const config = readConfig(settings);
  const said: string[] = [];
  let running: ChildProcess | undefined;
  const run = (line: string[]) =>
    spawn(process.execPath, ["bin/torg.ts", ...line], {
      cwd: root,
      env: settings,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const ended = async (child: ChildProcess) => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  scope.after(async () => {
    running?.kill("SIGTERM");
    if (running) await ended(running);
    await rm(data, { recursive: true, force: true });
  });
  return {
    config,
    said,
    async command(...line) {
      const child = run([...line, "--json"]);
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk));
      await once(child, "close");
      return JSON.parse(text) as Record<string, unknown>;
    },
    async start() {
      const child = run(["serve"]);
      running = child;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      createInterface(child.stdout).on("line", (line) => {
        said.push(line);
        if (line.includes('"message":"started"')) resolve();
      });
      createInterface(child.stderr).on("line", (line) => void said.push(line));
      child.once("exit", () => reject(new Error(`Torg did not start:\n${said.slice(-20).join("\n")}`)));
      await promise;
    },
    async kill(whom) {
      if (!running) return;
      if (whom === "torg") running.kill("SIGKILL");
      else process.kill(readPostmasterFile(join(data, "postgres"))?.pid ?? 0, "SIGKILL");
      await ended(running);
      running = undefined;
    },
    async stop() {
      running?.kill("SIGTERM");
      if (running) await ended(running);
      running = undefined;
    },
    openStore: () =>
      openStore(config, { log: silentLog, attachIfRunning: true, migrate: false, connections: 2 }),
  };
}
