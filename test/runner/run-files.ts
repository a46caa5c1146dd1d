import { relative, resolve } from "node:path";
import { run } from "node:test";
import { inspect } from "node:util";

export type Result = {
  passed: number;
  failed: number;
  skipped: number;
  /** What a person should read, if anything. */
  words?: string;
};

/** Runs test files in a process each; prints a dot for a test that passed, and every failure in full at the end. */
export async function runFiles(
  files: string[],
  options: { concurrency: number; timeoutMs: number; signal: AbortSignal },
): Promise<Result> {
  const result: Result = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const output = new Map<string, string>();
  const failedFiles = new Set<string>();
  const events = run({
    files,
    concurrency: options.concurrency,
    timeout: options.timeoutMs,
    signal: options.signal,
  });
  for await (const event of events as AsyncIterable<TestEvent>) {
    const { type, data } = event;
    if (type === "test:stdout" || type === "test:stderr") {
      const file = resolve(data.file ?? "");
      output.set(file, (output.get(file) ?? "") + data.message);
    } else if (type === "test:summary" && data.file === undefined && data.counts) {
      result.passed += data.counts.passed;
      result.failed += data.counts.tests - data.counts.passed - data.counts.skipped - data.counts.todo;
      result.skipped += data.counts.skipped + data.counts.todo;
    } else if (type === "test:pass" && isFile(data)) {
      // Node counts a file without tests as one that passed.
      result.passed -= 1;
      result.failed += 1;
      failures.push(`✗ ${short(data.file ?? "")} holds no test`);
    } else if (type === "test:pass" && data.details?.type !== "suite") {
      process.stdout.write(".");
    } else if (type === "test:fail" && data.details?.error?.failureType !== "subtestsFailed") {
      process.stdout.write("✗");
      failures.push(describe(data));
      failedFiles.add(data.file ?? "");
    }
  }
  process.stdout.write("\n");
  const said = [...output].filter(([file]) => failedFiles.has(file));
  for (const [file, text] of said) failures.push(`Output of ${short(file)}:\n${text.trimEnd()}`);
  return failures.length > 0
    ? { ...result, failed: Math.max(1, result.failed), words: failures.join("\n\n") }
    : result;
}

/** What is used here of the events, whose published types leave out half. */
type TestEvent = { type: string; data: TestData };
type TestData = {
  name?: string;
  file?: string;
  line?: number;
  message?: string;
  counts?: { tests: number; passed: number; skipped: number; todo: number };
  details?: { type?: string; error?: Error & { failureType?: string } };
};

function describe({ name, file, line, details }: TestData): string {
  const error = details?.error?.cause ?? details?.error;
  const words = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return `✗ ${name ?? ""}\n  ${short(file ?? "")}:${line ?? 0}\n${words.replace(/^/gm, "  ")}`;
}

function isFile({ name, file }: TestData): boolean {
  return name !== undefined && resolve(name) === file;
}

function short(file: string): string {
  return relative(process.cwd(), file);
}
