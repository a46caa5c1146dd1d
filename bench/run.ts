// npm run bench: how near Torg is to what the machine can do. Each row takes turns with the limit of the same work, so
// that a shared, noisy machine disturbs both alike.
//   --only ROW        one row, or all whose names begin so
//   --json FILE       the lines as JSON as well
//   --against REF     this version and that of a git ref in turns, beside one another
//   --rounds N, --seconds N
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareWith } from "./against.ts";
import type { Bench, Row } from "./row.ts";
import { rows } from "./rows.ts";
import { lineOf, printed, printedBesides, type Line } from "./table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    json: { type: "string" },
    against: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
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
  const lines: Line[] = [];
  const begin = performance.now();
  for (const row of chosen) lines.push(...(await measured(await row.load())));
  console.log(printed(lines));
  console.log(`\nMeasured in ${said(performance.now() - begin)}.`);
  await writeJson(lines);
  return lines.every((line) => line.holds) ? 0 : 1;
}

async function compareAll(ref: string): Promise<number> {
  const { rounds, seconds } = values;
  const names = chosen.map((row) => row.name);
  const compared = await compareWith(ref, { rows: names, rounds, seconds, folder: root });
  console.log(printedBesides(compared, ref));
  await writeJson(compared);
  return 0;
}

async function writeJson(lines: readonly object[]): Promise<void> {
  if (values.json) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
}

async function measured(row: Row): Promise<Line[]> {
  console.error(`${row.name}: ${row.work}, beside ${row.limit} …`);
  const cleanups: (() => Promise<unknown> | void)[] = [];
  const folder = join(root, row.name.replaceAll(/\W+/g, "-"));
  await mkdir(folder);
  const begin = performance.now();
  const shared = join(root, "shared");
  await mkdir(shared, { recursive: true });
  const bench: Bench = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    folder,
    shared,
    after: (cleanup) => void cleanups.push(cleanup),
  };
  try {
    const [first, ...others] = await row.measure(bench);
    const took = `the row took ${said(performance.now() - begin)}`;
    return [first && { ...first, note: [first.note, took].filter(Boolean).join("; ") }, ...others].flatMap(
      (one) => (one ? lineOf(row, one) : []),
    );
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

function said(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
