import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Page } from "#domain/posts/read-posts.ts";
import type { FreshWords } from "#domain/search/match-words.ts";
import { homeTimeline, listTimeline } from "#domain/timelines/home-timeline.ts";
import { searchTimeline } from "#domain/timelines/search-timeline.ts";
import {
  inboxTimeline,
  personTimeline,
  saidTimeline,
  tagTimeline,
  threadTimeline,
  type Reading,
  type TimelineItem,
} from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import type { ColumnDefinition } from "./deck.ts";
import { filtered, isFiltered } from "./filters.ts";

/** What of a reader decides what stands in a column: whom they speak for, and who of these acts. */
export type ColumnReader = { accounts: readonly AccountId[]; acting: AccountId | undefined };

/** A page, or those of some posts that stand in the column; for these the words may be given as they are now. */
export type ColumnPage = Page & { up?: boolean; only?: readonly string[]; fresh?: FreshWords };

/**
 * The posts of a column, newest first: the one meaning of each kind, for pages and for live lines alike. Kinds that
 * hold no posts, and columns about nothing, have none.
 */
export async function readColumn(
  tx: Transaction,
  authority: AuthorityId,
  column: ColumnDefinition,
  reader: ColumnReader,
  { fresh, ...page }: ColumnPage,
): Promise<TimelineItem[]> {
  const { kind, subject, filters } = column;
  const { accounts } = reader;
  const keep = isFiltered(filters) ? filtered(tx, authority, filters, fresh) : undefined;
  const reading: Reading = { ...page, keep };
  switch (kind) {
    case "inbox":
      return accounts.length > 0 ? inboxTimeline(tx, authority, accounts, reading) : [];
    case "home":
      return accounts.length > 0 ? homeTimeline(tx, authority, accounts, reading) : [];
    case "account": {
      const account = subject.account ?? reader.acting;
      return account ? saidTimeline(tx, authority, account, accounts, reading) : [];
    }
    case "list":
      return subject.list
        ? listTimeline(tx, authority, subject.list, accounts, reading, { allReplies: true })
        : [];
    case "tag":
      return tagTimeline(tx, authority, subject.tags ?? [], accounts, reading);
    case "search":
      return searchTimeline(tx, authority, subject.query ?? "", reading, fresh);
    case "person":
      return subject.account ? personTimeline(tx, authority, subject.account, accounts, reading) : [];
    case "thread":
      return subject.post ? threadTimeline(tx, authority, subject.post, accounts, reading) : [];
    case "drafts":
    case "notifications":
      return [];
  }
}

/** Equal for columns that show the same posts: kinds that do not ask who reads are the same for all. */
export function definitionKey({ kind, subject, filters }: ColumnDefinition, reader: ColumnReader): string {
  const acting = kind === "account" && !subject.account ? (reader.acting ?? "") : "";
  return JSON.stringify([kind, subject, filters, kind === "search" ? [] : reader.accounts, acting]);
}
