import type { PlannedTime } from "#domain/drafts/plan.ts";
import { formatInstant } from "#platform/i18n.ts";
import type { Seat } from "../seat.ts";
import { draftWords } from "./words.ts";

/** "måndag 23 november 2026 kl. 08.00": when it will really be, by the authority's clock. */
export function plannedWords(at: Temporal.Instant, seat: Pick<Seat, "site" | "language">): string {
  const { zone } = seat.site.authority;
  const { language } = seat;
  const day = weekdayOf(at.toZonedDateTimeISO(zone).dayOfWeek, seat);
  return `${day} ${formatInstant(at, { language, zone, style: "full" })}`;
}

export function weekdayOf(dayOfWeek: number, { language }: Pick<Seat, "language">): string {
  return draftWords[language].weekdays.split(" ")[dayOfWeek - 1] ?? "";
}

/** When something was planned for, and why that is not what was asked, if it is not. */
export function plannedMessage(planned: PlannedTime, asked: string, seat: Seat): string {
  const words = draftWords[seat.language].done;
  const said = words.scheduled(plannedWords(planned.at, seat));
  const clock = asked.slice(11).replace(":", seat.language === "sv" ? "." : ":");
  if (planned.clock === "skipped") return `${said} ${words.skipped(clock)}`;
  return planned.clock === "twice" ? `${said} ${words.twice}` : said;
}
