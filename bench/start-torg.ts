import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#config.ts";
import { createLineWriter } from "#platform/line-writer.ts";
import { createLog } from "#platform/log.ts";
import { exampleAuthority, type Example } from "#test/example.ts";
import { freePort } from "#test/torg-process.ts";
import { startTorg, type StartOptions, type Torg } from "../src/start.ts";
import type { Bench } from "./row.ts";

export type BenchTorg = Example & { torg: Torg; origin: string };

/** A whole Torg as it is run, with its log in a file, on a database of its own; and an authority in it. */
export async function startBenchTorg(
  bench: Bench,
  options: { parts?: StartOptions["parts"]; environment?: Record<string, string> } = {},
): Promise<BenchTorg> {
  const port = await freePort();
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
    log: createLog({ level: "info", now: () => Temporal.Now.instant(), write: lines.write }),
    ...(options.parts ? { parts: options.parts } : {}),
  });
  bench.after(() => torg.stop());
  const example = await exampleAuthority(torg.services.db, { domain: `localhost:${port}` });
  return { ...example, torg, origin };
}
