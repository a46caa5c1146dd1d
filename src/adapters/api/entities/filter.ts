import type { Filter as Kept, FilteredPost, Keyword } from "#domain/timelines/filters.ts";
import { wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/V1_Filter/ is made of these as well. */
export type FilterContext = "home" | "notifications" | "public" | "thread" | "account";
export const filterContexts: readonly FilterContext[] = [
  "home",
  "notifications",
  "public",
  "thread",
  "account",
];

/** https://docs.joinmastodon.org/entities/Filter/ */
export type Filter = {
  id: string;
  title: string;
  context: FilterContext[];
  expires_at: string | null;
  filter_action: "warn" | "hide" | "blur";
  keywords?: FilterKeyword[];
  statuses?: FilterStatus[];
};
export type FilterKeyword = { id: string; keyword: string; whole_word: boolean };
export type FilterStatus = { id: string; status_id: string };

/** https://docs.joinmastodon.org/entities/FilterResult/ */
export type FilterResult = {
  filter: Filter;
  keyword_matches: string[] | null;
  status_matches: string[] | null;
};

/** https://docs.joinmastodon.org/entities/V1_Filter/ */
export type V1Filter = {
  id: string;
  phrase: string;
  context: FilterContext[];
  whole_word: boolean;
  expires_at: string | null;
  irreversible: boolean;
};

export function filterEntity(filter: Kept): Filter {
  return {
    ...withoutRules(filter),
    keywords: filter.keywords.map(keywordEntity),
    statuses: filter.posts.map(filteredPostEntity),
  };
}

export function keywordEntity({ id, keyword, wholeWord }: Keyword): FilterKeyword {
  return { id, keyword, whole_word: wholeWord };
}

export function filteredPostEntity({ id, post }: FilteredPost): FilterStatus {
  return { id, status_id: post };
}

/** A keyword as older apps know filters: one each. */
export function v1FilterEntity(filter: Kept, { id, keyword, wholeWord }: Keyword): V1Filter {
  const { context, expires_at } = withoutRules(filter);
  const irreversible = filter.action === "hide";
  return { id, phrase: keyword, context, whole_word: wholeWord, expires_at, irreversible };
}

export function filterResult(filter: Kept, keywords: string[], posts: string[]): FilterResult {
  return {
    filter: withoutRules(filter),
    keyword_matches: keywords.length > 0 ? keywords : null,
    status_matches: posts.length > 0 ? posts : null,
  };
}

function withoutRules({ id, title, contexts, action, expiresAt }: Kept): Filter {
  const context = filterContexts.filter((one) => contexts.includes(one));
  return { id, title, context, expires_at: expiresAt && wireTime(expiresAt), filter_action: action };
}
