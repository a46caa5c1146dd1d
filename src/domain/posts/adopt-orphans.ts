import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { joinThreadMutes } from "./thread-mutes.ts";

/**
 * Replies that came before their parent find it, and their whole branch joins its thread. The first post of that
 * thread is not among them, whatever it says: two posts that answer each other would be a ring.
 */
export async function adoptOrphans(
  tx: Transaction,
  authority: AuthorityId,
  parent: { id: PostId; uri: string; thread: PostId },
): Promise<void> {
  const orphans = await tx<{ id: PostId }[]>`
    update post set in_reply_to = ${parent.id}, parent_state = null
    where authority = ${authority} and in_reply_to_uri = ${parent.uri} and in_reply_to is null
    and id not in (${parent.id}, ${parent.thread})
    returning id`;
  for (const orphan of orphans) {
    // An orphan was the first post of its own thread.
    await tx`update post set thread = ${parent.thread} where authority = ${authority} and thread = ${orphan.id} and id <> ${parent.id}`;
    await joinThreadMutes(tx, authority, { from: orphan.id, to: parent.thread });
  }
}

/** The parent cannot be had: its server refuses, has lost it or is gone. */
export async function markParentUnavailable(
  tx: Transaction,
  authority: AuthorityId,
  parentUri: string,
): Promise<void> {
  await tx`update post set parent_state = 'unavailable'
    where authority = ${authority} and in_reply_to_uri = ${parentUri} and in_reply_to is null`;
}
