import type { Fragment, TenantId, Transaction } from "./database.ts";
import { createFreshCache } from "./fresh-cache.ts";

/** A row's id with the mark of its version. */
export type Marked = { id: string; mark: string };

/**
 * Rows that have been read, by their version: what is asked of PostgreSQL is which versions there are, and then only
 * those that are not known here. As nothing is given but the version asked for, nothing can be too old. The same
 * version is the same object; nobody changes it.
 */
export type KnownRows<Row extends Marked> = {
  /** `marked` and what `read` reads must be of one snapshot, as `db.read` gives it, and hold nothing uncommitted. */
  rows(
    authority: TenantId,
    marked: readonly Marked[],
    read: (ids: string[]) => Promise<Row[]>,
  ): Promise<Row[]>;
  size(): { values: number; bytes: number };
};

/** `now` in milliseconds. */
export type KnownOptions = { maxBytes: number; now: () => number };

/** Marks come round again after four billion transactions; nothing is known for so long. */
const longestMs = 60 * 60_000;

export function createKnownRows<Row extends Marked>({ maxBytes, now }: KnownOptions): KnownRows<Row> {
  const cache = createFreshCache<Row>({ maxBytes });
  return {
    size: () => cache.size(),
    async rows(authority, marked, read) {
      const nowMs = now();
      const found = marked.map((one) => cache.get(keyOf(authority, one), nowMs));
      const missing = marked.flatMap(({ id }, index) => (found[index] ? [] : [id]));
      if (missing.length === 0) return found.filter((row) => row !== undefined);
      const rows = new Map((await read(missing)).map((row) => [row.id, Object.freeze(row)]));
      const until = nowMs + longestMs;
      for (const row of rows.values())
        cache.put(cache.begin(), keyOf(authority, row), {
          authority,
          value: row,
          bytes: bytesOf(row),
          until,
        });
      return marked.flatMap(({ id }, index) => found[index] ?? rows.get(id) ?? []);
    },
  };
}

/**
 * The mark of a row's version: the transaction that wrote it. Of all that one transaction makes of a row, only the last
 * is ever seen by others.
 */
export function markOf(tx: Transaction, ...tables: readonly string[]): Fragment {
  const [first = "", ...rest] = tables.map((table) => tx`${tx(table)}.xmin::text`);
  return tx`${rest.reduce((mark, next) => tx`${mark} || ' ' || ${next}`, first)}`;
}

function keyOf(authority: TenantId, { id, mark }: Marked): string {
  return `${authority} ${id} ${mark}`;
}

/** Roughly: what has been read takes about twice its text. */
function bytesOf(row: object): number {
  return JSON.stringify(row).length * 2 + 500;
}
