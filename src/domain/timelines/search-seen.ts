import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands, visibleTo } from "#domain/posts/visible-to.ts";
import { tsQuery } from "#domain/search/words.ts";
import type { Transaction } from "#platform/database.ts";
import { cut, inPage, itemsOf, type Reading, type TimelineItem } from "./timelines.ts";

/** Posts that one of our accounts may see in which every word of the query is found; none without words. */
export async function searchSeen(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  account: AccountId,
  reading: Reading & { by?: AccountId | undefined },
): Promise<TimelineItem[]> {
  const wanted = tsQuery(query);
  if (!wanted) return [];
  const viewer = { kind: "staff", accounts: [account] } as const;
  return itemsOf(
    tx,
    authority,
    tx`select post.id as position, post.id as post, null::bigint as by
      from (select post_search.post from post_search
          where post_search.authority = ${authority} and post_search.words @@ ${wanted}::tsquery
        union all
        select post_words.post from post_words
          where post_words.authority = ${authority} and post_words.words @@ ${wanted}::tsquery) found
      join post on post.authority = ${authority} and post.id = found.post
      where ${stands(tx)} and ${visibleTo(tx, authority, viewer)}
      ${reading.by ? tx`and post.account = ${reading.by}` : tx``}
      ${inPage(tx, "post.id", "post.id", reading)} order by post.id ${cut(tx, reading)}`,
    reading,
  );
}
