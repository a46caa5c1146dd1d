import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import { listed } from "./visible-to.ts";

/** How much a tag was used in public on a day (UTC), and by how many. */
export type TagDay = { day: Temporal.PlainDate; uses: number; accounts: number };

const days = 7;

/** Of each of some tags (as they are stored), the last seven days, today first; in one query. */
export async function tagHistories(
  tx: Transaction,
  authority: AuthorityId,
  tags: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, TagDay[]>> {
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const week = Array.from({ length: days }, (_, ago) => today.subtract({ days: ago }));
  const first = today.subtract({ days: days - 1 }).toString();
  const wanted = [...new Set(tags.map(normalTag))];
  const rows =
    wanted.length === 0
      ? []
      : await tx<{ tag: string; day: string; uses: number; accounts: number }[]>`
          select post_tag.tag, (post.published_at at time zone 'UTC')::date::text as day,
            count(*)::int as uses, count(distinct post.account)::int as accounts
          from post_tag join post on post.authority = ${authority} and post.id = post_tag.post
          where post_tag.authority = ${authority} and post_tag.tag = any(${wanted}::text[])
          and post.published_at >= ${`${first}T00:00:00Z`}::timestamptz and ${listed(tx, authority)}
          group by 1, 2`;
  const found = new Map(rows.map((row) => [`${row.tag} ${row.day}`, row]));
  return new Map(
    wanted.map((tag) => [
      tag,
      week.map((day) => {
        const { uses = 0, accounts = 0 } = found.get(`${tag} ${day.toString()}`) ?? {};
        return { day, uses, accounts };
      }),
    ]),
  );
}
