import { isHoliday } from "#domain/checks/swedish-holidays.ts";

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

/** Those that the law (1989:253, on Sundays and holidays) puts on a level with them. */
export const usualEves: readonly Eve[] = ["midsummer-eve", "christmas-eve", "new-years-eve"];

/** Which eve a day is, if any. */
export function eveOn(date: Temporal.PlainDate): Eve | undefined {
  const fixed = fixedEves[`${date.month}-${date.day}`];
  if (fixed) return fixed;
  if (date.dayOfWeek === 4 && [1, 3, 4].every((days) => isHoliday(date.add({ days }))))
    return "maundy-thursday";
  if (date.dayOfWeek !== 5) return undefined;
  if (date.month === 6 && date.day >= 19 && date.day <= 25) return "midsummer-eve";
  const inAutumn = (date.month === 10 && date.day >= 30) || (date.month === 11 && date.day <= 5);
  return inAutumn ? "all-saints-eve" : undefined;
}

const fixedEves: Readonly<Record<string, Eve>> = {
  "1-5": "epiphany-eve",
  "4-30": "walpurgis-eve",
  "12-24": "christmas-eve",
  "12-31": "new-years-eve",
};
