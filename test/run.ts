import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { environment } from "./environment.ts";
import { findMissing } from "./peers/find-missing.ts";
import { chooseGroups, type Group } from "./runner/choose-groups.ts";
import { type Result, runFiles } from "./runner/run-files.ts";
import { runStaticChecks } from "./runner/run-static-checks.ts";
import { globalSetup, globalTeardown } from "./setup.ts";

environment.compiled = fileURLToPath(new URL("../node_modules/.cache/torg-test", import.meta.url));
const results: { name: string; seconds: number; result: Result }[] = [];
const interrupted = new AbortController();
const plan = chooseGroups(process.argv.slice(2));
let database: Promise<string | undefined> | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    interrupted.abort();
    void globalTeardown().finally(() => process.exit(130));
  });
}
for (const problem of plan.problems) report("plan", 0, { passed: 0, failed: 1, skipped: 0, words: problem });
try {
  for (const { group, files } of plan.groups) {
    console.log(`\n▸ ${group.name}`);
    const begun = performance.now();
    const result = await runGroup(group, files);
    report(group.name, (performance.now() - begun) / 1000, result);
  }
} finally {
  await globalTeardown();
}
summarise();

async function runGroup(group: Group, files: string[]): Promise<Result> {
  if (group.name === "static") return runStaticChecks();
  const missing = findMissing(group.needs);
  if (missing.length > 0 && environment.ci)
    return { passed: 0, failed: 1, skipped: 0, words: missing.join("\n") };
  if (missing.length > 0) return { passed: 0, failed: 0, skipped: files.length, words: missing.join("\n") };
  const trouble = group.needs.includes("database") ? await startDatabaseOnce() : undefined;
  if (trouble) return { passed: 0, failed: 1, skipped: 0, words: trouble };
  const result = await runFiles(files, {
    workers: Math.min(2, availableParallelism()) + (group.waits ? 1 : 0),
    alone: group.alone ?? (() => false),
    apart: group.apart ?? false,
    timeoutMs: group.timeoutMs,
    signal: interrupted.signal,
  });
  if (result.passed + result.failed > 0) return result;
  return { ...result, failed: 1, words: `${files.length} files, and not one test in them` };
}

/** Returns why it could not be started, if so. */
function startDatabaseOnce(): Promise<string | undefined> {
  database ??= globalSetup().then(
    () => undefined,
    (error: unknown) => inspect(error),
  );
  return database;
}

function report(name: string, seconds: number, result: Result): void {
  if (result.words) console.log(result.words);
  results.push({ name, seconds, result });
}

function summarise(): void {
  let passed = 0;
  let failed = 0;
  console.log("");
  for (const { name, seconds, result } of results) {
    passed += result.passed;
    failed += result.failed;
    const skipped = result.skipped > 0 ? `, ${result.skipped} left out` : "";
    console.log(
      `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s   ${result.passed} passed, ${result.failed} failed${skipped}`,
    );
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  // Something that a test left open must not keep the run from ending.
  process.exit(failed > 0 || results.length === 0 ? 1 : 0);
}
