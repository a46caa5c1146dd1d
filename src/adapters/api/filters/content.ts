import {
  longestKeyword,
  longestTitle,
  type FilterContent,
  type KeywordChange,
} from "#domain/timelines/change-filters.ts";
import { filterContexts, type FilterContext } from "../entities/filter.ts";
import type { Call } from "../endpoint.ts";
import type { Params } from "../params.ts";

const actions = ["warn", "hide", "blur"] as const;
/** Longer than anyone lives; dates beyond the database's reach are none. */
const longestSpan = 100 * 366 * 24 * 3_600;

/** What a filter is to be, over what it was; or why not, in Mastodon's words. */
export function readContent(
  { params, now }: Pick<Call, "params" | "now">,
  before: FilterContent | undefined,
): FilterContent | { wrong: string } {
  const title = (params.text("title") ?? before?.title ?? "").trim();
  const contexts = readContexts(params) ?? before?.contexts ?? [];
  const action = params.has("filter_action")
    ? params.word("filter_action", actions)
    : (before?.action ?? "warn");
  const wrong = [
    ...blankOrLong("Title", title, longestTitle),
    ...contextsWrong(contexts),
    ...(action ? [] : ["Filter action is not included in the list"]),
  ];
  if (wrong.length > 0 || !action) return failed(wrong);
  return { title, contexts, action, expiresAt: readExpiry({ params, now }, before?.expiresAt ?? null) };
}

export function readExpiry(
  { params, now }: Pick<Call, "params" | "now">,
  before: Temporal.Instant | null,
): Temporal.Instant | null {
  if (!params.has("expires_in")) return before;
  const seconds = params.number("expires_in");
  return seconds === undefined || seconds <= 0 ? null : now.add({ seconds: Math.min(seconds, longestSpan) });
}

/** Undefined where none were sent. */
export function readContexts(params: Params): string[] | undefined {
  return params.has("context") ? [...new Set(params.texts("context"))] : undefined;
}

export function contextsWrong(contexts: readonly string[]): string[] {
  const known = contexts.length > 0 && contexts.every((one) => filterContexts.includes(one as FilterContext));
  if (known) return [];
  return [
    ...(contexts.length > 0 ? [] : ["Context can't be blank"]),
    "Context None or invalid context supplied",
  ];
}

/** Keywords as `keywords_attributes` has them, for a new filter or for changes of one. */
export function readKeywords(params: Params): KeywordChange[] | { wrong: string } {
  const changes = params.all("keywords_attributes").map((one) => ({
    id: one.text("id") || undefined,
    keyword: one.text("keyword")?.trim(),
    wholeWord: one.flag("whole_word"),
    remove: one.flag("_destroy"),
  }));
  const wrong = changes.flatMap(({ id, keyword, remove }) =>
    remove || (id !== undefined && keyword === undefined) ? [] : keywordWrong(keyword ?? ""),
  );
  return wrong.length > 0
    ? failed([...new Set(wrong)])
    : changes.filter(({ id, remove }) => !(remove && id === undefined));
}

export function keywordWrong(keyword: string, name = "Keyword"): string[] {
  return blankOrLong(name, keyword, longestKeyword);
}

export function failed(wrong: readonly string[]): { wrong: string } {
  return { wrong: `Validation failed: ${wrong.join(", ")}` };
}

function blankOrLong(name: string, text: string, longest: number): string[] {
  if (text === "") return [`${name} can't be blank`];
  return text.length > longest ? [`${name} is too long (maximum is ${longest} characters)`] : [];
}
