import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { plainText } from "#domain/text/blocks.ts";
import { filtersInForce, type Filter as Kept } from "#domain/timelines/filters.ts";
import { keywordFinder, searchable } from "#domain/timelines/keyword-finder.ts";
import type { Transaction } from "#platform/database.ts";
import { filterResult, type FilterContext, type FilterResult } from "./filter.ts";

/**
 * Which filters of an account meet which posts; with a context, only the filters that hold there. What the account has
 * said itself is never filtered.
 */
export async function filterPosts(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  posts: readonly Post[],
  context: FilterContext | undefined,
): Promise<Map<string, FilterResult[]>> {
  const others = posts.filter((post) => post.account !== account);
  if (others.length === 0) return new Map();
  const ids = others.map(({ id }) => id);
  const filters = await filtersInForce(tx, authority, account, ids, context);
  if (filters.length === 0) return new Map();
  const ready = filters.map((filter) => ({
    filter,
    words: filter.keywords.map((word) => ({ keyword: word.keyword, isIn: keywordFinder(word) })),
  }));
  return new Map(
    others.flatMap((post) => {
      const met = resultsFor(ready, post);
      return met.length > 0 ? [[post.id, met] as const] : [];
    }),
  );
}

type Ready = { filter: Kept; words: { keyword: string; isIn: (text: string) => boolean }[] };

function resultsFor(filters: readonly Ready[], post: Post): FilterResult[] {
  const text = searchable([
    post.title,
    post.warning,
    plainText(post.blocks),
    ...post.attachments.map(({ alt }) => alt),
  ]);
  return filters.flatMap(({ filter, words }) => {
    const met = words.filter(({ isIn }) => isIn(text)).map(({ keyword }) => keyword);
    const ids = filter.posts.filter((one) => one.post === post.id).map((one) => one.post);
    return met.length + ids.length > 0 ? [filterResult(filter, met, ids)] : [];
  });
}
