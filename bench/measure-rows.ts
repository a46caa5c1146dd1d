import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bench, Measured } from "./row.ts";
import { usual, type Length, type ListedRow } from "./rows.ts";
import { lineOf, type Line } from "./table.ts";

export type MeasuredRows = {
  lines: Line[];
  /** How long each row took. */
  times: { row: string; ms: number }[];
  failed: string[];
};

/** Told of what breaks beside the row that is being measured, such as a connection that nobody waits for. */
let broken: (error: unknown) => void = () => {};

/** One row after the other, in a folder of the run. A row that fails is said, and the others are measured nevertheless. */
export async function measureRows(
  rows: readonly ListedRow[],
  { root, length }: { root: string; length: Partial<Length> },
): Promise<MeasuredRows> {
  const measured: MeasuredRows = { lines: [], times: [], failed: [] };
  const hear = (error: unknown) => broken(error);
  process.on("uncaughtException", hear);
  for (const row of rows) {
    const begin = performance.now();
    try {
      measured.lines.push(...(await measure(row, root, { ...usual, ...row, ...length })));
    } catch (error) {
      measured.failed.push(row.name);
      console.error(`${row.name} failed:`, error);
    }
    measured.times.push({ row: row.name, ms: performance.now() - begin });
  }
  process.off("uncaughtException", hear);
  return measured;
}

async function measure(listed: ListedRow, root: string, { rounds, seconds }: Length): Promise<Line[]> {
  const row = await listed.load();
  console.error(`${row.name}: ${row.work}, beside ${row.limit} …`);
  const cleanups: (() => Promise<unknown> | void)[] = [];
  const folder = join(root, row.name.replaceAll(/\W+/g, "-"));
  const shared = join(root, "shared");
  for (const one of [folder, shared]) await mkdir(one, { recursive: true });
  const after: Bench["after"] = (cleanup) => void cleanups.push(cleanup);
  const beside = new Promise<Measured[]>((_, reject) => {
    broken = reject;
  });
  try {
    const all = await Promise.race([row.measure({ rounds, seconds, folder, shared, after }), beside]);
    return all.map((one) => lineOf(row, one));
  } finally {
    broken = (error) => console.error("beside the rows:", error);
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}
