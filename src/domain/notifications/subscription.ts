import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { Transaction } from "#platform/database.ts";
import { queueLetters } from "./letters.ts";
import { sayNotified } from "./notified.ts";
import { personEntries } from "./personal-matters.ts";
import { queuePushes } from "./push-due.ts";
import { accountEntries, tellAccounts } from "./tell-accounts.ts";
import { tellPersons } from "./tell-persons.ts";

/** What is older is nobody's news; the journal has it all the same. */
const keptDays = 180;
/** Taken away a little with each batch, so that no batch waits for many. */
const mostForgotten = 500;

/** Tells accounts and members of staff what concerns them. Repetition changes nothing. */
export function notificationSubscription(options: { letters: boolean }): Subscription {
  return {
    name: "notifications",
    kinds: [...accountEntries, ...personEntries],
    async handle(tx, authority, entries) {
      const accounts = await tellAccounts(tx, authority, entries);
      const { told, concerned } = await tellPersons(tx, authority, entries);
      if (options.letters) await queueLetters(tx, authority, told);
      await queuePushes(tx, authority, accounts);
      const last = entries.at(-1);
      if (last) await forgetOld(tx, authority, last.at);
      await sayNotified(tx, authority, { persons: concerned, accounts });
    },
    // Accounts are told of what then still stands; a colleague could be told of what has been settled.
    late: ({ kind }) => (accountKinds.has(kind) ? "always" : undefined),
  };
}

const accountKinds = new Set<string>(accountEntries);

/** Ids carry the time in milliseconds above their lowest sixteen bits. */
async function forgetOld(tx: Transaction, authority: AuthorityId, now: Temporal.Instant): Promise<void> {
  const oldest = BigInt(now.subtract({ hours: keptDays * 24 }).epochMilliseconds) << 16n;
  await tx`delete from notification where authority = ${authority} and id in (
    select id from notification where authority = ${authority} and id < ${oldest.toString()}
    order by id limit ${mostForgotten})`;
}
