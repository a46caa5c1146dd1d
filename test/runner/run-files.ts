import { relative } from "node:path";
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
  /** Each file gets a fresh process, instead of the one that ran others before it. */
  apart: boolean;
  timeoutMs: number;
  signal: AbortSignal;
};

/** Runs test files in a few processes; prints a dot for a test that passed, and every failure in full at the end. */
export async function runFiles(files: string[], options: RunOptions): Promise<Result> {
  const result: Result = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const waiting = [...files];
  await Promise.all(Array.from({ length: Math.min(options.workers, files.length) }, work));
  process.stdout.write("\n");
  return failures.length > 0 ? { ...result, words: failures.join("\n\n") } : result;

  async function work(): Promise<void> {
    let worker = startWorker();
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (options.signal.aborted) break;
      const told = await worker.run(file, options);
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
