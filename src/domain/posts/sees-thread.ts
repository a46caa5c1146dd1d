import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { visibleTo, type Viewer } from "./visible-to.ts";

/** Whether a viewer may see anything of a thread. */
export async function seesThread(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
  viewer: Viewer,
): Promise<boolean> {
  const [row] = await tx`
    select from post where post.authority = ${authority} and post.thread = ${thread}
    and ${visibleTo(tx, authority, viewer)} limit 1`;
  return row !== undefined;
}
