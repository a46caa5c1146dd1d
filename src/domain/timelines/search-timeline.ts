import type { AuthorityId } from "#domain/authorities/authority.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import { wordsMeet, type FreshWords } from "#domain/search/match-words.ts";
import { nearestHits } from "#domain/search/nearest-hits.ts";
import { tsQuery } from "#domain/search/words.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { cut, inPage, itemsOf, type Reading, type TimelineItem } from "./timelines.ts";

/** Posts for everyone, ours and those received, in which every word of the query is found; none without words. */
export async function searchTimeline(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  reading: Reading,
  fresh?: FreshWords,
): Promise<TimelineItem[]> {
  const wanted = tsQuery(query);
  if (!wanted) return [];
  const read = (from: Fragment) =>
    itemsOf(
      tx,
      authority,
      tx`select post.id as position, post.id as post, null::bigint as by ${from}
        and ${visibleTo(tx, authority, anyone)} ${inPage(tx, "post.id", "post.id", reading)} ${reading.keep ?? tx``}
        order by post.id ${cut(tx, reading)}`,
      reading,
    );
  if (reading.only)
    return read(
      tx`from post where post.authority = ${authority} and ${wordsMeet(tx, authority, wanted, fresh)}`,
    );
  return nearestHits(tx, authority, query, reading, (found) =>
    read(tx`from ${found} join post on post.authority = ${authority} and post.id = found.post where true`),
  );
}
