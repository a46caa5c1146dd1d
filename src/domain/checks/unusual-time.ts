import { holidayOn } from "./swedish-holidays.ts";

export type UnusualTime =
  | { why: "holiday"; date: Temporal.PlainDate }
  | { why: "weekend"; date: Temporal.PlainDate }
  | { why: "night"; time: Temporal.PlainTime };

/** Whether something would go out when few expect it or are there to answer: on a day off, or between 21 and 7. */
export function unusualTime(at: Temporal.ZonedDateTime): UnusualTime | undefined {
  const date = at.toPlainDate();
  const holiday = holidayOn(date);
  if (holiday && holiday.kind !== "half") return { why: "holiday", date };
  if (at.dayOfWeek > 5) return { why: "weekend", date };
  if (at.hour < 7 || at.hour >= 21) return { why: "night", time: at.toPlainTime() };
  return undefined;
}
