import { relative } from "node:path";
import { keepTimes, knownTimes, longestFirst, type Times } from "./longest-first.ts";
import { startWorker } from "./start-worker.ts";

export type Result = {
  passed: number;
  failed: number;
  skipped: number;
  /** What a person should read, if anything. */
  words?: string;
};

export type RunOptions = {
  /** How many processes work at the same time. */
  workers: number;
  /** Those that run one after another, when the rest has. */
  alone: (file: string) => boolean;
  /** Each file gets a fresh process, instead of the one that ran others before it. */
  apart: boolean;
  timeoutMs: number;
  signal: AbortSignal;
};

/** Runs test files in a few processes; prints a dot for a test that passed, and every failure in full at the end. */
export async function runFiles(files: string[], options: RunOptions): Promise<Result> {
  const result: Result = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const times: Times = {};
  const ordered = longestFirst(files, knownTimes());
  await runTogether(
    ordered.filter((file) => !options.alone(file)),
    options.workers,
  );
  await runTogether(ordered.filter(options.alone), 1);
  process.stdout.write("\n");
  keepTimes(times);
  return failures.length > 0 ? { ...result, words: failures.join("\n\n") } : result;

  async function runTogether(waiting: string[], workers: number): Promise<void> {
    await Promise.all(Array.from({ length: Math.min(workers, waiting.length) }, () => work(waiting)));
  }

  async function work(waiting: string[]): Promise<void> {
    let worker = startWorker();
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (options.signal.aborted) break;
      const begun = performance.now();
      const told = await worker.run(file, options);
      times[file] = Math.round(performance.now() - begun);
      result.passed += told.passed;
      result.skipped += told.skipped;
      result.failed += told.failures.length;
      failures.push(...told.failures);
      if (told.failures.length > 0 && told.output.trim())
        failures.push(`Output of ${relative(process.cwd(), file)}:\n${told.output.trimEnd()}`);
      if (!told.usable || options.apart) {
        await worker.stop();
        worker = startWorker();
      }
    }
    await worker.stop();
  }
}
