import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands, visibleTo } from "#domain/posts/visible-to.ts";
import { wordsFound } from "#domain/search/words-found.ts";
import { tsQuery } from "#domain/search/words.ts";
import type { Transaction } from "#platform/database.ts";
import { cut, itemsOf, type Reading, type TimelineItem } from "./timelines.ts";

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
  const { before, after, up } = reading;
  const found = wordsFound(tx, authority, wanted, { before, after, up, guarded: true });
  const viewer = { kind: "staff", accounts: [account] } as const;
  return itemsOf(
    tx,
    authority,
    tx`select post.id as position, post.id as post, null::bigint as by
      from ${found} join post on post.authority = ${authority} and post.id = found.post
      where ${stands(tx)} and ${visibleTo(tx, authority, viewer)}
      ${reading.by ? tx`and post.account = ${reading.by}` : tx``}
      ${reading.only ? tx`and post.id = any(${[...reading.only]}::bigint[])` : tx``} order by post.id ${cut(tx, reading)}`,
    reading,
  );
}
