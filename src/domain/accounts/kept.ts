import type { AuthorityId } from "#domain/authorities/authority.ts";
import { channelNamed } from "#platform/channel.ts";
import type { Transaction } from "#platform/database.ts";

/** What an account keeps to itself and no journal entry tells of, and what has changed without one. */
export type Kept = {
  authority: AuthorityId;
  /** Whose; null when it is of several. */
  account: string | null;
  /**
   * timelines: what is left out of them has changed, by a mute, a list or a domain kept away. accounts: what somebody
   * elsewhere says of themselves, or that they are gone or want nothing to do with one of ours.
   */
  what: "filters" | "timelines" | "notifications" | "markers" | "counts" | "settings" | "accounts";
};

const channel = channelNamed<Kept>("torg_kept");

/** Tells every process of it once the transaction has committed. */
export async function sayKept(
  tx: Transaction,
  authority: AuthorityId,
  { account, what }: Omit<Kept, "authority">,
): Promise<void> {
  await channel.say(tx, { authority, account, what });
}

export const hearKept = channel.hear;
