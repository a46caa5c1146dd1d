import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** How many milliseconds each test file took when it was last run here. */
export type Times = Record<string, number>;

const kept = fileURLToPath(new URL("../../node_modules/.cache/torg-test-times.json", import.meta.url));

/** What takes longest begins first, so that no process stands idle at the end. */
export function longestFirst(files: readonly string[], times: Times): string[] {
  return files
    .map((file) => ({ file, ms: times[file] ?? guess(file) }))
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ file }) => file);
}

export function knownTimes(): Times {
  try {
    return JSON.parse(readFileSync(kept, "utf8")) as Times;
  } catch {
    // Nothing has run here yet.
    return {};
  }
}

/** Only order depends on them: of two runs at the same time the last one's stay, and a full disk fails no test. */
export function keepTimes(times: Times): void {
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify({ ...knownTimes(), ...times }));
  } catch (error) {
    console.error("How long the tests took could not be kept:", error);
  }
}

/** A file that never ran here is as long as it is large. */
function guess(file: string): number {
  const msPerByte = 0.15;
  return statSync(file).size * msPerByte;
}
