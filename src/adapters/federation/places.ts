export type Places = {
  /** Does work when there is a place for it, in order of asking. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Tells when every place is free, at once if so; gives what takes the wish back. */
  whenQuiet: (tell: () => void) => () => void;
};

/**
 * So many at work at the same time. What waits longer than the patience costs nothing while it waits, so it gives its
 * place to the next: however many never answer, they hold up the others for a moment only.
 */
export function createPlaces({ most, patienceMs }: { most: number; patienceMs: number }): Places {
  const queue: (() => void)[] = [];
  const quiet = new Set<() => void>();
  let free = most;
  return {
    whenQuiet(tell) {
      if (free === most) tell();
      else quiet.add(tell);
      return () => quiet.delete(tell);
    },
    async take(work) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => queue.push(resolve));
      let held = true;
      const leave = () => {
        if (!held) return;
        held = false;
        const next = queue.shift();
        if (next) next();
        else if (++free === most) for (const tell of quiet) tell();
      };
      const timer = setTimeout(leave, patienceMs);
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        leave();
      }
    },
  };
}
