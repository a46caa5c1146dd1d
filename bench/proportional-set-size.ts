import { readdirSync, readFileSync } from "node:fs";

/** MiB that a process and all its descendants take, what they share counted once (Linux alone tells it). */
export function proportionalSetSize(root: number): { whole: number; ofRoot: number } {
  const children = childrenOfAll();
  const sum = (pid: number): number =>
    sizeOf(pid) + (children.get(pid) ?? []).reduce((all, child) => all + sum(child), 0);
  return { whole: sum(root) / 1024, ofRoot: sizeOf(root) / 1024 };
}

function sizeOf(pid: number): number {
  const said = read(pid, "smaps_rollup");
  return Number(/^Pss:\s+(\d+) kB$/m.exec(said)?.[1] ?? 0);
}

function childrenOfAll(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    // The name of the program, in brackets, may hold anything.
    const said = read(pid, "stat");
    const parent = Number(said.slice(said.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/** A process may end while it is looked at. */
function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return "";
  }
}
