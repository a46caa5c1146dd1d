import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { accountNotifications } from "#domain/notifications/account-notifications.ts";
import { hearNotified } from "#domain/notifications/notified.ts";
import type { Database } from "#platform/database.ts";

/** Ends once an account of ours has been told so much in all: what happens is told a moment after. */
export async function awaitTold(
  db: Database,
  authority: AuthorityId,
  account: AccountId,
  count: number,
): Promise<void> {
  let wake = () => {};
  const ear = await hearNotified(db, () => wake());
  try {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const told = await db.read(authority, (tx) =>
        accountNotifications(tx, authority, account, { limit: 1_000 }),
      );
      if (told.length === count) return;
      await promise;
    }
  } finally {
    await ear.stop();
  }
}
