import { sayKept } from "#domain/accounts/kept.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

type Muting = { account: AccountId; thread: PostId };

/** The apps of one of our accounts hear no more of a conversation. Its inbox, and the care for it, go on. */
export async function muteThread(
  tx: Transaction,
  authority: AuthorityId,
  { account, thread }: Muting,
): Promise<void> {
  const muted = await tx`
    insert into thread_mute (authority, account, thread) values (${authority}, ${account}, ${thread})
    on conflict do nothing returning thread`;
  if (muted.length > 0) await sayKept(tx, authority, { account, what: "notifications" });
}

export async function unmuteThread(
  tx: Transaction,
  authority: AuthorityId,
  { account, thread }: Muting,
): Promise<void> {
  const gone = await tx`
    delete from thread_mute where authority = ${authority} and account = ${account} and thread = ${thread}
    returning thread`;
  if (gone.length > 0) await sayKept(tx, authority, { account, what: "notifications" });
}

/** A conversation turns out to be a part of another: whoever wanted to hear no more of it is left alone there, too. */
export async function joinThreadMutes(
  tx: Transaction,
  authority: AuthorityId,
  { from, to }: { from: PostId; to: PostId },
): Promise<void> {
  await tx`
    insert into thread_mute (authority, account, thread)
    select authority, account, ${to} from thread_mute where authority = ${authority} and thread = ${from}
    on conflict do nothing`;
}
