import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { stands, visibleTo } from "./visible-to.ts";

/** `place` names where in the list it stands: when it was marked, not when it was said. */
export type MarkedPost = Post & { place: string };

/** What one of our accounts has kept for later, or thanked for; the latest first. */
export async function markedPosts(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  mark: "bookmark" | "favourite",
  page: IdPage,
): Promise<MarkedPost[]> {
  const rows = await tx<MarkedPost[]>`
    select ${postColumns(tx)}, mark.id as place ${fromPost(tx)}
    join ${tx(mark)} mark on mark.authority = ${authority} and mark.post = post.id
    where post.authority = ${authority} and mark.account = ${account}
    and ${visibleTo(tx, authority, { kind: "staff", accounts: [account] })} and ${stands(tx)}
    ${withinPage(tx, "mark.id", page)} ${cutPage(tx, "mark.id", page)}`;
  return newestFirst(rows, page);
}
