import { faceColumns, type Face } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { inThreadWith } from "./read-posts.ts";

/** Who speaks in what `readThreadWith` reads, asked beside it rather than after it. */
export async function speakersWith(
  tx: Transaction,
  authority: AuthorityId,
  id: PostId,
  limit: number,
  after?: PostId,
): Promise<Face[]> {
  return tx<Face[]>`
    select ${faceColumns(tx)} from account where authority = ${authority} and id in (
      select post.account from post where ${inThreadWith(tx, authority, id, after)} order by post.id limit ${limit})`;
}
