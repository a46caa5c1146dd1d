import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "#platform/database.ts";
import { testDatabase } from "../database.ts";
import { freePort, startTorgProcess, type TorgProcess } from "../torg-process.ts";

export type Server = TorgProcess & {
  port: number;
  /** Up to which entry of the journal it has heard. */
  position(): Promise<number>;
  /** How often it has been read; the reader counts. */
  reads: number;
};

/** Real processes on one database, as where the load is shared: all answer for one address, each on its own port. */
export async function startProcesses(
  scope: { after(cleanup: () => Promise<void>): void },
  { serving, working }: { serving: number; working: number },
): Promise<{ db: Database; servers: Server[]; workers: TorgProcess[]; origin: string; host: string }> {
  const { db, ownerUrl } = await testDatabase(scope);
  const dataFolder = await mkdtemp(join(tmpdir(), "torg-several-"));
  const ports = await Promise.all(Array.from({ length: serving }, () => freePort()));
  const host = `localhost:${ports[0]}`;
  const origin = `http://${host}`;
  const env = {
    TORG_URL: origin,
    DATABASE_URL: ownerUrl,
    TORG_ALLOW_PRIVATE_NETWORK: "1",
    TORG_API_RATE: "100000",
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
    servers.push({ ...torg, port, reads: 0, position: () => positionAt(port) });
  }
  for (let n = 0; n < working; n++) workers.push(await startTorgProcess({ dataFolder, env, args: ["work"] }));
  await Promise.all([...servers, ...workers].map((one) => one.ready));
  return { db, servers, workers, origin, host };
}

async function positionAt(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  return Number(/^torg_journal_position (\d+)$/m.exec(await answer.text())?.[1] ?? 0);
}
