import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { holidayOn, isHoliday, type Eve } from "#domain/checks/swedish-holidays.ts";
import type { Transaction } from "#platform/database.ts";
import type { OfficeHours, Opening } from "./office-time.ts";

/** Those that the law (1989:253, on Sundays and holidays) puts on a level with holidays. */
export const usualEves: readonly Eve[] = ["midsummer-eve", "christmas-eve", "new-years-eve"];

export type TargetId = string & { readonly target: unique symbol };
/** Office minutes within which an answer is to be given; null stands for every account, or for any tag. */
export type Target = { id: TargetId; account: AccountId | null; tag: string | null; minutes: number };
export type ClosedDay = { day: string; name: string };

/** What an authority has decided about its answering. */
export type CareRules = {
  zone: string;
  /** Monday first. */
  week: Opening[][];
  eves: Eve[];
  closedDays: ClosedDay[];
  targets: Target[];
  /** Office minutes after the due time until the deputy is told. */
  deputyAfter: number;
};

/** Monday to Friday, eight to half past four: until the authority says otherwise. */
const usualOpening: Opening = { opens: 8 * 60, closes: 16 * 60 + 30 };
const usualDeputyAfter = 4 * 60;

/** One query, as it is asked for each message that comes in. */
export async function loadCareRules(tx: Transaction, authority: AuthorityId): Promise<CareRules> {
  const [row] = await tx<Row[]>`
    select zone, setting.eves, setting.deputy_after as "deputyAfter",
      coalesce((select json_agg(json_build_object('weekday', weekday, 'opens', opens, 'closes', closes) order by weekday, opens)
        from office_hours where office_hours.authority = ${authority}), '[]') as hours,
      coalesce((select json_agg(json_build_object('day', day::text, 'name', name) order by day)
        from closed_day where closed_day.authority = ${authority}), '[]') as "closedDays",
      coalesce((select json_agg(json_build_object('id', id::text, 'account', account::text, 'tag', tag, 'minutes', minutes)
          order by account nulls first, tag nulls first)
        from care_target where care_target.authority = ${authority}), '[]') as targets
    from authority left join care_setting setting on setting.authority = authority.id
    where authority.id = ${authority}`;
  if (!row) throw new Error("an authority without a row");
  const { zone, closedDays, targets } = row;
  const week = Array.from({ length: 7 }, (_, day) =>
    row.eves === null
      ? day < 5
        ? [usualOpening]
        : []
      : row.hours
          .filter(({ weekday }) => weekday === day + 1)
          .map(({ opens, closes }) => ({ opens, closes })),
  );
  return {
    zone,
    week,
    eves: row.eves ?? [...usualEves],
    closedDays,
    targets,
    deputyAfter: row.deputyAfter ?? usualDeputyAfter,
  };
}

/** When the rules say that somebody is there. */
export function officeHoursIn(rules: CareRules): OfficeHours {
  const eves = new Set(rules.eves);
  const days = new Set(rules.closedDays.map(({ day }) => day));
  return {
    zone: rules.zone,
    week: rules.week,
    isClosed(date) {
      const eve = holidayOn(date)?.eve;
      return isHoliday(date) || (eve !== undefined && eves.has(eve)) || days.has(date.toString());
    },
  };
}

type Row = {
  zone: string;
  eves: Eve[] | null;
  deputyAfter: number | null;
  hours: (Opening & { weekday: number })[];
  closedDays: ClosedDay[];
  targets: Target[];
};
