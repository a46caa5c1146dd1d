import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** What is answered has joined one of these conversations: the answers that are being written to it go with it. */
export async function followJoinedThreads(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly string[],
): Promise<void> {
  await tx`
    update draft set thread = post.thread from post
    where draft.authority = ${authority} and draft.mode = 'reply' and post.authority = ${authority}
    and post.id = draft.target and post.thread = any(${[...threads]}::bigint[]) and draft.thread <> post.thread`;
}
