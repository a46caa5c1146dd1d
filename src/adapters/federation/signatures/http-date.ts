/** The one form of a date that HTTP allows senders (RFC 9110, 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT. */
export function formatHttpDate(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toUTCString();
}

export function parseHttpDate(text: string): Temporal.Instant | undefined {
  const milliseconds = IMF_FIXDATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC)$/;
