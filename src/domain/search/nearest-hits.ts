import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { forgetIfOld, holding, wordShares, type WordShares } from "./word-shares.ts";
import { tsQuery } from "./words.ts";

/** The part of the hits that is looked through, from the newest on, or from the oldest if it goes `up`. */
export type Span = { before?: string | undefined; after?: string | undefined; up?: boolean | undefined };

/** `own`: what we have said alone; `guarded`: what is not for everyone as well. */
type Looking = Span & { limit: number; own?: boolean; guarded?: boolean };

/**
 * The page of posts in which every word of a query is found. A word that many posts hold is found by walking from the
 * newest, a rare one by the index of words, which knows no order and so gives all its hits. `read` is asked for a page
 * of `found (post)`; what it leaves out is looked for further on.
 */
export async function nearestHits<Found extends { id: string }>(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  looking: Looking,
  read: (found: Fragment) => Promise<Found[]>,
): Promise<Found[]> {
  const wanted = tsQuery(query);
  if (!wanted) return [];
  const { own = false } = looking;
  const shares = await wordShares(tx, authority, { own });
  const parts = partsOf(tx, authority, wanted, looking);
  const found =
    (await walkedThrough(tx, parts, shares, holding(shares, query), read)) ?? (await read(byWord(tx, parts)));
  const [newest] = found;
  if (newest) forgetIfOld(authority, { own }, newest.id);
  return found;
}

/** A full page by walking from the newest; undefined where that would take longer than the index. */
async function walkedThrough<Found>(
  tx: Transaction,
  parts: Parts,
  { entries, size }: WordShares,
  hits: number,
  read: (found: Fragment) => Promise<Found[]>,
): Promise<Found[] | undefined> {
  const { limit, own } = parts;
  // Where an entry walked over costs one, a hit of the index costs five: its row lies on a page of its own, while
  // neighbours share theirs; our own have others between them. One hit more, for a rare word may stand there by chance.
  const byIndex = ((hits + 1) / entries) * Math.max(size, 1_000) * (own ? 1 : 5);
  for (let density = hits / entries, tries = 0; tries < 2; tries++) {
    // Nor is there a number if there are no entries.
    if (!(density > 0 && limit / density <= byIndex)) return undefined;
    const count = enough(limit, density);
    const page = await read(walked(tx, parts, count));
    if (page.length >= limit) return page;
    // Much of it is hidden, or no words that stand together.
    density = (page.length - 1) / count;
  }
  return undefined;
}

/** So many entries that a page of hits is among them: thousands, and one of few numbers. */
function enough(limit: number, density: number): number {
  return 1_000 * 2 ** Math.max(0, Math.ceil(Math.log2((2 * limit) / density / 1_000)));
}

/** What both ways have in common: a fragment is dear to make, and cheap to use again. */
type Parts = Looking & { entries: Fragment; closed: Fragment; meets: Fragment; order: Fragment };

function partsOf(tx: Transaction, authority: AuthorityId, wanted: string, looking: Looking): Parts {
  const { before, after, own, up } = looking;
  const those = tx`where authority = ${authority} ${before || after ? within(tx, "post", looking) : tx``}`;
  return {
    ...looking,
    entries: own ? tx`from post_search ${those} and own` : tx`from post_search ${those}`,
    closed: tx`from post_words ${those}`,
    meets: tx`words @@ ${wanted}::tsquery`,
    order: up ? tx`order by post asc` : tx`order by post desc`,
  };
}

/**
 * Those among the nearest so many entries; ends as soon as a page is full. The number is written out and not given, so
 * that a kept plan knows how few they are. Of what is under guard, only what is as near is looked through, so that no hit
 * between them is missing.
 */
function walked(tx: Transaction, parts: Parts, count: number): Fragment {
  const { entries, meets, order, limit, guarded, up } = parts;
  const hits = tx`select post from (
    select post, words ${entries} ${order} limit ${tx.unsafe(String(count))}) entry where ${meets}`;
  if (!guarded) return tx`(${hits}) found`;
  const nearer = up
    ? tx`and post < (select max(post) from near)`
    : tx`and post > (select min(post) from near)`;
  // A little more than a page, for what is hidden.
  return tx`(with near as materialized (${hits} limit ${limit + 2})
    select post from (select post from near union all (${guardedHits(tx, parts, nearer)})) hit ${order} offset 0) found`;
}

/** All, brought into order by their ids alone, so that of thousands only those of the page are then read as posts. */
function byWord(tx: Transaction, parts: Parts): Fragment {
  const { entries, meets, order, guarded } = parts;
  return tx`(with hit as materialized (select post ${entries} and ${meets})
    select post from (select post from hit ${guarded ? tx`union all (${guardedHits(tx, parts)})` : tx``}) hit
    ${order} offset 0) found`;
}

/** What is not for everyone: under guard no index of words can serve. */
function guardedHits(tx: Transaction, { closed, meets, order }: Parts, which: Fragment = tx``): Fragment {
  return tx`select post from (select post, words ${closed} ${which} ${order} offset 0) entry where ${meets}`;
}

export function within(tx: Transaction, id: string, { before, after }: Span): Fragment {
  return tx`${before ? tx`and ${tx(id)} < ${before}` : tx``} ${after ? tx`and ${tx(id)} > ${after}` : tx``}`;
}

export function way(tx: Transaction, { up }: Span): Fragment {
  return up ? tx`asc` : tx`desc`;
}
