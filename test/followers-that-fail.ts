import { appendMany } from "#domain/journal/append-many.ts";
import type { NewEntry } from "#domain/journal/append.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { startSequencer } from "#domain/journal/sequencer.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";

type Fails = (entry: Entry, tx: Transaction) => unknown;

/** Followers of the journal that fail as they are told; what they do and write is of this authority, unless another is named. */
export function followersThatFail(db: Database, whose: AuthorityId) {
  return { follower, caughtUp };

  /** A subscription whose effect is an entry for each that it was handed; `fails` throws before, `after` behind it. */
  function follower(name: string, how: { fails?: Fails; after?: Fails; late?: Subscription["late"] } = {}) {
    const { late } = how;
    const subscription: Subscription = {
      name,
      kinds: [name],
      async handle(tx, authority, entries) {
        for (const entry of entries) {
          await how.fails?.(entry, tx);
          const effect = { authority, direction: "within", kind: `${name}-done` } as const;
          await appendMany(tx, [{ ...effect, facts: { of: entry.facts["n"] } }]);
          await how.after?.(entry, tx);
        }
      },
      ...(late ? { late } : {}),
    };
    const write = async (count: number, more: Partial<NewEntry> & { from?: number } = {}) => {
      const { from = 0, ...rest } = more;
      const authority = rest.authority ?? whose;
      const entries = Array.from({ length: count }, (_, n) => n + from);
      await db.as(authority, (tx) =>
        appendMany(
          tx,
          entries.map(
            (n) => ({ direction: "within", kind: name, facts: { n }, ...rest, authority }) as const,
          ),
        ),
      );
    };
    return {
      name,
      subscription,
      write,
      start: () => startSequencer({ db, subscriptions: [subscription], log: silentLog }),
      done: async () => {
        const rows = await db.system(
          (tx) => tx<{ of: number }[]>`
            select (facts->>'of')::int as of from journal where kind = ${`${name}-done`} order by id`,
        );
        return rows.map(({ of }) => of);
      },
      /** What is set aside: which, why, how often it was tried since, and whether it will be. */
      aside: async () => {
        const rows = await db.system(
          (tx) => tx<{ n: number; error: string; tries: number; again: boolean }[]>`
            select (facts->>'n')::int as n, error, tries, again_at is not null as again
            from subscription_failure failure join journal on journal.number = failure.number
            where name = ${name} order by failure.number`,
        );
        return rows.map((row) => ({ ...row }));
      },
    };
  }

  /** It has dealt with everything of its kind. */
  async function caughtUp({ name }: { name: string }): Promise<void> {
    await until(async () => {
      const [row] = await db.system(
        (tx) => tx<{ done: boolean }[]>`
          select coalesce((select position from subscription where name = ${name}), 0) >= max(number)
            and bool_and(number is not null) as done from journal where kind = ${name}`,
      );
      return row?.done === true;
    });
  }
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** It cannot be handled while it is poisoned. */
export function poison(...numbers: number[]) {
  const poisoned = new Set<unknown>(numbers);
  const fails: Fails = (entry) => {
    if (poisoned.has(entry.facts["n"])) throw new TypeError("not to be digested");
  };
  return { fails, cure: () => poisoned.clear() };
}

export const cut: Fails = (_entry, tx) => tx`select pg_terminate_backend(pg_backend_pid())`;
export const count = (length: number) => Array.from({ length }, (_, n) => n);
