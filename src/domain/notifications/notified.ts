import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Database, Transaction } from "#platform/database.ts";

/** The channel that tells every process whose notifications have changed. */
const channel = "torg_notified";
/** PostgreSQL takes payloads of less than 8,000 bytes; an id is twenty. */
const mostNamed = 150;

/** Whose notifications have changed; undefined lists mean that it may be anybody's. */
export type Notified = {
  authority: AuthorityId;
  persons: PersonId[] | undefined;
  accounts: string[] | undefined;
};

/** Says so once the transaction has committed: what is read then is what has been written. */
export async function sayNotified(
  tx: Transaction,
  authority: AuthorityId,
  whom: { persons: PersonId[]; accounts: string[] },
): Promise<void> {
  const { persons, accounts } = whom;
  if (persons.length + accounts.length === 0) return;
  const named = persons.length + accounts.length <= mostNamed ? { persons, accounts } : {};
  await tx`select pg_notify(${channel}, ${JSON.stringify({ authority, ...named })})`;
}

export async function hearNotified(
  db: Pick<Database, "sql">,
  listener: (notified: Notified) => void,
): Promise<{ stop(): Promise<void> }> {
  const listening = await db.sql.listen(channel, (text) => listener(JSON.parse(text) as Notified));
  return { stop: () => listening.unlisten().catch(() => {}) };
}
