export type Language = "sv" | "en";

export const languages: readonly Language[] = ["sv", "en"];

/** The languages' own names, for language switches. */
export const languageNames: Readonly<Record<Language, string>> = { sv: "Svenska", en: "English" };

/** A message is a text, or a function of what is to be put in; messages may be grouped. */
export type Messages = { readonly [key: string]: string | ((...parts: never[]) => string) | Messages };

/** The same keys and parameters as the Swedish words, whatever they say. */
export type SameShape<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string
    ? string
    : Words[Key] extends (...parts: infer Parts) => string
      ? (...parts: Parts) => string
      : SameShape<Words[Key]>;
};

/** The words of one part of the program in every language. A missing or extra translation is a type error. */
export function defineWords<const Swedish extends Messages>(
  sv: Swedish,
  en: SameShape<NoInfer<Swedish>>,
): Readonly<Record<Language, SameShape<Swedish>>> {
  return { sv: sv as unknown as SameShape<Swedish>, en };
}

/** "3 svar", "1 svar": both languages tell one from other numbers only. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

export type InstantFormat =
  | { language: Language; zone: string; style: "full" | "short" | "time" }
  | { language: Language; zone: string; style: "relative-day"; today: Temporal.PlainDate };

/**
 * A point in time as words, in the authority's zone.
 * full: "3 mars 2026 kl. 08.10"; short: "3 mars 2026"; time: "08.10";
 * relative-day: "i dag 07.48", "i går 16.02", "3 mars 08.10" this year, else "3 mars 2025".
 */
export function formatInstant(instant: Temporal.Instant, format: InstantFormat): string {
  return formatLocal(localTime(instant, format.zone), format);
}

/** What the clocks of a zone show, in numbers. */
export type LocalTime = { year: number; month: number; day: number; hour: number; minute: number };

/** Whoever writes a time in several ways asks once, for `formatLocal`. */
export function localTime({ epochMilliseconds }: Temporal.Instant, zone: string): LocalTime {
  const local = new Date(epochMilliseconds + offsetAt(epochMilliseconds, zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/** As `formatInstant`. */
export function formatLocal(local: LocalTime, format: WithoutZone<InstantFormat>): string {
  const { language } = format;
  const time = clockTime(local, language);
  const day = `${local.day} ${monthNames[language][local.month - 1] ?? ""}`;
  switch (format.style) {
    case "time":
      return time;
    case "short":
      return `${day} ${local.year}`;
    case "full":
      return `${day} ${local.year} ${language === "sv" ? "kl." : "at"} ${time}`;
    case "relative-day": {
      const near = nearDays[language][dayNumber(local) - dayNumber(format.today)];
      if (near !== undefined) return `${near} ${time}`;
      return local.year === format.today.year ? `${day} ${time}` : `${day} ${local.year}`;
    }
  }
}

/** From when until when the clocks of a zone are so many milliseconds ahead. */
type Stretch = { from: number; until: number; offset: number };

/** Asking the zone is dear; between two changes of its clocks the answer is the same, and there are two a year. */
const stretches = new Map<string, Stretch[]>();
const mostStretches = 100;

function offsetAt(ms: number, zone: string): number {
  const known = stretches.get(zone) ?? [];
  for (const one of known) if (one.from <= ms && ms < one.until) return one.offset;
  // A nanosecond later, so that a change at this very moment is one that has been.
  const moment = Temporal.Instant.fromEpochMilliseconds(ms).add({ nanoseconds: 1 }).toZonedDateTimeISO(zone);
  const offset = moment.offsetNanoseconds / 1_000_000;
  const from = moment.getTimeZoneTransition("previous")?.epochMilliseconds ?? -Infinity;
  const until = moment.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
  stretches.set(zone, [...known.slice(-mostStretches), { from, until, offset }]);
  return offset;
}

type WithoutZone<Format> = Format extends unknown ? Omit<Format, "zone"> : never;

function dayNumber({ year, month, day }: Pick<LocalTime, "year" | "month" | "day">): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** For `<time datetime>`: UTC with whole seconds, which every browser and reader understands. */
export function isoInstant(instant: Temporal.Instant): string {
  return `${new Date(instant.epochMilliseconds).toISOString().slice(0, "2026-11-22T04:00:00".length)}Z`;
}

/** "12 345" in Swedish (with no-break spaces), "12,345" in English. */
export function formatNumber(value: number, language: Language, decimals = 0): string {
  return numberFormat(language, decimals).format(value);
}

/** "a, b och c"; "a, b and c". */
export function formatList(items: readonly string[], language: Language): string {
  const and = language === "sv" ? "och" : "and";
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${and} ${items.at(-1) ?? ""}`;
}

const monthNames: Readonly<Record<Language, readonly string[]>> = {
  sv: "januari februari mars april maj juni juli augusti september oktober november december".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

const nearDays: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  sv: { [-1]: "i går", 0: "i dag", 1: "i morgon" },
  en: { [-1]: "yesterday", 0: "today", 1: "tomorrow" },
};

function clockTime(local: LocalTime, language: Language): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(local.hour)}${language === "sv" ? "." : ":"}${two(local.minute)}`;
}

/** Making a format costs far more than using it. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, decimals: number): Intl.NumberFormat {
  const key = `${language}${decimals}`;
  let format = numberFormats.get(key);
  if (!format) {
    const locale = language === "sv" ? "sv-SE" : "en-GB";
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    numberFormats.set(key, format);
  }
  return format;
}
