import { spawnSync } from "node:child_process";
import type { Result } from "./run-files.ts";

const checks = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "types of the client", command: ["tsc", "--noEmit", "--project", "client/tsconfig.json"] },
];

/** Format, lint and types, each counted as one test. */
export function runStaticChecks(): Result {
  const result: Result = { passed: 0, failed: 0, skipped: 0 };
  const words: string[] = [];
  for (const { name, command } of checks) {
    const [program = "", ...args] = command;
    const run = spawnSync(`node_modules/.bin/${program}`, args, { encoding: "utf8" });
    if (run.status === 0) {
      result.passed += 1;
      process.stdout.write(".");
      continue;
    }
    result.failed += 1;
    process.stdout.write("✗");
    words.push(`✗ ${name}\n${run.error?.message ?? ""}${run.stdout}${run.stderr}`.trimEnd());
  }
  process.stdout.write("\n");
  return words.length > 0 ? { ...result, words: words.join("\n\n") } : result;
}
