import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/**
 * A condition: the account in this column (as in `post.account`; null passes) is muted by none of ours, neither itself
 * nor with its whole domain. `notifications`: of those mutes alone that cover these.
 * The deck's inbox and its care never ask: what is said to an authority is never muted away there.
 */
export function notMuted(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId | Fragment,
  column: string,
  options: { notifications?: boolean } = {},
): Fragment {
  const inForce = tx`mute.authority = ${authority} and mute.account = ${account}
    and (mute.until is null or mute.until > clock_timestamp())
    ${options.notifications ? tx`and mute.notifications` : tx``}`;
  // What does not name the column is asked once a query, and most accounts mute no domain.
  return tx`((${tx(column)} = any(array(select mute.muted from mute where ${inForce} and mute.muted is not null))) is not true
    and (not exists (select from mute where ${inForce} and mute.domain is not null)
      or not exists (select from account muted_one join mute on ${inForce} and mute.domain = lower(muted_one.domain)
        where muted_one.authority = ${authority} and muted_one.id = ${tx(column)} and muted_one.uri is not null)))`;
}
