import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Need } from "../peers/find-missing.ts";

export type Group = {
  name: string;
  /** Whether a test file, by its path from the root, belongs here. */
  holds(file: string): boolean;
  needs: Need[];
  timeoutMs: number;
  /** A fresh process for each file: what these start is too heavy to leave anything behind. */
  apart?: boolean;
  /** It waits a quarter of its time, for the database or a clock, so that one process more keeps the cores at work. */
  waits?: boolean;
  /** What counts or measures against a clock has the machine for itself, when the others have run. */
  alone?: (file: string) => boolean;
};

export type Plan = {
  groups: { group: Group; files: string[] }[];
  /** Words for what cannot be run, or would have been forgotten without a sound. */
  problems: string[];
};

const minute = 60_000;

/** In the order they run: what is quick to fail comes first. */
const all: Group[] = [
  { name: "static", holds: () => false, needs: [], timeoutMs: 5 * minute },
  { name: "unit", holds: isUnit, needs: [], timeoutMs: 2 * minute, waits: true },
  { name: "db", holds: isDatabase, needs: ["database"], timeoutMs: 3 * minute, waits: true },
  { name: "app", holds: isWhole, needs: ["database"], timeoutMs: 5 * minute, waits: true },
  {
    name: "browser",
    holds: within("browser"),
    needs: ["database", "chromium"],
    timeoutMs: 5 * minute,
    apart: true,
  },
  {
    name: "interop",
    holds: within("interop"),
    needs: ["database", "chromium", "snac", "clients"],
    timeoutMs: 10 * minute,
    apart: true,
  },
  {
    name: "faults",
    holds: within("faults"),
    needs: ["database"],
    timeoutMs: 30 * minute,
    apart: true,
    alone: (file) => /\/(fresh-answers|overload|typing)\.test\.ts$/.test(file),
  },
];

/** Reads `npm test -- …`: names of groups, paths of test files or folders, or nothing for everything. */
export function chooseGroups(args: string[]): Plan {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const found = globSync("{bench,bin,client,scripts,src,test}/**/*.test.ts", { cwd: root }).toSorted();
  const names = new Set(all.map((group) => group.name));
  const paths = args.filter((arg) => !names.has(arg)).map((path) => path.replace(/^\.\/|\/$/g, ""));
  const groups = all
    .map((group) => ({ group, files: found.filter((file) => group.holds(file)) }))
    .map(({ group, files }) => {
      const whole = args.length === 0 || args.includes(group.name);
      return { group, whole, files: whole ? files : files.filter((file) => isUnder(paths, file)) };
    })
    .filter(({ group, whole, files }) => (group.name === "static" ? whole : files.length > 0));
  const strays = found.filter((file) => !all.some((group) => group.holds(file)));
  return {
    groups,
    problems: [
      ...paths.filter((path) => !existsSync(path)).map((path) => `There is no group or file ${path}`),
      ...strays.map((file) => `${file} lies where no group of tests looks`),
    ],
  };
}

function isUnder(paths: string[], file: string): boolean {
  return paths.some((path) => file === path || file.startsWith(`${path}/`));
}

function isUnit(file: string): boolean {
  return /^(bench|bin|client|scripts|src)\//.test(file) && !isDatabase(file);
}

function isDatabase(file: string): boolean {
  return file.endsWith(".db.test.ts");
}

function isWhole(file: string): boolean {
  return /^test\/[^/]+$/.test(file) && !isDatabase(file);
}

function within(folder: string): (file: string) => boolean {
  return (file) => file.startsWith(`test/${folder}/`) && !isDatabase(file);
}
