import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { locateBinaries } from "#platform/postgres/locate-binaries.ts";
import { chooseRunAs, giveTo, postgresEnvironment } from "#platform/postgres/run-as.ts";
import { startTorgProcess } from "#test/torg-process.ts";
import type { Bench, Row } from "../row.ts";

/** From the command to the first page, as somebody who tries it sees it. */
export const start: Row = {
  name: "start",
  work: "fresh data folder to first page; second start",
  limit: "initdb plus Node's own start",
  target: { ratio: { atMost: 1.5 } },
  async measure(bench) {
    const fresh: number[] = [];
    const second: number[] = [];
    const limits: number[] = [];
    // The first warms up: programs lie in memory, and the source is compiled.
    for (let round = 0; round <= bench.rounds; round++) {
      const dataFolder = join(bench.folder, `data-${round}`);
      const times = [await firstPage(dataFolder), await firstPage(dataFolder), await bare(bench, round)];
      await rm(dataFolder, { recursive: true });
      if (round === 0) continue;
      for (const [index, list] of [fresh, second, limits].entries()) list.push(times[index] ?? Number.NaN);
    }
    return [
      { part: "fresh", unit: "ms", ours: fresh, limits },
      { part: "second", unit: "ms", ours: second, limits, note: "makes no database, as its limit does" },
    ];
  },
};

/** Milliseconds to the first page; stops again. */
async function firstPage(dataFolder: string): Promise<number> {
  const begin = performance.now();
  const torg = await startTorgProcess({ dataFolder });
  await torg.line(/^Torg serves /);
  const answer = await fetch(torg.url);
  await answer.text();
  const ms = performance.now() - begin;
  torg.kill("SIGTERM");
  const { code } = await torg.exited;
  if (!answer.ok || code !== 0) throw new Error(`${answer.status}, then code ${code}\n${torg.output()}`);
  return ms;
}

async function bare(bench: Bench, round: number): Promise<number> {
  const run = promisify(execFile);
  const folder = join(bench.folder, `bare-${round}`);
  await mkdir(folder, { mode: 0o700 });
  const runAs = chooseRunAs(folder);
  giveTo(runAs, folder);
  const { file, args } = runAs.command(locateBinaries().initdb, [
    `--pgdata=${folder}`,
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--no-instructions",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ]);
  const begin = performance.now();
  await run(file, args, { env: postgresEnvironment, cwd: "/" });
  await run(process.execPath, ["-e", "0"]);
  const ms = performance.now() - begin;
  await rm(folder, { recursive: true });
  return ms;
}
