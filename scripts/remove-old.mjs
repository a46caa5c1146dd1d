import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const dayMs = 86_400_000;

/** Removes what lies in a folder, is `meant`, and has not been changed for a day. */
export function removeOld(folder, meant) {
  for (const name of readdirSync(folder)) {
    if (!meant(name)) continue;
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Removes the folders in which killed builds of `target` were at work: they lie beside it, with a process's number. */
export function removeLeftBy(target) {
  const own = `${basename(target)}.`;
  removeOld(dirname(target), (name) => name.startsWith(own) && /^\d+(\.old)?$/.test(name.slice(own.length)));
}
