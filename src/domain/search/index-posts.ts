import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { plainText } from "#domain/text/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import { toTsvectorText } from "./words.ts";
import { listed } from "#domain/posts/visible-to.ts";

/** Keeps the words of our own public posts findable, as they now stand. */
export function searchSubscription(): Subscription {
  return {
    name: "search",
    kinds: ["post-published", "post-edited", "post-deleted"],
    async handle(tx, authority, entries) {
      const posts = new Set(entries.flatMap((entry) => entry.post ?? []));
      await indexPosts(tx, authority, [...posts]);
    },
  };
}

/** Writes what is to be found, and takes out what no longer may be. Repetition changes nothing. */
export async function indexPosts(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[])
    and post.uri is null and ${listed(tx, authority)}`;
  const kept = new Set<string>(found.map((post) => post.id));
  const gone = ids.filter((id) => !kept.has(id));
  if (gone.length > 0)
    await tx`delete from post_search where authority = ${authority} and post = any(${gone}::bigint[])`;
  for (const post of found)
    await tx`
      insert into post_search (authority, post, words)
      values (${authority}, ${post.id}, to_tsvector('simple', ${toTsvectorText(textOf(post))}))
      on conflict (authority, post) do update set words = excluded.words`;
}

function textOf(post: Post): string {
  const alternatives = post.attachments.map((attachment) => attachment.alt);
  return [post.title, post.warning, plainText(post.blocks), ...alternatives].filter(Boolean).join("\n");
}
