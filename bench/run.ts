// npm run bench: how near Torg is to what the machine can do. Each row takes turns with the limit of the same work, so
// that a shared, noisy machine disturbs both alike.
//   --only ROW        one row, or all whose names begin so
//   --json FILE       the lines as JSON as well
//   --against REF     this version and that of a git ref in turns, beside one another
//   --rounds N, --seconds N   instead of what each row says itself
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareWith } from "./against.ts";
import { measureRows } from "./measure-rows.ts";
import { rows, type Length } from "./rows.ts";
import { printed, printedBesides } from "./table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    json: { type: "string" },
    against: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
  },
});
const exact = rows.filter((row) => row.name === values.only);
const chosen = exact.length > 0 ? exact : rows.filter((row) => row.name.startsWith(values.only));
if (chosen.length === 0) {
  console.error(`There is no row ${values.only}. There are: ${rows.map((row) => row.name).join(", ")}`);
  process.exit(1);
}
const root = await mkdtemp(join(tmpdir(), "torg-bench-"));
try {
  process.exitCode = await (values.against === undefined ? measureAll() : compareAll(values.against));
} finally {
  await rm(root, { recursive: true, force: true });
}
// What a row may have left open must not keep the run from ending.
process.exit();

async function measureAll(): Promise<number> {
  const begin = performance.now();
  const { lines, times, failed } = await measureRows(chosen, { root, length: lengthSaid() });
  console.log(printed(lines));
  const each = times.map(({ row, ms }) => `${row} ${said(ms)}`).join("; ");
  console.log(`\nMeasured in ${said(performance.now() - begin)}: ${each}.`);
  if (failed.length > 0) console.log(`Failed: ${failed.join("; ")}.`);
  await writeJson(lines);
  return failed.length === 0 && lines.every((line) => line.holds) ? 0 : 1;
}

async function compareAll(ref: string): Promise<number> {
  const length = Object.entries(lengthSaid()).flatMap(([name, much]) => [`--${name}`, String(much)]);
  const names = chosen.map((row) => row.name);
  const compared = await compareWith(ref, { rows: names, length, folder: root });
  console.log(printedBesides(compared, ref));
  await writeJson(compared);
  return 0;
}

async function writeJson(lines: readonly object[]): Promise<void> {
  if (values.json) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
}

function lengthSaid(): Partial<Length> {
  const { rounds, seconds } = values;
  return { ...(rounds ? { rounds: Number(rounds) } : {}), ...(seconds ? { seconds: Number(seconds) } : {}) };
}

function said(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
