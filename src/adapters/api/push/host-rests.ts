import type { Clock } from "#platform/clock.ts";

/** How many devices of one push service are told at a time, and how long a service is left in peace that gave no answer. */
const atOnce = 2;
const restSeconds = 30;
const turnSeconds = 2;

/** Keeps one push service that is slow or dead from keeping the others' devices waiting. In this process alone. */
export type HostRests = {
  /** Begins; or says when to try again. */
  begin(host: string): { end(answered: boolean): void } | { at: Temporal.Instant };
};

export function createHostRests(clock: Clock): HostRests {
  const busy = new Map<string, number>();
  const resting = new Map<string, Temporal.Instant>();
  return {
    begin(host) {
      const until = resting.get(host);
      if (until && Temporal.Instant.compare(clock(), until) < 0) return { at: until };
      resting.delete(host);
      const running = busy.get(host) ?? 0;
      if (running >= atOnce) return { at: clock().add({ seconds: turnSeconds }) };
      busy.set(host, running + 1);
      return {
        end(answered) {
          const left = (busy.get(host) ?? 1) - 1;
          if (left > 0) busy.set(host, left);
          else busy.delete(host);
          if (!answered) resting.set(host, clock().add({ seconds: restSeconds }));
        },
      };
    },
  };
}
