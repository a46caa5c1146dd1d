/** The time, as an argument: only tests ever set it. */
export type Clock = () => Temporal.Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

/** The same time in milliseconds since 1970: a whole instant costs ten times as much, and busy loops need none. */
export function millisecondsOf(clock: Clock): () => number {
  return clock === systemClock ? Date.now : () => clock().epochMilliseconds;
}
