// npm run bench: how near Torg is to what the machine can do. Each row takes turns with the limit of the same work, so
// that a shared, noisy machine disturbs both alike.
//   --only ROW      one row, by the beginning of its name
//   --json FILE     the lines as JSON as well
//   --rounds N, --seconds N
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Bench, Row } from "./row.ts";
import { rows } from "./rows.ts";
import { lineOf, printed, type Line } from "./table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
  },
});
const chosen = rows.filter((row) => row.name.startsWith(values.only ?? ""));
if (chosen.length === 0) {
  console.error(`There is no row ${values.only}. There are: ${rows.map((row) => row.name).join(", ")}`);
  process.exit(1);
}
const root = await mkdtemp(join(tmpdir(), "torg-bench-"));
const lines: Line[] = [];
for (const row of chosen) lines.push(...(await measured(row)));
await rm(root, { recursive: true, force: true });
console.log(printed(lines));
if (values.json) await writeFile(values.json, `${JSON.stringify(lines, null, 2)}\n`);
process.exit(lines.every((line) => line.holds) ? 0 : 1);

async function measured(row: Row): Promise<Line[]> {
  console.error(`${row.name}: ${row.work}, beside ${row.limit} …`);
  const cleanups: (() => Promise<unknown> | void)[] = [];
  const folder = join(root, row.name.replaceAll(/\W+/g, "-"));
  await mkdir(folder);
  const bench: Bench = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    folder,
    after: (cleanup) => void cleanups.push(cleanup),
  };
  try {
    return (await row.measure(bench)).map((one) => lineOf(row, one));
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}
