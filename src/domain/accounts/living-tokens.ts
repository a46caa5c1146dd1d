import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { TokenId } from "./access-token.ts";

/** Which of some tokens still speak for somebody. */
export async function livingTokens(
  tx: Transaction,
  authority: AuthorityId,
  tokens: readonly TokenId[],
): Promise<Set<TokenId>> {
  if (tokens.length === 0) return new Set();
  const rows = await tx<{ id: TokenId }[]>`
    select access_token.id from access_token
    ${joinHolder(tx, authority)}
    where access_token.authority = ${authority} and access_token.id = any(${[...new Set(tokens)]}::bigint[])`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * The person and the account that an `access_token` speaks for, for use in a `from`; nothing when it is revoked, the
 * person has left, or may no longer speak for the account. What find-token.ts asks of one.
 */
export function joinHolder(tx: Transaction, authority: AuthorityId): Fragment {
  return tx`join person on person.authority = ${authority} and person.id = access_token.person
      and person.ended_at is null and access_token.revoked_at is null
    join account on account.authority = ${authority} and account.id = access_token.account and account.gone_at is null
    join account_grant on account_grant.authority = ${authority}
      and account_grant.person = person.id and account_grant.account = account.id`;
}
