import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** How many posts of a conversation the public may not see because they were not said in public. */
export async function countNotPublic(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from post
    where authority = ${authority} and thread = ${thread} and visibility in ('followers', 'direct') and deleted_at is null`;
  return row?.count ?? 0;
}
