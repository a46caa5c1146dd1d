import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { Transaction } from "#platform/database.ts";

/** Does a post that has not been deleted show this picture? */
export async function isShown(tx: Transaction, authority: AuthorityId, media: MediaId): Promise<boolean> {
  const [row] = await tx`
    select from post_media join post on post.authority = ${authority} and post.id = post_media.post
    where post_media.authority = ${authority} and post_media.media = ${media} and post.deleted_at is null limit 1`;
  return row !== undefined;
}
