import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "#platform/database.ts";
import { testDatabase } from "../database.ts";
import { startRoundRobin } from "../round-robin.ts";
import { freePort, runTorgCommand, startTorgProcess, type TorgProcess } from "../torg-process.ts";

export type Server = TorgProcess & {
  port: number;
  /** Up to which entry of the journal it has heard. */
  position(): Promise<number>;
  /** How often it has been read; the reader counts. */
  reads: number;
};

export type Several = {
  serving: number;
  working: number;
  /** Where a proxy stands before them; else all answer for the address of the first, each on its own port. */
  behind?: { host: string; address: string; port: number };
  env?: Record<string, string>;
};

export type Processes = {
  db: Database;
  servers: Server[];
  workers: TorgProcess[];
  origin: string;
  host: string;
  /** Runs one command beside them, to its end. */
  command: (...args: string[]) => ReturnType<typeof runTorgCommand>;
};

/** Real processes on one database, as where the load is shared. */
export async function startProcesses(
  scope: { after(cleanup: () => Promise<void>): void },
  { serving, working, behind, env: more }: Several,
): Promise<Processes> {
  const { db, ownerUrl } = await testDatabase(scope);
  const dataFolder = await mkdtemp(join(tmpdir(), "torg-several-"));
  const ports = await Promise.all(Array.from({ length: serving }, () => freePort()));
  const host = behind?.host ?? `localhost:${ports[0]}`;
  const address = behind?.address ?? "127.0.0.1";
  const origin = `http://${host}`;
  const env = {
    TORG_URL: origin,
    TORG_LISTEN: address,
    DATABASE_URL: ownerUrl,
    TORG_ALLOW_PRIVATE_NETWORK: "1",
    TORG_API_RATE: "100000",
    ...more,
  };
  const servers: Server[] = [];
  const workers: TorgProcess[] = [];
  scope.after(async () => {
    const all = [...servers, ...workers];
    for (const one of all) one.kill("SIGTERM");
    await Promise.all(all.map((one) => one.exited));
    await rm(dataFolder, { recursive: true, force: true });
  });
  for (const port of ports) {
    const torg = await startTorgProcess({ dataFolder, port, env, args: ["serve", "--no-work"] });
    servers.push({ ...torg, port, reads: 0, position: () => positionAt(address, port) });
  }
  for (let n = 0; n < working; n++) workers.push(await startTorgProcess({ dataFolder, env, args: ["work"] }));
  await Promise.all([...servers, ...workers].map((one) => one.ready));
  if (behind) {
    const proxy = await startRoundRobin(behind, ports);
    scope.after(() => proxy.stop());
  }
  const command = (...args: string[]) => runTorgCommand({ dataFolder, env, args });
  return { db, servers, workers, origin, host, command };
}

async function positionAt(address: string, port: number): Promise<number> {
  const answer = await fetch(`http://${address}:${port}/metrics`);
  return Number(/^torg_journal_position (\d+)$/m.exec(await answer.text())?.[1] ?? 0);
}
