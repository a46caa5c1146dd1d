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
  const local = instant.toZonedDateTimeISO(format.zone);
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
      const away = format.today.until(local.toPlainDate(), { largestUnit: "days" }).days;
      const near = nearDays[language][away];
      if (near !== undefined) return `${near} ${time}`;
      return local.year === format.today.year ? `${day} ${time}` : `${day} ${local.year}`;
    }
  }
}

/** For `<time datetime>`: UTC with whole seconds, which every browser and reader understands. */
export function isoInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second" });
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

function clockTime(local: Temporal.ZonedDateTime, language: Language): string {
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
