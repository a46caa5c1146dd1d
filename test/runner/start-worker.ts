import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Given, Told } from "./worker-words.ts";

export type FileResult = {
  passed: number;
  skipped: number;
  /** Each in full. */
  failures: string[];
  /** What was said on stdout and stderr meanwhile. */
  output: string;
  /** Whether the worker can take another file. */
  usable: boolean;
};

export type Worker = {
  run(file: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<FileResult>;
  stop(): Promise<void>;
};

/** Starts a process that runs test files one after another: reading the program is half of what a file costs. */
export function startWorker(): Worker {
  const child = spawn(
    process.execPath,
    [
      `--test-reporter=${beside("tell-parent.ts")}`,
      "--test-reporter-destination=stdout",
      beside("worker.ts"),
    ],
    { stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  // "close" is never told when we disconnect first.
  const ended = once(child, "exit");
  return {
    run: (file, options) => runOne(child, file, options),
    async stop() {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

function runOne(
  child: ChildProcess,
  file: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<FileResult> {
  const result: FileResult = { passed: 0, skipped: 0, failures: [], output: "", usable: true };
  const running = new Set<string>();
  const strays: string[] = [];
  const { promise, resolve: end } = Promise.withResolvers<void>();

  const hear = (told: Told) => {
    if (told.kind === "began") running.add(told.test);
    else if (told.kind === "ended") running.delete(told.test);
    else if (told.kind === "stray") strays.push(told.words);
    else if (told.kind === "file-ended") end();
    else if (told.kind === "failed") result.failures.push(told.words);
    else result[told.kind] += 1;
    if (told.kind === "passed" || told.kind === "failed")
      process.stdout.write(told.kind === "passed" ? "." : "✗");
  };
  const keep = (bytes: Buffer) => void (result.output += String(bytes));
  const lose = (why: string) => {
    result.usable = false;
    const during = [...running].map((test) => `\n  while running ${test}`).join("");
    result.failures.push(`✗ ${file}: ${why}${during}`);
    end();
  };
  const late = setTimeout(() => lose(`not ended after ${timeoutMs / 60_000} minutes`), timeoutMs);
  const close = (code: number | null, signalName: string | null) =>
    lose(`its process ended with ${signalName ?? code}`);
  const abort = () => lose("interrupted");
  child.on("message", hear).once("close", close);
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  signal.addEventListener("abort", abort);

  child.send({ file: resolve(file) } satisfies Given);
  return promise.then(() => {
    clearTimeout(late);
    child.off("message", hear).off("close", close);
    child.stdout?.off("data", keep);
    child.stderr?.off("data", keep);
    signal.removeEventListener("abort", abort);
    const untold = strays.filter((words) => !result.failures.some((failure) => isOf(failure, words)));
    result.failures.push(...untold.map((words) => `✗ ${file}, outside its tests\n${words}`));
    if (result.usable && result.passed + result.skipped + result.failures.length === 0)
      result.failures.push(`✗ ${file} holds no test`);
    return result;
  });
}

/** What made a running test fail is told by that test. */
function isOf(failure: string, stray: string): boolean {
  return failure.includes(stray.split("\n", 1)[0] ?? stray);
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
