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
  parents: readonly { id: PostId; uri: string; thread: PostId }[],
): Promise<void> {
  const orphans = await tx<{ id: PostId; parent: PostId; thread: PostId }[]>`
    update post set in_reply_to = parent.id, parent_state = null
    from unnest(${parents.map((one) => one.id)}::bigint[], ${parents.map((one) => one.uri)}::text[],
      ${parents.map((one) => one.thread)}::bigint[]) as parent (id, uri, thread)
    where authority = ${authority} and in_reply_to_uri = parent.uri and in_reply_to is null
    and post.id not in (parent.id, parent.thread)
    returning post.id, parent.id as parent, parent.thread`;
  for (const { id, parent, thread } of orphans) {
    // An orphan was the first post of its own thread.
    await tx`update post set thread = ${thread} where authority = ${authority} and thread = ${id} and id <> ${parent}`;
    await joinThreadMutes(tx, authority, { from: id, to: thread });
  }
}

/** The parents cannot be had: their servers refuse, have lost them or are gone. */
export async function markParentsUnavailable(
  tx: Transaction,
  authority: AuthorityId,
  parents: readonly string[],
): Promise<void> {
  if (parents.length === 0) return;
  await tx`update post set parent_state = 'unavailable'
    where authority = ${authority} and in_reply_to_uri = any(${[...new Set(parents)]}::text[]) and in_reply_to is null`;
}
