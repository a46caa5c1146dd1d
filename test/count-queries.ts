import type { Database, Transaction } from "#platform/database.ts";

/** A database whose reads are counted, query by query; fragments of queries are not, for they are never awaited. */
export function countingReads(real: Database): { db: Database; queries: { count: number } } {
  const queries = { count: 0 };
  const wrap = (tx: Transaction): Transaction =>
    new Proxy(tx, {
      apply(target, self, values: Parameters<Transaction>) {
        const query = Reflect.apply(target, self, values) as Promise<unknown>;
        const resolve = query.then.bind(query);
        let counted = false;
        Reflect.set(query, "then", (...callbacks: Parameters<typeof resolve>) => {
          if (!counted) queries.count += 1;
          counted = true;
          return resolve(...callbacks);
        });
        return query;
      },
    });
  return {
    db: { ...real, read: (tenant, work, options) => real.read(tenant, (tx) => work(wrap(tx)), options) },
    queries,
  };
}
