import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { wordsOf } from "./index-posts.ts";

/** The words of some posts read just now, in two lists of one length: the index may be a moment behind. */
export type FreshWords = { posts: string[]; words: string[] };

export async function freshWords(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<FreshWords> {
  if (ids.length === 0) return { posts: [], words: [] };
  const posts = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[])`;
  return { posts: posts.map((post) => post.id), words: posts.map(wordsOf) };
}

/** Those of some tsqueries that the words of any of the posts meet. */
export async function meetingQueries(
  tx: Transaction,
  queries: readonly string[],
  { words }: FreshWords,
): Promise<Set<string>> {
  if (queries.length === 0) return new Set();
  const rows = await tx<{ query: string }[]>`
    with said as materialized (select to_tsvector('simple', words) as words from unnest(${words}::text[]) as fresh (words))
    select query from unnest(${[...new Set(queries)]}::text[]) as asked (query)
    where exists (select from said where said.words @@ asked.query::tsquery)`;
  return new Set(rows.map((row) => row.query));
}

/** For use in a `where` on a query with `post`: whether its words meet a tsquery. A post without words meets none. */
export function wordsMeet(tx: Transaction, authority: AuthorityId, query: string, fresh?: FreshWords) {
  return tx`coalesce(${storedOrFresh(tx, authority, fresh)} @@ ${query}::tsquery, false)`;
}

function storedOrFresh(tx: Transaction, authority: AuthorityId, fresh: FreshWords | undefined) {
  return fresh
    ? tx`(select to_tsvector('simple', fresh.words)
        from unnest(${fresh.posts}::bigint[], ${fresh.words}::text[]) as fresh (post, words) where fresh.post = post.id)`
    : tx`coalesce(
        (select words from post_search where post_search.authority = ${authority} and post_search.post = post.id),
        (select words from post_words where post_words.authority = ${authority} and post_words.post = post.id))`;
}
