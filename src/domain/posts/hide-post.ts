import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

/** Takes a post from public view, or gives it back. moderation/ decides, says why and writes the record. */
export async function setHidden(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
  hiddenAt: Temporal.Instant | null,
): Promise<boolean> {
  const changed = await tx`
    update post set hidden_at = ${hiddenAt}
    where authority = ${authority} and id = ${post} and (hidden_at is null) = ${hiddenAt !== null} returning 1`;
  return changed.length > 0;
}
