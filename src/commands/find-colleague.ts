import { findOwnAccount, listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { findPersonByEmail, listPeople, type Person } from "#domain/people/person.ts";
import type { Database } from "#platform/database.ts";
import { CommandError } from "./command.ts";

/** The person with this address, or words that say who there is. */
export async function findColleague(db: Database, authority: Authority, email: string): Promise<Person> {
  const [person, people] = await db.read(
    authority.id,
    async (tx) =>
      [await findPersonByEmail(tx, authority.id, email), await listPeople(tx, authority.id)] as const,
  );
  if (person) return person;
  const known = people.map((one) => one.email).join(", ");
  throw new CommandError(
    "unknown-person",
    `Nobody at ${authority.name} has the address ${email}; there is ${known}. Nothing was done.`,
  );
}

/** The account with this handle, or words that say which there are. */
export async function findVoice(db: Database, authority: Authority, handle: string): Promise<Account> {
  const bare = handle.replace(/^@/, "").split("@")[0] ?? "";
  const [account, all] = await db.read(
    authority.id,
    async (tx) =>
      [await findOwnAccount(tx, authority.id, bare), await listOwnAccounts(tx, authority.id)] as const,
  );
  if (account && !account.goneAt) return account;
  const known = all.map((one) => `@${one.handle}`).join(", ");
  throw new CommandError(
    "unknown-account",
    `${authority.name} has no account @${bare}; there is ${known}. Nothing was done.`,
  );
}
