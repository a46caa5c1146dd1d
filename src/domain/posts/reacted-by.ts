import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Reaction } from "./react.ts";

/** Who has boosted or favoured a post, the latest first; `place` names where in the list each stands. */
export async function reactedBy(
  tx: Transaction,
  authority: AuthorityId,
  post: string,
  reaction: Reaction,
  page: IdPage,
): Promise<{ id: AccountId; place: string }[]> {
  const rows = await tx<{ id: AccountId; place: string }[]>`
    select done.account as id, done.id as place from ${tx(reaction)} done
    join account on account.authority = ${authority} and account.id = done.account and account.gone_at is null
    where done.authority = ${authority} and done.post = ${post}
    ${withinPage(tx, "done.id", page)} ${cutPage(tx, "done.id", page)}`;
  return newestFirst(rows, page);
}
