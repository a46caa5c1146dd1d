import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#config.ts";
import { systemClock } from "#platform/clock.ts";
import { createLineWriter } from "#platform/line-writer.ts";
import { createLog } from "#platform/log.ts";
import { exampleAuthority, type Example } from "#test/example.ts";
import { freePort } from "#test/torg-process.ts";
import { startTorg, type StartOptions, type Torg } from "../src/start.ts";
import type { Bench } from "./row.ts";

export type BenchTorg = Example & { torg: Torg; origin: string };

type Options = { parts?: StartOptions["parts"]; environment?: Record<string, string> };

/** A whole Torg as it is run, with its log in a file, on a database of its own; and an authority in it. */
export async function startBenchTorg(bench: Bench, options: Options = {}): Promise<BenchTorg> {
  const { torg, origin } = await startAt(bench, await freePort(), options);
  const example = await exampleAuthority(torg.services.db, { domain: new URL(origin).host });
  return { ...example, torg, origin };
}

/** The same, at a port, with whatever is in its data folder. */
export async function startAt(
  bench: Bench,
  port: number,
  options: Options = {},
): Promise<{ torg: Torg; origin: string }> {
  const origin = `http://localhost:${port}`;
  const file = createWriteStream(join(bench.folder, `log-${port}`));
  const lines = createLineWriter((text) => void file.write(text));
  const torg = await startTorg({
    config: readConfig({
      TORG_URL: origin,
      TORG_PORT: String(port),
      TORG_DATA: join(bench.folder, "data"),
      TORG_API_RATE: "100000",
      TORG_ALLOW_PRIVATE_NETWORK: "1",
      TORG_UNDO_SECONDS: "0",
      ...options.environment,
    }),
    log: createLog({ level: "info", now: systemClock, write: lines.write }),
    ...(options.parts ? { parts: options.parts } : {}),
  });
  bench.after(() => torg.stop());
  return { torg, origin };
}
