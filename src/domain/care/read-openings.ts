import type { Opening } from "./office-time.ts";

/**
 * "8–12, 13–16.30" as openings; no words mean closed. Undefined when it can't be read, overlaps or runs backwards.
 */
export function readOpenings(text: string): Opening[] | undefined {
  const parts = text
    .split(/[,;]|\s+(?:och|and)\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const openings: Opening[] = [];
  for (const part of parts) {
    const match = /^(\d{1,2})(?:[.:](\d{2}))?\s*(?:[-–—]|till|to)\s*(\d{1,2})(?:[.:](\d{2}))?$/.exec(part);
    if (!match) return undefined;
    const opens = minutesOf(match[1], match[2]);
    const closes = minutesOf(match[3], match[4]);
    if (opens === undefined || closes === undefined || closes <= opens) return undefined;
    openings.push({ opens, closes });
  }
  openings.sort((a, b) => a.opens - b.opens);
  const overlaps = openings.some((opening, index) => opening.opens < (openings[index - 1]?.closes ?? 0));
  return overlaps ? undefined : openings;
}

/** "08.00–12.00, 13.00–16.30": as it is read back. */
export function writeOpenings(openings: readonly Opening[]): string {
  return openings.map(({ opens, closes }) => `${clock(opens)}–${clock(closes)}`).join(", ");
}

function minutesOf(hours: string | undefined, minutes = "0"): number | undefined {
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total <= 24 * 60 ? total : undefined;
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}.${two(minutes % 60)}`;
}
