import type { Database, Transaction } from "./database.ts";

/** What processes tell each other through the database (LISTEN and NOTIFY). It is heard once and kept by nobody. */
export type Channel<Said> = {
  /** Told once the transaction has committed: what is read then is what has been written. Less than 8,000 bytes. */
  say: (tx: Transaction, said: Said) => Promise<void>;
  hear: (db: Pick<Database, "sql">, listener: (said: Said) => void) => Promise<{ stop: () => Promise<void> }>;
};

export function channelNamed<Said>(name: string): Channel<Said> {
  return {
    async say(tx, said) {
      await tx`select pg_notify(${name}, ${JSON.stringify(said)})`;
    },
    async hear(db, listener) {
      const listening = await db.sql.listen(name, (text) => listener(JSON.parse(text) as Said));
      return { stop: () => listening.unlisten().catch(() => {}) };
    },
  };
}
