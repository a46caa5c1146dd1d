import type { Focus } from "#domain/media/media.ts";

/** "-0.27,0.51": https://docs.joinmastodon.org/api/guidelines/#focal-points. What lies outside is brought to the edge. */
export function focusIn(text: string | undefined): Focus | undefined {
  const [x, y] = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  return { x: within(x), y: within(y) };
}

function within(value: number): number {
  return Math.min(Math.max(value, -1), 1);
}
