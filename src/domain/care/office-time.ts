/** Minutes from local midnight, 0 to 1440. */
export type Opening = { opens: number; closes: number };

/** When somebody is there to answer. */
export type OfficeHours = {
  zone: string;
  /** Monday first, seven lists; each in order and without overlap. */
  week: readonly (readonly Opening[])[];
  isClosed(date: Temporal.PlainDate): boolean;
};

/** Nobody waits longer for a day with office hours: those who have none never answer. */
const longestWait = 1_100;

/**
 * The moment at which so much office time has passed. What ends with the day ends at closing, not at the next
 * opening. Null when there are no office hours to count.
 */
export function addOfficeTime(
  hours: OfficeHours,
  start: Temporal.Instant,
  minutes: number,
): Temporal.Instant | null {
  let left = minutes * 60_000;
  if (left <= 0) return start;
  const from = start.epochMilliseconds;
  let date = start.toZonedDateTimeISO(hours.zone).toPlainDate();
  for (let idle = 0; idle < longestWait; idle++, date = date.add({ days: 1 })) {
    for (const [opens, closes] of openingsOn(hours, date)) {
      const begins = Math.max(opens, from);
      if (begins >= closes) continue;
      if (closes - begins >= left) return Temporal.Instant.fromEpochMilliseconds(begins + left);
      left -= closes - begins;
      idle = 0;
    }
  }
  return null;
}

/** Seconds of office time from one moment to another; none when they come in the other order. */
export function officeTimeBetween(
  hours: OfficeHours,
  start: Temporal.Instant,
  end: Temporal.Instant,
): number {
  const [from, until] = [start.epochMilliseconds, end.epochMilliseconds];
  const last = end.toZonedDateTimeISO(hours.zone).toPlainDate();
  let passed = 0;
  let date = start.toZonedDateTimeISO(hours.zone).toPlainDate();
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    for (const [opens, closes] of openingsOn(hours, date))
      passed += Math.max(0, Math.min(closes, until) - Math.max(opens, from));
  return passed / 1_000;
}

/** The openings of a day, as milliseconds since 1970. */
function openingsOn(hours: OfficeHours, date: Temporal.PlainDate): [opens: number, closes: number][] {
  const openings = hours.week[date.dayOfWeek - 1] ?? [];
  if (openings.length === 0 || hours.isClosed(date)) return [];
  return openings.map(({ opens, closes }) => [at(hours.zone, date, opens), at(hours.zone, date, closes)]);
}

/**
 * A local time of a day. One that is skipped in spring is the moment of the change, so that openings keep their
 * order; one that comes twice in autumn is the first.
 */
function at(zone: string, date: Temporal.PlainDate, minutes: number): number {
  const local = date.toPlainDateTime().add({ minutes });
  const found = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (found.toPlainDateTime().equals(local)) return found.epochMilliseconds;
  return (found.getTimeZoneTransition("next") ?? found).epochMilliseconds;
}
