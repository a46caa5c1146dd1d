import type { Post } from "#domain/posts/post.ts";
import { knownPostsById } from "#domain/posts/known-posts.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { viewerOf } from "../endpoint.ts";
import type { Look } from "./load-statuses.ts";

/** Posts in the order of the ids given, as far as whoever looks may see them. */
export function postsOf(
  tx: Transaction,
  { site, caller, known }: Look,
  ids: readonly string[],
): Promise<Post[]> {
  const authority = site.authority.id;
  const viewer = viewerOf({ caller });
  return known
    ? knownPostsById(tx, authority, known.posts, ids, viewer)
    : postsById(tx, authority, ids, viewer);
}
