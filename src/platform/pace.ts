import type { Clock } from "./clock.ts";

/** Whether one more may be asked now, of this one and of all. Counted in this process alone, by the minute. */
export type Pace = (whom: string) => boolean;

/** Nobody is to make us knock at a door over and over: not at one, and not at many. */
export function createPace(clock: Clock, most: { ofOne: number; ofAll: number }): Pace {
  const counts = new Map<string, number>();
  let until: Temporal.Instant | undefined;
  let all = 0;
  return (whom) => {
    if (!until || Temporal.Instant.compare(clock(), until) >= 0) {
      counts.clear();
      all = 0;
      until = clock().add({ minutes: 1 });
    }
    const count = counts.get(whom) ?? 0;
    if (count >= most.ofOne || all >= most.ofAll) return false;
    counts.set(whom, count + 1);
    all++;
    return true;
  };
}
