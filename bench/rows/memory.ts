import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, runTorgCommand, startTorgProcess } from "#test/torg-process.ts";
import { startRemoteServer } from "#test/remote-server.ts";
import { fastDay, type Traffic } from "../fast-day.ts";
import { cpuTime } from "../cpu-time.ts";
import { proportionalSetSize } from "../proportional-set-size.ts";
import type { Bench, Measured, Row } from "../row.ts";

const work =
  "proportional set size of Torg and its database at rest: after the start, and after each kind of load";

export const memory: Row = {
  name: "memory",
  work,
  limit: "none",
  target: { value: { atMost: 150 } },
  async measure(bench) {
    const torg = await startCounted(bench);
    const traffic = await torg.traffic();
    const measured: Measured[] = [{ part: "idle", ...(await torg.atRest()) }];
    for (const [part, load] of Object.entries(traffic.loads)) {
      await load();
      measured.push({ part: `after ${part}`, ...(await torg.atRest()) });
    }
    for (const load of Object.values(traffic.loads)) await load();
    measured.push({ part: "after all again", ...(await torg.atRest()) });
    return measured;
  },
};

/** What one day leaves behind, the next must not add to. */
export const memoryGrowth: Row = {
  name: "memory growth",
  work: "the same after a day's traffic in fast motion, beside what it was after the days before",
  limit: "after the first two days",
  target: { ratio: { atMost: 1.05 } },
  async measure(bench) {
    const torg = await startCounted(bench);
    const traffic = await torg.traffic();
    for (let day = 0; day < 2; day++) await traffic.day();
    const { ours: limits } = await torg.atRest();
    const notes: string[] = [];
    for (let day = 0; day < 2; day++) {
      notes[0] = await traffic.day();
    }
    const { ours, note = "" } = await torg.atRest();
    return [{ unit: "MiB", ours, limits, note: [...notes, note].join("; ") }];
  },
};

type Counted = {
  traffic(): Promise<Traffic>;
  /** When it has come to rest, which takes the sweep of `spareMemory` and the time of idle connections. */
  atRest(): Promise<Pick<Measured, "unit" | "ours" | "limits" | "note">>;
};

/** A real process on a data folder, with an authority in it. */
async function startCounted(bench: Bench): Promise<Counted> {
  const dataFolder = join(bench.folder, "data");
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = { TORG_URL: origin, TORG_ALLOW_PRIVATE_NETWORK: "1", TORG_API_RATE: "100000" };
  const command = async (...args: string[]) => {
    const said = await runTorgCommand({ dataFolder, port, env, args: [...args, "--json"] });
    if (said.code !== 0) throw new Error(said.stdout + said.stderr);
    return JSON.parse(said.stdout) as Record<string, unknown>;
  };
  await command(..."setup --authority Exempelkommun --municipality 0000 --admin anna@example.se".split(" "));
  // This process runs the same program: its pages would else be counted by half.
  const node = join(bench.folder, "node");
  await copyFile(process.execPath, node);
  const torg = await startTorgProcess({ dataFolder, port, env, node });
  bench.after(async () => {
    torg.kill("SIGTERM");
    await torg.exited;
  });
  await torg.ready;
  return {
    async traffic() {
      const remote = await startRemoteServer();
      bench.after(() => remote.stop());
      const token = "token anna@example.se --account exempelkommun --scope".split(" ");
      const made = await command(...token, "read write");
      return fastDay({ origin, token: String(made["token"]), remote });
    },
    async atRest() {
      await worked(torg.pid);
      await wait(untilSweptMs);
      let last = Number.NaN;
      let { whole, ofRoot } = proportionalSetSize(torg.pid);
      for (let looks = 0; looks < mostLooks && !(Math.abs(whole - last) < 1); looks++) {
        last = whole;
        await wait(betweenMs);
        ({ whole, ofRoot } = proportionalSetSize(torg.pid));
      }
      const note = `${ofRoot.toFixed(0)} of it Torg itself, ${(whole - ofRoot).toFixed(0)} the database`;
      return { unit: "MiB", ours: [whole], limits: [], note };
    },
  };
}

/** What was answered 202 is handled later, on a busy machine much later. */
async function worked(pid: number): Promise<void> {
  for (let seconds = 0; seconds < mostSeconds; seconds++) {
    const before = cpuTime(pid);
    await wait(1_000);
    if (cpuTime(pid) - before < 40) return;
  }
  throw new Error("Torg does not come to rest");
}

const mostSeconds = 240;
/** A sweep comes at the second look of `spareMemory` at rest, at the latest. */
const untilSweptMs = 11_000;
const betweenMs = 3_000;
const mostLooks = 12;
