import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** The accounts of ours that an actor followed or blocked by an activity of this name. */
export async function relationsNamed(
  tx: Transaction,
  authority: AuthorityId,
  actor: AccountId,
  uri: string,
): Promise<{ followed: AccountId | undefined; blocked: AccountId | undefined }> {
  const [follow] = await tx<{ followed: AccountId }[]>`
    select followed from follow where authority = ${authority} and follower = ${actor} and uri = ${uri}`;
  const [block] = await tx<{ account: AccountId }[]>`
    select account from blocked_by where authority = ${authority} and by = ${actor} and uri = ${uri}`;
  return { followed: follow?.followed, blocked: block?.account };
}
