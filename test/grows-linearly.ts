import assert from "node:assert/strict";

/** Below this the clock tells nothing. */
const leastMs = 2;

/**
 * Four times the input may take about four times the time, not sixteen: on any machine, a search that goes over
 * hostile text again and again is found out.
 */
export function assertGrowsLinearly(work: (size: number) => void, size: number): void {
  const short = Math.max(
    best(() => work(size)),
    leastMs,
  );
  const long = best(() => work(size * 4));
  assert.ok(long < short * 9, `${size} took ${short.toFixed(1)} ms, ${size * 4} took ${long.toFixed(1)} ms`);
}

function best(work: () => void): number {
  const times = [1, 2, 3].map(() => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  });
  return Math.min(...times);
}
