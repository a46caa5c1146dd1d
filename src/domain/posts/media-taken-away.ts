import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { Transaction } from "#platform/database.ts";

/** Is a picture part of nothing but posts that are deleted or hidden? One that no post shows is a face or a logo. */
export async function isTakenAway(tx: Transaction, authority: AuthorityId, media: MediaId): Promise<boolean> {
  const [row] = await tx<{ taken: boolean | null }[]>`
    select bool_and(post.deleted_at is not null or post.hidden_at is not null) as taken
    from post_media join post on post.authority = post_media.authority and post.id = post_media.post
    where post_media.authority = ${authority} and post_media.media = ${media}`;
  if (!row?.taken) return false;
  // Somebody may have put another's face in a post only to take it away again.
  const [face] = await tx`
    select from account where authority = ${authority} and (avatar = ${media} or header = ${media}) and gone_at is null limit 1`;
  return face === undefined;
}
