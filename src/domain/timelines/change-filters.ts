import type { AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Filter, FilteredPost, FilteredPostId, FilterId, Keyword, KeywordId } from "./filters.ts";

export const longestTitle = 200;
export const longestKeyword = 200;
/** Every post that is shown is held against all of them. */
export const mostFilters = 100;
export const mostKeywords = 1_000;
export const mostFilteredPosts = 1_000;

/** A keyword to be added, or, with an id, changed or removed. */
export type KeywordChange = {
  id?: string | undefined;
  keyword?: string | undefined;
  wholeWord?: boolean | undefined;
  remove?: boolean | undefined;
};
export type FilterContent = Pick<Filter, "title" | "contexts" | "action" | "expiresAt">;

export async function makeFilter(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  content: FilterContent,
): Promise<{ outcome: "made"; id: FilterId } | { outcome: "too-many" }> {
  const [row] = await tx<{ id: FilterId }[]>`
    insert into filter (authority, account, title, contexts, action, expires_at)
    select ${authority}, ${account}, ${content.title}, ${content.contexts}::text[], ${content.action},
      ${content.expiresAt && content.expiresAt.toString()}::timestamptz
    where (select count(*) from filter where authority = ${authority} and account = ${account}) < ${mostFilters}
    returning id`;
  if (!row) return { outcome: "too-many" };
  await say(tx, authority, account);
  return { outcome: "made", id: row.id };
}

export async function changeFilter(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  id: FilterId,
  content: FilterContent,
): Promise<void> {
  await tx`update filter set title = ${content.title}, contexts = ${content.contexts}::text[], action = ${content.action},
      expires_at = ${content.expiresAt && content.expiresAt.toString()}::timestamptz
    where authority = ${authority} and account = ${account} and id = ${id}`;
  await say(tx, authority, account);
}

export async function removeFilter(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  id: string,
): Promise<boolean> {
  const gone = await tx`
    delete from filter where authority = ${authority} and account = ${account} and id = ${id} returning 1`;
  if (gone.length > 0) await say(tx, authority, account);
  return gone.length > 0;
}

/** All of them, or none when one of the ids is not of the filter or they would become too many. */
export async function changeKeywords(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  filter: Pick<Filter, "id" | "keywords">,
  changes: readonly KeywordChange[],
): Promise<{ outcome: "changed" | "missing" | "too-many" }> {
  const known = new Map<string, Keyword>(filter.keywords.map((one) => [one.id, one]));
  if (changes.some(({ id }) => id !== undefined && !known.has(id))) return { outcome: "missing" };
  const removed = changes.filter(({ remove }) => remove).flatMap(({ id }) => id ?? []);
  const kept = changes.filter(({ remove }) => !remove);
  const added = kept.filter(({ id }) => id === undefined);
  const more = added.length - new Set(removed).size;
  if (more > 0 && !(await hasRoomForKeywords(tx, authority, account, more))) return { outcome: "too-many" };
  await tx`delete from filter_keyword
    where authority = ${authority} and filter = ${filter.id} and id = any(${removed}::bigint[])`;
  const changed = kept.flatMap(({ id, ...change }) => {
    const before = id === undefined ? undefined : known.get(id);
    return before ? [{ ...before, ...defined(change) }] : [];
  });
  await tx`update filter_keyword word set keyword = wanted.keyword, whole_word = wanted.whole_word
    from unnest(${changed.map(({ id }) => id)}::bigint[], ${changed.map(({ keyword }) => keyword)}::text[],
      ${changed.map(({ wholeWord }) => String(wholeWord))}::text[]::boolean[]) as wanted (id, keyword, whole_word)
    where word.authority = ${authority} and word.filter = ${filter.id} and word.id = wanted.id`;
  await tx`insert into filter_keyword (authority, filter, keyword, whole_word)
    select ${authority}, ${filter.id}, wanted.keyword, wanted.whole_word
    from unnest(${added.map(({ keyword = "" }) => keyword)}::text[],
      ${added.map(({ wholeWord = true }) => String(wholeWord))}::text[]::boolean[]) with ordinality as wanted (keyword, whole_word, place)
    order by wanted.place`;
  await say(tx, authority, account);
  return { outcome: "changed" };
}

/** All filters of an account are counted together. */
export async function hasRoomForKeywords(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  more: number,
): Promise<boolean> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from filter
    join filter_keyword word on word.authority = ${authority} and word.filter = filter.id
    where filter.authority = ${authority} and filter.account = ${account}`;
  return (row?.count ?? 0) + more <= mostKeywords;
}

export async function addKeyword(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  filter: Pick<Filter, "id">,
  { keyword, wholeWord }: Pick<Keyword, "keyword" | "wholeWord">,
): Promise<Keyword | undefined> {
  if (!(await hasRoomForKeywords(tx, authority, account, 1))) return undefined;
  const [row] = await tx<{ id: KeywordId }[]>`
    insert into filter_keyword (authority, filter, keyword, whole_word)
    values (${authority}, ${filter.id}, ${keyword}, ${wholeWord}) returning id`;
  if (!row) throw new Error("a keyword was not kept");
  await say(tx, authority, account);
  return { id: row.id, keyword, wholeWord };
}

/** A post that is there already stays, once. */
export async function addFilteredPost(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  filter: Pick<Filter, "id" | "posts">,
  post: PostId,
): Promise<FilteredPost | undefined> {
  const known = filter.posts.find((one) => one.post === post);
  if (known) return known;
  if (filter.posts.length >= mostFilteredPosts) return undefined;
  const [row] = await tx<{ id: FilteredPostId }[]>`
    insert into filter_status (authority, filter, post) values (${authority}, ${filter.id}, ${post})
    on conflict (authority, filter, post) do update set post = excluded.post returning id`;
  if (!row) throw new Error("a post was not kept");
  await say(tx, authority, account);
  return { id: row.id, post };
}

export async function removeFilteredPost(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  id: FilteredPostId,
): Promise<void> {
  await tx`delete from filter_status where authority = ${authority} and id = ${id}`;
  await say(tx, authority, account);
}

function defined({ keyword, wholeWord }: KeywordChange): Partial<Keyword> {
  return { ...(keyword === undefined ? {} : { keyword }), ...(wholeWord === undefined ? {} : { wholeWord }) };
}

async function say(tx: Transaction, authority: AuthorityId, account: AccountId): Promise<void> {
  await sayKept(tx, authority, { account, what: "filters" });
}
