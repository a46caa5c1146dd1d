import type { Database } from "#platform/database.ts";

/** Counts what the transaction is asked. */
export function counted(system: Database["system"], tell: () => void): Database["system"] {
  return (work) =>
    system((tx) => {
      const watch = (inner: typeof tx): typeof tx =>
        new Proxy(inner, {
          apply: (target, self, given: Parameters<typeof tx>) => {
            if (Array.isArray(given[0]) && "raw" in given[0]) tell();
            return Reflect.apply(target, self, given) as unknown;
          },
          get: (target, key) =>
            key === "savepoint"
              ? (nested: (tx: typeof inner) => unknown) =>
                  target.savepoint((deeper) => nested(watch(deeper as typeof inner)))
              : (Reflect.get(target, key) as unknown),
        });
      return work(watch(tx));
    });
}
