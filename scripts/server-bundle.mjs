// Torg's source as a few files that are read at once: dist/server, made by build-server.mjs. What it was made of stands
// beside it, so that one that is not of exactly these sources is never run.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const bundleFolder = join(root, "dist/server");
export const madeOfFile = join(bundleFolder, "made-of.json");

/** Besides the sources: what third parties' code it holds, and how it was made. */
export const alsoMadeOf = [
  "package.json",
  "tsconfig.json",
  "node_modules/.package-lock.json",
  "scripts/build-server.mjs",
];

/** Address of the bundle's entry if nothing that it was made of has changed since. */
export function freshBundle() {
  try {
    const { entry, files } = JSON.parse(readFileSync(madeOfFile, "utf8"));
    for (const path of Object.keys(files)) if (describeFile(path) !== files[path]) return undefined;
    return pathToFileURL(join(bundleFolder, entry)).href;
  } catch {
    return undefined;
  }
}

/** The names of the parts of the bundle that is there, fresh or not. */
export function lastParts() {
  try {
    return JSON.parse(readFileSync(madeOfFile, "utf8")).parts ?? [];
  } catch {
    return [];
  }
}

export function describeFile(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : "none";
}
