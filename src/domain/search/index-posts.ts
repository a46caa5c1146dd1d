import { changeKinds } from "#domain/posts/open-changes.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import { plainText } from "#domain/text/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import { toTsvectorText } from "./words.ts";

/** The name under which the index remembers how far it has come. */
export const wordsSubscription = "words";

/**
 * Keeps the words of all posts findable, as they now stand. It was named "search" when it knew our own posts alone:
 * under its new name it reads the journal from the first entry, and so comes to know what others have said since.
 */
export function searchSubscription(): Subscription {
  return {
    name: wordsSubscription,
    kinds: changeKinds,
    async handle(tx, authority, entries) {
      const posts = new Set(entries.flatMap((entry) => entry.post ?? []));
      await indexPosts(tx, authority, [...posts]);
    },
    late: () => "always",
  };
}

/**
 * Writes what is to be found, and takes out what no longer may be. Repetition changes nothing. What is for everyone
 * goes into the index, everything else beside it, under guard.
 */
export async function indexPosts(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await tx<(Post & { open: boolean })[]>`
    select ${postColumns(tx)}, (${visibleTo(tx, authority, anyone)}) as open ${fromPost(tx)}
    where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[]) and post.deleted_at is null
    order by post.id`;
  const open = found.filter((post) => post.open);
  const closed = found.filter((post) => !post.open);
  const without = (kept: readonly Post[]) =>
    tx`authority = ${authority} and post = any(${[...ids]}::bigint[]) and not post = any(${kept.map((post) => post.id)}::bigint[])`;
  await tx`delete from post_search where ${without(open)}`;
  await tx`delete from post_words where ${without(closed)}`;
  if (open.length > 0)
    await tx`
      insert into post_search (authority, post, words, own)
      select ${authority}, said.post, to_tsvector('simple', said.words), post.uri is null
      from unnest(${open.map((post) => post.id)}::bigint[], ${open.map(wordsOf)}::text[]) as said (post, words)
      join post on post.authority = ${authority} and post.id = said.post
      on conflict (authority, post) do update set words = excluded.words`;
  if (closed.length > 0)
    await tx`
      insert into post_words (authority, post, words)
      select ${authority}, post, to_tsvector('simple', words)
      from unnest(${closed.map((post) => post.id)}::bigint[], ${closed.map(wordsOf)}::text[]) as said (post, words)
      on conflict (authority, post) do update set words = excluded.words`;
}

/** The words of a post as they are stored: of its title, warning, text and pictures. */
export function wordsOf(post: Post): string {
  const alternatives = post.attachments.map((attachment) => attachment.alt);
  const text = [post.title, post.warning, plainText(post.blocks), ...alternatives].filter(Boolean).join("\n");
  return toTsvectorText(text);
}
