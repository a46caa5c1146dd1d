import { performance, type EventLoopUtilization } from "node:perf_hooks";
import { Session } from "node:inspector/promises";
import { setTimeout as wait } from "node:timers/promises";
import { returnFreeMemory } from "./return-free-memory.ts";

const lookMs = 5_000;
const freedMs = 500;
/** Below this share of one core a process is at rest: its own timers take less. */
const quiet = 0.05;
const worthSweeping = 1024 * 1024;

export type SpareMemory = { look(): Promise<void>; stop(): void };

/**
 * Gives memory back when work has come to rest. V8 collects when it needs room and not when it has time, so what a
 * start or a flood left behind would be held until the next. `letGo` drops what has become useless at rest, and says how
 * many bytes; `sweep` and `used` are given by tests.
 */
export function spareMemory(
  options: { letGo?: () => number; sweep?: () => Promise<void>; used?: () => number } = {},
): SpareMemory {
  const { letGo = () => 0, sweep = collectGarbage, used = shareOfLastWhile() } = options;
  let swept = false;
  const look = async () => {
    const resting = used() < quiet;
    if (resting && (letGo() > worthSweeping || !swept)) {
      await sweep();
      // What the sweep itself took is no work.
      used();
    }
    swept = resting;
  };
  // A sweep that fails is one that did not happen.
  const timer = setInterval(() => void look().catch(() => {}), lookMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

/** The share of the time since the last call in which this process did something. */
function shareOfLastWhile(): () => number {
  let last: EventLoopUtilization | undefined;
  return () => {
    const now = performance.eventLoopUtilization();
    const share = last ? performance.eventLoopUtilization(now, last).utilization : now.utilization;
    last = now;
    return share;
  };
}

async function collectGarbage(): Promise<void> {
  await returnFreeMemory(async () => {
    const session = new Session();
    session.connect();
    await session.post("HeapProfiler.collectGarbage");
    session.disconnect();
    // What was collected is freed beside the program, a little later.
    await wait(freedMs);
  });
}
