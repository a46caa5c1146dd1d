import type { Draft } from "#domain/drafts/draft.ts";
import type { Seat } from "../seat.ts";

/** What showing drafts takes besides them. */
export type CardContext = {
  seat: Seat;
  now: Temporal.Instant;
  /** Names of people, and of accounts, by id. */
  people: ReadonlyMap<string, string>;
  accounts: ReadonlyMap<string, string>;
  /** In the narrow days of a week: the day is said above, and the clock leads. */
  brief?: boolean;
};

const longestExcerpt = 220;

/** The beginning of what it says. */
export function excerptOf({ content }: Pick<Draft, "content">): string {
  const text = [content.article ? content.title : "", content.text].filter(Boolean).join(" – ").trim();
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt).trimEnd()} …` : text;
}
