import type { Authority } from "#domain/authorities/authority.ts";
import type { Language } from "#platform/i18n.ts";
import { invalid } from "../answers.ts";
import { statusWords } from "./words.ts";

const soonest = Temporal.Duration.from({ minutes: 5 });

/** The minute that is meant, by the authority's clock, as drafts/ plans it; or an answer that says why it cannot be. */
export function scheduledTime(
  text: string,
  authority: Pick<Authority, "zone">,
  now: Temporal.Instant,
  language: Language,
): string | Response {
  const at = instantIn(text, authority.zone);
  const words = statusWords[language];
  if (!at) return invalid(words.timeMissing);
  if (Temporal.Instant.compare(at, now.add(soonest)) < 0) return invalid(words.timePassed);
  return at.toZonedDateTimeISO(authority.zone).toPlainDateTime().toString().slice(0, 16);
}

/** ISO 8601; a time without an offset is the authority's own. */
function instantIn(text: string, zone: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    try {
      return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
    } catch {
      return undefined;
    }
  }
}
