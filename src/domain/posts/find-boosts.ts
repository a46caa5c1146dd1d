import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { Transaction } from "#platform/database.ts";

/** When each of some boosts was made, by its id. */
export async function findBoosts(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Map<string, Temporal.Instant>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<{ id: string; at: Temporal.Instant }[]>`
    select id, at from boost where authority = ${authority} and id = any(${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** The boost by which one of our accounts passes a post on. */
export async function boostBy(
  tx: Transaction,
  authority: AuthorityId,
  { account, post }: { account: AccountId; post: string },
): Promise<string | undefined> {
  const [row] = await tx<{ id: string }[]>`
    select id from boost where authority = ${authority} and post = ${post} and account = ${account}`;
  return row?.id;
}
