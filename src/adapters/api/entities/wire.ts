/** A point in time as the Mastodon API writes it: UTC, with milliseconds. */
export function wireTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "millisecond" });
}

/** A day as an account's creation is told: midnight, for the hour is nobody's business. */
export function wireDay(instant: Temporal.Instant): string {
  return `${instant.toString().slice(0, 10)}T00:00:00.000Z`;
}
