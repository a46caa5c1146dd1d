import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/**
 * A condition on `post`, for use in a `where`: as it now stands it shows a picture, beside its text or within it. Those
 * that ever did are few and in an index, so that where none does not all posts are read.
 */
export function showsPicture(tx: Transaction, authority: AuthorityId): Fragment {
  return tx`exists (select from post_media where post_media.authority = ${authority} and post_media.post = post.id)
    and exists (select from post_version shown
    where shown.authority = ${authority} and shown.post = post.id and shown.version = post.version
    and (shown.attachments <> '[]' or shown.blocks @> '[{"kind": "image"}]'))`;
}
