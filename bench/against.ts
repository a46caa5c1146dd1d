import { execFile } from "node:child_process";
import { cp, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { median, type Line } from "./table.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
/** Each version twice, and in this order, so that a machine that slowly gets busier favours neither. */
const turns = ["now", "before", "before", "now"] as const;

/**
 * Run as programs, these files would bring the packages of their own version into the folder that both share. An older
 * version has the first alone, and runs its sources.
 */
const build = `
  await (await import("./scripts/build-client.mjs")).buildClientIfChanged();
  const server = await import("./scripts/build-server.mjs").catch(() => undefined);
  await server?.buildServerIfChanged();`;

type Version = (typeof turns)[number];
export type Compared = {
  row: string;
  unit: string;
  now: number | null;
  before: number | null;
  ratio: number | null;
};

/**
 * Measures rows of this version and of another, in turns, each in a process of its own and with today's benchmark: the
 * other version lies in a work tree of its own in `folder`. A row that the other cannot run has no value there.
 */
export async function compareWith(
  ref: string,
  options: { rows: readonly string[]; length: readonly string[]; folder: string },
): Promise<Compared[]> {
  const other = join(options.folder, "before");
  await run("git", ["worktree", "add", "--detach", other, ref], { cwd: root });
  try {
    await symlink(join(root, "node_modules"), join(other, "node_modules"));
    // The benchmark, and what it borrows from the tests to stand in for other servers.
    for (const folder of ["bench", "test"]) {
      await rm(join(other, folder), { recursive: true, force: true });
      await cp(join(root, folder), join(other, folder), { recursive: true });
    }
    await run(process.execPath, ["--input-type=module", "--eval", build], { cwd: other });
    const compared: Compared[] = [];
    for (const row of options.rows) {
      const lines: Record<Version, Line[]> = { now: [], before: [] };
      for (const version of turns)
        lines[version].push(...(await measured(version === "now" ? root : other, row, options)));
      compared.push(...comparedLines(lines.now, lines.before));
    }
    return compared;
  } finally {
    await run("git", ["worktree", "remove", "--force", other], { cwd: root });
  }
}

export function comparedLines(now: readonly Line[], before: readonly Line[]): Compared[] {
  const names = new Set([...now, ...before].map((line) => line.row));
  return [...names].map((row) => {
    const [mine, others] = [valueOf(now, row), valueOf(before, row)];
    const unit = [...now, ...before].find((line) => line.row === row)?.unit ?? "";
    const ratio = mine === null || others === null ? null : mine / others;
    return { row, unit, now: mine, before: others, ratio };
  });
}

function valueOf(lines: readonly Line[], row: string): number | null {
  const values = lines.filter((line) => line.row === row).map((line) => line.value);
  return values.length > 0 ? median(values) : null;
}

async function measured(
  version: string,
  row: string,
  { length, folder }: { length: readonly string[]; folder: string },
): Promise<Line[]> {
  const file = join(folder, "lines.json");
  await rm(file, { force: true });
  const args = ["bench/run.ts", "--only", row, ...length, "--json", file];
  // A row that does not hold ends with code 1 as well: what counts is whether there are lines.
  const words = await run(process.execPath, args, { cwd: version, maxBuffer: 64 * 1024 * 1024 }).then(
    () => "",
    (error: Error & { stderr?: string }) => error.stderr ?? error.message,
  );
  const text = await readFile(file, "utf8").catch(() => undefined);
  const lines = JSON.parse(text ?? "[]") as Line[];
  if (lines.length > 0) return lines;
  console.error(`${row} could not be measured in ${version}:\n${words}`);
  return [];
}
