import type { Language } from "#platform/i18n.ts";

/** Days before a holiday on which an authority may choose to be closed. */
export const eves = [
  "epiphany-eve",
  "maundy-thursday",
  "walpurgis-eve",
  "midsummer-eve",
  "all-saints-eve",
  "christmas-eve",
  "new-years-eve",
] as const;
export type Eve = (typeof eves)[number];

/**
 * holiday: a public holiday by law (1989:253). eve: a day that offices keep closed as if it were one.
 * half: the day before a holiday, which many end at noon.
 */
export type Holiday = {
  kind: "holiday" | "eve" | "half";
  names: Readonly<Record<Language, string>>;
  eve?: Eve | undefined;
};

/** A public holiday by law. Christmas Eve and its like are eves: ask `holidayOn` for those. */
export function isHoliday(date: Temporal.PlainDate): boolean {
  return holidayOn(date)?.kind === "holiday";
}

/** "julafton", "Christmas Eve"; of every kind. */
export function holidayName(date: Temporal.PlainDate, language: Language): string | undefined {
  return holidayOn(date)?.names[language];
}

export function holidayOn(date: Temporal.PlainDate): Holiday | undefined {
  return holidaysOf(date.year).get(date.toString());
}

/**
 * Written out rather than read from the package of all the world's holidays, which costs 40 MB at first use;
 * the test holds them against it.
 */
const byYear = new Map<number, ReadonlyMap<string, Holiday>>();

function holidaysOf(year: number): ReadonlyMap<string, Holiday> {
  const known = byYear.get(year);
  if (known) return known;
  const easter = easterSunday(year);
  const on = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day });
  const midsummer = saturdayFrom(on(6, 20));
  const saints = saturdayFrom(on(10, 31));
  const days: [Temporal.PlainDate, Holiday["kind"], sv: string, en: string, eve?: Eve][] = [
    [on(1, 5), "half", "trettondagsafton", "Twelfth Night", "epiphany-eve"],
    [easter.subtract({ days: 3 }), "half", "skärtorsdagen", "Maundy Thursday", "maundy-thursday"],
    [on(4, 30), "half", "valborgsmässoafton", "Walpurgis Night", "walpurgis-eve"],
    [saints.subtract({ days: 1 }), "half", "allhelgonaafton", "All Saints' Eve", "all-saints-eve"],
    [easter.subtract({ days: 1 }), "eve", "påskafton", "Easter Saturday"],
    [easter.add({ days: 48 }), "eve", "pingstafton", "Whitsun Eve"],
    [midsummer.subtract({ days: 1 }), "eve", "midsommarafton", "Midsummer Eve", "midsummer-eve"],
    [on(12, 24), "eve", "julafton", "Christmas Eve", "christmas-eve"],
    [on(12, 31), "eve", "nyårsafton", "New Year's Eve", "new-years-eve"],
    // What stands later takes the day: a holiday of the law is never less.
    [on(1, 1), "holiday", "nyårsdagen", "New Year's Day"],
    [on(1, 6), "holiday", "trettondedag jul", "Epiphany"],
    [easter.subtract({ days: 2 }), "holiday", "långfredagen", "Good Friday"],
    [easter, "holiday", "påskdagen", "Easter Sunday"],
    [easter.add({ days: 1 }), "holiday", "annandag påsk", "Easter Monday"],
    [on(5, 1), "holiday", "första maj", "Labour Day"],
    [easter.add({ days: 39 }), "holiday", "Kristi himmelsfärdsdag", "Ascension Day"],
    [easter.add({ days: 49 }), "holiday", "pingstdagen", "Whit Sunday"],
    [on(6, 6), "holiday", "nationaldagen", "National Day"],
    [midsummer, "holiday", "midsommardagen", "Midsummer Day"],
    [saints, "holiday", "alla helgons dag", "All Saints' Day"],
    [on(12, 25), "holiday", "juldagen", "Christmas Day"],
    [on(12, 26), "holiday", "annandag jul", "Boxing Day"],
  ];
  const made = new Map(
    days.map(([date, kind, sv, en, eve]) => [date.toString(), { kind, names: { sv, en }, eve }]),
  );
  // A few years are in use at any time; dates come from forms, so the rest must not pile up.
  if (byYear.size >= 16) byYear.clear();
  byYear.set(year, made);
  return made;
}

/** The first Saturday on or after a date. */
function saturdayFrom(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.add({ days: (6 - date.dayOfWeek + 7) % 7 });
}

/** The Gregorian reckoning as Butcher gives it. */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - f + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}
