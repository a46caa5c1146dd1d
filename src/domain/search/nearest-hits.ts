import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/** The part of the hits that is looked through, from the newest on, or from the oldest if it goes `up`. */
export type Span = { before?: string | undefined; after?: string | undefined; up?: boolean | undefined };

/**
 * `cost`: what one hit of the index of words costs beside one entry walked over: its row lies on a page of its own, while
 * neighbours share theirs; our own have others between them. `glance`: how many of the nearest entries tell whether a
 * word is rare.
 */
const ways = {
  all: { cost: 5, glance: 1_000, index: "post_search" },
  own: { cost: 1, glance: 500, index: "post_search_own_newest" },
};

type Looking = Span & { limit: number; own?: boolean };

/**
 * The page of posts for everyone whose words meet a tsquery. A word that many posts hold is found by walking from the
 * newest, a rare one by the index of words, which knows no order and so gives all its hits. Which of the two it is,
 * PostgreSQL itself sees at a glance over the nearest entries: one journey to it, for most words. `read` is asked for a
 * page of `found (post)`, and what it leaves out is looked for further on.
 */
export async function nearestHits<Found>(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  looking: Looking,
  read: (found: Fragment) => Promise<Found[]>,
): Promise<Found[]> {
  const { limit, own = false } = looking;
  const { cost, index } = ways[own ? "own" : "all"];
  const parts = partsOf(tx, authority, query, looking);
  const first = await read(eitherWay(tx, parts));
  if (first.length >= limit) return first;
  const { rare } = parts;
  // Asked for at once, they travel together; that of the wrong way finds nothing.
  const [common, seldom, size] = await Promise.all([
    read(walked(tx, parts, 5_000, tx`and not ${rare}`)),
    read(byWord(tx, parts, tx`and ${rare}`)),
    indexed(tx, index),
  ]);
  if (seldom.length > 0) return seldom;
  if (common.length >= limit) return common;
  // One less: a rare word may stand there by chance.
  const density = (common.length - 1) / 5_000;
  if (density > 0 && limit / density <= density * size * cost) {
    const near = await read(walked(tx, parts, 20_000));
    if (near.length >= limit) return near;
  }
  return read(byWord(tx, parts));
}

/** What all ways of asking have in common: a fragment is dear to make, and cheap to use again. */
type Parts = { entries: Fragment; meets: Fragment; order: Fragment; room: Fragment; rare: Fragment };

function partsOf(tx: Transaction, authority: AuthorityId, query: string, looking: Looking): Parts {
  const { before, after, limit, own } = looking;
  const { cost, glance, index } = ways[own ? "own" : "all"];
  const span = before || after ? within(tx, "post", looking) : tx``;
  const entries = own
    ? tx`from post_search where authority = ${authority} and own ${span}`
    : tx`from post_search where authority = ${authority} ${span}`;
  const meets = tx`words @@ ${query}::tsquery`;
  const order = looking.up ? tx`order by post asc` : tx`order by post desc`;
  // Walking takes limit / density entries, the index density * rows hits: alike at the root of limit / (rows * cost).
  const factor = glance * Math.sqrt(limit / cost);
  // One more, for a rare word may stand there by chance. Ends when it has seen enough.
  const rare = tx`(select (select count(*) from (
        select from (select words ${entries} ${order} limit ${tx.unsafe(String(glance))}) entry where ${meets} limit few.most + 1) hit
    ) <= few.most
    from (select 1 + (${factor}::float8 / sqrt(greatest(reltuples, 1000)))::int as most
      from pg_class where oid = ${index}::regclass) few)`;
  // A little more than a page, for what is hidden: written out for the plan, and so one of few numbers.
  const room = tx`${tx.unsafe(String(24 * 2 ** Math.max(0, Math.ceil(Math.log2((limit + 2) / 24)))))}`;
  return { entries, meets, order, room, rare };
}

/** The first page in the way that suits the word: so few of the nearest entries hit it that the index is cheaper, or not. */
function eitherWay(tx: Transaction, { entries, meets, order, room, rare }: Parts): Fragment {
  return tx`(with rare as materialized (select ${rare} as so), hit as materialized (
      select post ${entries} and ${meets} and (select so from rare))
    (select post from (
      select post, words ${entries} and not (select so from rare) ${order} limit 1000) entry
      where ${meets} ${order} limit ${room})
    union all (select post from hit ${order} limit ${room})) found`;
}

/** About how many posts the index of words holds, of all authorities. */
async function indexed(tx: Transaction, index: string): Promise<number> {
  const [row] = await tx<{ rows: number }[]>`
    select reltuples::float8 as rows from pg_class where oid = ${index}::regclass`;
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
  { entries, meets, order }: Parts,
  count: number,
  when: Fragment = tx``,
): Fragment {
  return tx`(select post from (select post, words ${entries} ${when} ${order} limit ${tx.unsafe(String(count))}) entry
    where ${meets}) found`;
}

/** All, brought into order by their ids alone, so that of thousands only those of the page are then read as posts. */
function byWord(tx: Transaction, { entries, meets, order }: Parts, when: Fragment = tx``): Fragment {
  return tx`(with hit as materialized (select post ${entries} and ${meets} ${when})
    select post from hit ${order} offset 0) found`;
}

export function within(tx: Transaction, id: string, { before, after }: Span): Fragment {
  return tx`${before ? tx`and ${tx(id)} < ${before}` : tx``} ${after ? tx`and ${tx(id)} > ${after}` : tx``}`;
}

export function way(tx: Transaction, { up }: Span): Fragment {
  return up ? tx`asc` : tx`desc`;
}
