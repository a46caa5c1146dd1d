/**
 * When a local time of the authority really is. Clocks are put forward and back twice a year: a time that the clock
 * skips becomes the same distance later (02.30 is 03.30), one that it shows twice is the first of them. That is what
 * RFC 5545 says of calendars, and Temporal calls it "compatible".
 */
export type PlannedTime = {
  at: Temporal.Instant;
  /** What the clock will show then; differs from what was asked only where the clock skips. */
  local: Temporal.PlainDateTime;
  clock: "plain" | "skipped" | "twice";
};

export function plannedTime(localTime: string, zone: string): PlannedTime | undefined {
  const asked = parseLocal(localTime);
  if (!asked) return undefined;
  const [early, late] = (["earlier", "later"] as const).map((disambiguation) =>
    asked.toZonedDateTime(zone, { disambiguation }),
  );
  const real = asked.toZonedDateTime(zone, { disambiguation: "compatible" });
  const local = real.toPlainDateTime();
  const twice = early && late && early.epochMilliseconds !== late.epochMilliseconds;
  return { at: real.toInstant(), local, clock: !local.equals(asked) ? "skipped" : twice ? "twice" : "plain" };
}

/** How late something may be and still go out by itself: whoever planned it no longer counts on it after that. */
export const latest = Temporal.Duration.from({ hours: 2 });

export function isTooLate(dueAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, dueAt.add(latest)) > 0;
}

/** "2026-W48": a week of ISO 8601, from Monday to Sunday. */
export type Week = { name: string; monday: Temporal.PlainDate; previous: string; next: string };

export function weekNamed(name: string): Week | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  if (!year || !number) return undefined;
  // The fourth of January lies in the first week.
  const first = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 });
  const monday = first.subtract({ days: first.dayOfWeek - 1 }).add({ weeks: Number(number) - 1 });
  const week = weekOf(monday);
  return week.name === name ? week : undefined;
}

export function weekOf(date: Temporal.PlainDate): Week {
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  const [name, previous, next] = [0, -1, 1].map((weeks) => nameOf(monday.add({ weeks })));
  return { name: name ?? "", monday, previous: previous ?? "", next: next ?? "" };
}

/** From the first moment of the Monday to the first of the next, by the authority's clock. */
export function boundsOf(week: Week, zone: string): { from: Temporal.Instant; until: Temporal.Instant } {
  return {
    from: week.monday.toZonedDateTime(zone).toInstant(),
    until: week.monday.add({ weeks: 1 }).toZonedDateTime(zone).toInstant(),
  };
}

function nameOf(date: Temporal.PlainDate): string {
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`;
}

function parseLocal(text: string): Temporal.PlainDateTime | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
