import { relative } from "node:path";
import { inspect } from "node:util";
import type { Told } from "./worker-words.ts";

/** A reporter for node:test that tells the parent process what happens, as Told. */
export async function* tellParent(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    const told = toldOf(type, data);
    if (told) process.send?.(told);
    if (isEnd(type) && data.nesting === 0) process.send?.({ kind: "file-ended" } satisfies Told);
    // Node wants text of a reporter; all has gone by the channel.
    yield "";
  }
}

// Node asks a reporter for its default.
// oxlint-disable-next-line import/no-default-export
export default tellParent;

/** What is used here of the events, whose published types leave out half. */
type TestEvent = { type: string; data: TestData };
type TestData = {
  name: string;
  nesting: number;
  file?: string;
  line?: number;
  skip?: string | boolean;
  todo?: string | boolean;
  details?: { type?: string; error?: Error & { failureType?: string } };
};

function toldOf(type: string, data: TestData): Told | undefined {
  const isTest = data.nesting > 0 && data.details?.type !== "suite";
  if (type === "test:dequeue" && isTest) return { kind: "began", test: nameOf(data) };
  if (type === "test:complete" && isTest) return { kind: "ended", test: nameOf(data) };
  if (!isEnd(type)) return undefined;
  if (data.skip !== undefined || data.todo !== undefined) return { kind: "skipped" };
  if (type === "test:pass") return isTest ? { kind: "passed" } : undefined;
  // A suite of failures has nothing to add to them.
  if (data.details?.error?.failureType === "subtestsFailed" && !isTest) return undefined;
  return { kind: "failed", words: describe(data) };
}

function isEnd(type: string): boolean {
  return type === "test:pass" || type === "test:fail";
}

function describe({ nesting, name, file, line, details }: TestData): string {
  const error = details?.error?.cause ?? details?.error;
  const words = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  const heading =
    nesting === 0
      ? `✗ ${relative(process.cwd(), name)}`
      : `✗ ${name}\n  ${relative(process.cwd(), file ?? "")}:${line ?? 0}`;
  return `${heading}\n${words.replace(/^/gm, "  ")}`;
}

function nameOf({ name, file, line }: TestData): string {
  return `${name} (${relative(process.cwd(), file ?? "")}:${line ?? 0})`;
}
