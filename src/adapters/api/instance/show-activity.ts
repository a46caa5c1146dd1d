import { listOwnAccounts } from "#domain/accounts/account.ts";
import { postsByWeek } from "#domain/posts/posts-by-week.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";

const weeks = 12;

/** GET /api/v1/instance/activity: nobody's signing in is counted, so that stays at none. */
export async function activity({
  services,
  site,
  now,
}: Pick<Call, "services" | "site" | "now">): Promise<Response> {
  const authority = site.authority.id;
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const mondays = Array.from({ length: weeks }, (_, back) => monday.subtract({ weeks: back }));
  const first = monday
    .subtract({ weeks: weeks - 1 })
    .toZonedDateTime("UTC")
    .toInstant();
  const { posts, arrivals } = await services.db.read(authority, async (tx) => ({
    posts: await postsByWeek(tx, authority, first),
    arrivals: (await listOwnAccounts(tx, authority)).map(({ createdAt }) =>
      createdAt.toZonedDateTimeISO("UTC").toPlainDate(),
    ),
  }));
  return answer(
    mondays.map((week) => ({
      week: String(week.toZonedDateTime("UTC").epochMilliseconds / 1000),
      statuses: String(posts.get(week.toString()) ?? 0),
      logins: "0",
      registrations: String(arrivals.filter((day) => isIn(day, week)).length),
    })),
  );
}

function isIn(day: Temporal.PlainDate, week: Temporal.PlainDate): boolean {
  const days = week.until(day, { largestUnit: "days" }).days;
  return days >= 0 && days < 7;
}
