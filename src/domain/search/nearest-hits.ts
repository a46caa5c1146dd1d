import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/** The part of the hits that is looked through, from the newest on, or from the oldest if it goes `up`. */
export type Span = { before?: string | undefined; after?: string | undefined; up?: boolean | undefined };

/**
 * What one hit of the index of words costs beside one entry walked over: its row lies on a page of its own, while
 * neighbours share theirs. Our own have others between them.
 */
const costOfHit = { all: 5, own: 1 };

/**
 * The page of posts for everyone whose words meet a tsquery. A word that many posts hold is found by walking from the
 * newest, a rare one by the index of words, which knows no order and so gives all its hits; which of the two it is, the
 * first thousand entries tell. `read` is asked for a page of `found (post)`, and what it leaves out is looked for
 * further on.
 */
export async function nearestHits<Found>(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  looking: Span & { limit: number; own?: boolean },
  read: (found: Fragment) => Promise<Found[]>,
): Promise<Found[]> {
  const { limit, own = false } = looking;
  let size: number | undefined;
  for (const entries of [1_000, 5_000, 20_000]) {
    // Asked for at once, they travel together.
    const [near, rows] = await Promise.all([
      read(walked(tx, authority, query, looking, entries)),
      size ?? indexed(tx, own),
    ]);
    size = rows;
    if (near.length >= limit) return near;
    // One less: a rare word may stand there by chance.
    const density = (near.length - 1) / entries;
    if (density <= 0) break;
    if (limit / density > density * size * costOfHit[own ? "own" : "all"]) break;
  }
  return read(byWord(tx, authority, query, looking));
}

/** About how many posts the index of words holds, of all authorities. */
async function indexed(tx: Transaction, own: boolean): Promise<number> {
  const name = own ? "post_search_own_newest" : "post_search";
  const [row] = await tx<{ rows: number }[]>`
    select reltuples::float8 as rows from pg_class where oid = ${name}::regclass`;
  return row?.rows ?? 0;
}

/** For use in a `join`: `found (post)`, in order, of what is not for everyone. Under guard no index of words can serve. */
export function guardedHits(tx: Transaction, authority: AuthorityId, query: string, span: Span): Fragment {
  return tx`(select post from (
    select post, words from post_words where authority = ${authority} ${within(tx, "post", span)}
    order by post ${way(tx, span)} offset 0) entry where words @@ ${query}::tsquery) found`;
}

/**
 * Those among the nearest so many entries; ends as soon as a page is full. The number is written out and not given, so
 * that a kept plan knows how few they are.
 */
function walked(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  looking: Span & { own?: boolean },
  entries: number,
): Fragment {
  return tx`(select post from (
    select post, words from post_search where authority = ${authority} ${ofOwn(tx, looking)} ${within(tx, "post", looking)}
    order by post ${way(tx, looking)} limit ${tx.unsafe(String(entries))}) entry where words @@ ${query}::tsquery) found`;
}

/** All, brought into order by their ids alone, so that of thousands only those of the page are then read as posts. */
function byWord(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  looking: Span & { own?: boolean },
): Fragment {
  return tx`(with hit as materialized (
      select post from post_search where words @@ ${query}::tsquery and authority = ${authority} ${ofOwn(tx, looking)}
      ${within(tx, "post", looking)})
    select post from hit order by post ${way(tx, looking)} offset 0) found`;
}

function ofOwn(tx: Transaction, { own }: { own?: boolean }): Fragment {
  return own ? tx`and own` : tx``;
}

export function within(tx: Transaction, id: string, { before, after }: Span): Fragment {
  return tx`${before ? tx`and ${tx(id)} < ${before}` : tx``} ${after ? tx`and ${tx(id)} > ${after}` : tx``}`;
}

export function way(tx: Transaction, { up }: Span): Fragment {
  return up ? tx`asc` : tx`desc`;
}
