import { sayKept } from "#domain/accounts/kept.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

/** One of our accounts keeps a post for later: nobody but those who speak for it is told. */
export async function addBookmark(
  tx: Transaction,
  authority: AuthorityId,
  { account, post }: { account: AccountId; post: PostId },
): Promise<void> {
  const kept = await tx`
    insert into bookmark (authority, account, post) values (${authority}, ${account}, ${post})
    on conflict do nothing returning id`;
  if (kept.length > 0) await sayKept(tx, authority, { account, what: "timelines" });
}

export async function removeBookmark(
  tx: Transaction,
  authority: AuthorityId,
  { account, post }: { account: AccountId; post: PostId },
): Promise<void> {
  const gone = await tx`
    delete from bookmark where authority = ${authority} and account = ${account} and post = ${post} returning id`;
  if (gone.length > 0) await sayKept(tx, authority, { account, what: "timelines" });
}
