import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { queryTerms } from "./words.ts";

/** What the newest entries of an authority are made of. */
export type WordShares = {
  /** How many were looked at, and the newest of them. */
  entries: number;
  newest: string;
  /** About how many entries there are in all, of all authorities. */
  size: number;
  /** In order, and how many of the entries hold each. */
  words: readonly string[];
  counts: readonly number[];
};

type Of = { own: boolean };

const looked = 2_000;
/** Each takes some 200 KiB. */
const mostKept = 20;
/** In milliseconds. */
const longest = 24n * 60n * 60_000n;
const kept = new Map<string, WordShares>();

/**
 * How common words are, as this process has seen it last: PostgreSQL's own statistics know the commonest alone, and
 * of how words begin nothing. They only tell which way to a hit is the shorter, so they may be old.
 */
export async function wordShares(tx: Transaction, authority: AuthorityId, of: Of): Promise<WordShares> {
  const key = keyOf(authority, of);
  const known = kept.get(key) ?? (await look(tx, authority, of));
  // Whose turn was longest ago comes first, and goes first.
  kept.delete(key);
  kept.set(key, known);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return known;
}

/** Looks anew next time, if what was found is a day newer than what was looked at. */
export function forgetIfOld(authority: AuthorityId, of: Of, found: string): void {
  const key = keyOf(authority, of);
  const known = kept.get(key);
  if (known && (BigInt(found) >> 16n) - (BigInt(known.newest) >> 16n) > longest) kept.delete(key);
}

/** How many of the entries looked at hold every word of a query, at most. */
export function holding({ words, counts, entries }: WordShares, query: string): number {
  const each = queryTerms(query).map(({ word, prefix, or = [] }) => {
    let count = 0;
    for (const begin of [word, ...or])
      for (let n = placeOf(words, begin); n < words.length; n++) {
        const one = words[n] ?? "";
        if (prefix ? !one.startsWith(begin) : one !== begin) break;
        count += counts[n] ?? 0;
      }
    return count;
  });
  return Math.min(entries, ...each);
}

async function look(tx: Transaction, authority: AuthorityId, { own }: Of): Promise<WordShares> {
  const newest = tx`from post_search where authority = ${authority} ${own ? tx`and own` : tx``} order by post desc limit ${looked}`;
  const asked = `select words from post_search where authority = ${BigInt(authority)} ${own ? "and own" : ""} order by post desc limit ${looked}`;
  const [row] = await tx<WordShares[]>`
    select (select count(*)::int from (select ${newest}) entry) as entries,
      coalesce((select max(post) from (select post ${newest}) entry), 0) as newest,
      (select reltuples::float8 from pg_class where oid = ${own ? "post_search_own_newest" : "post_search"}::regclass) as size,
      coalesce(array_agg(word order by word collate "C"), '{}') as words,
      coalesce(array_agg(ndoc order by word collate "C"), '{}') as counts
    from ts_stat(${asked})`;
  if (!row) throw new Error("what is aggregated is one row");
  return row;
}

function keyOf(authority: AuthorityId, { own }: Of): string {
  return `${authority} ${own ? "own" : "all"}`;
}

/** Where a word stands, or would stand. */
function placeOf(words: readonly string[], word: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? "") < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
