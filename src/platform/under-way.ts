const all = new WeakMap<AbortSignal, Set<Promise<unknown>>>();

/**
 * What goes on apart from requests and jobs, in a process that is told by `stopping` when to stop: its database stays
 * open until this is done, or has taken too long.
 */
export function holdUntilDone(stopping: AbortSignal, work: Promise<unknown>): void {
  const held = all.get(stopping) ?? new Set();
  all.set(stopping, held.add(work));
  const done = () => void held.delete(work);
  work.then(done, done);
}

/** Resolves when nothing of it is under way any more. */
export async function allDone(stopping: AbortSignal): Promise<void> {
  for (;;) {
    const waiting = [...(all.get(stopping) ?? [])];
    if (waiting.length === 0) return;
    await Promise.allSettled(waiting);
  }
}
