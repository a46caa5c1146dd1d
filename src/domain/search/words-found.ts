import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

type Part = {
  before?: string | undefined;
  after?: string | undefined;
  /** The oldest first. */
  up?: boolean | undefined;
  only?: Fragment | undefined;
  /** What is not for everyone as well. */
  guarded?: boolean | undefined;
};

/**
 * For use in a `join`: `found (post)`, the posts whose words meet a tsquery, in order. Brought into order by their ids
 * alone, so that of thousands of hits only those of the page are then read as posts.
 */
export function wordsFound(tx: Transaction, authority: AuthorityId, query: string, part: Part): Fragment {
  const from = (table: string) => tx`
    select ${tx(table)}.post from ${tx(table)}
    where ${tx(table)}.authority = ${authority} and ${tx(table)}.words @@ ${query}::tsquery
    ${part.before ? tx`and ${tx(table)}.post < ${part.before}` : tx``}
    ${part.after ? tx`and ${tx(table)}.post > ${part.after}` : tx``}`;
  const open = tx`${from("post_search")} ${part.only ? tx`and ${part.only}` : tx``}`;
  const all = part.guarded ? tx`select post from (${open} union all ${from("post_words")}) hit` : open;
  return tx`(${all} order by post ${part.up ? tx`asc` : tx`desc`} offset 0) found`;
}
