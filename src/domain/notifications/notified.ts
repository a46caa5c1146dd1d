import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import { channelNamed } from "#platform/channel.ts";
import type { Transaction } from "#platform/database.ts";

/** PostgreSQL takes payloads of less than 8,000 bytes; an id is twenty. */
const mostNamed = 150;

/** Whose notifications have changed; lists that are not there mean that it may be anybody's. */
export type Notified = {
  authority: AuthorityId;
  persons?: PersonId[];
  accounts?: string[];
};

const channel = channelNamed<Notified>("torg_notified");

/** Tells every process of it once the transaction has committed. */
export async function sayNotified(
  tx: Transaction,
  authority: AuthorityId,
  whom: { persons: PersonId[]; accounts: string[] },
): Promise<void> {
  const { persons, accounts } = whom;
  if (persons.length + accounts.length === 0) return;
  const all = persons.length + accounts.length > mostNamed;
  await channel.say(tx, all ? { authority } : { authority, persons, accounts });
}

export const hearNotified = channel.hear;
