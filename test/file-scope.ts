import { after } from "node:test";

/** For what the tests of a file share: when all have run, what was opened last is closed first. */
export function fileScope(): { after(cleanup: () => Promise<void> | void): void } {
  const cleanups: (() => Promise<void> | void)[] = [];
  after(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });
  return { after: (cleanup) => void cleanups.push(cleanup) };
}
