import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type FilterId = Id<"filter">;
export type KeywordId = Id<"filter-keyword">;
export type FilteredPostId = Id<"filter-status">;
export type FilterAction = "warn" | "hide" | "blur";

/** What an account does not want to see, or to be warned of first, in its apps. Contexts are words of the Mastodon API. */
export type Filter = {
  id: FilterId;
  title: string;
  contexts: string[];
  action: FilterAction;
  expiresAt: Temporal.Instant | null;
  keywords: Keyword[];
  posts: FilteredPost[];
};
export type Keyword = { id: KeywordId; keyword: string; wholeWord: boolean };
export type FilteredPost = { id: FilteredPostId; post: PostId };

type Row = Omit<Filter, "keywords" | "posts"> & { keywords: Keyword[] | null; posts: FilteredPost[] | null };

/** With their keywords and posts, in one query. */
export async function filtersOf(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<Filter[]> {
  return read(tx, authority, account, tx``, tx``);
}

export async function findFilter(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  id: string,
): Promise<Filter | undefined> {
  const [filter] = await read(tx, authority, account, tx`and filter.id = ${id}`, tx``);
  return filter;
}

/** Those in force (in a context, if one is given), with as much of their posts as is among these. */
export async function filtersInForce(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  posts: readonly string[],
  context: string | undefined,
): Promise<Filter[]> {
  return read(
    tx,
    authority,
    account,
    tx`and (filter.expires_at is null or filter.expires_at > clock_timestamp())
      ${context ? tx`and ${context} = any(filter.contexts)` : tx``}`,
    tx`and kept.post = any(${[...posts]}::bigint[])`,
  );
}

/** The filter in which a keyword stands, or a post. */
export async function filterWith(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  part: { keyword: string } | { post: string },
): Promise<Filter | undefined> {
  const within =
    "keyword" in part
      ? tx`select filter_keyword.filter from filter_keyword
          where filter_keyword.authority = ${authority} and filter_keyword.id = ${part.keyword}`
      : tx`select filter_status.filter from filter_status
          where filter_status.authority = ${authority} and filter_status.id = ${part.post}`;
  const [filter] = await read(tx, authority, account, tx`and filter.id in (${within})`, tx``);
  return filter;
}

async function read(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  which: Fragment,
  whichPosts: Fragment,
): Promise<Filter[]> {
  const rows = await tx<Row[]>`
    select filter.id, filter.title, filter.contexts, filter.action, filter.expires_at as "expiresAt",
      (select jsonb_agg(jsonb_build_object('id', word.id::text, 'keyword', word.keyword, 'wholeWord', word.whole_word)
        order by word.id) from filter_keyword word
        where word.authority = ${authority} and word.filter = filter.id) as keywords,
      (select jsonb_agg(jsonb_build_object('id', kept.id::text, 'post', kept.post::text) order by kept.id)
        from filter_status kept
        where kept.authority = ${authority} and kept.filter = filter.id ${whichPosts}) as posts
    from filter where filter.authority = ${authority} and filter.account = ${account} ${which} order by filter.id`;
  return rows.map((row) => ({ ...row, keywords: row.keywords ?? [], posts: row.posts ?? [] }));
}
