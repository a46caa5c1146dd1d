import type { Account } from "#domain/accounts/account.ts";
import { asksForWords } from "#domain/decks/filters.ts";
import { mayStandIn } from "#domain/decks/may-stand-in.ts";
import { readColumn } from "#domain/decks/read-column.ts";
import { readHomes } from "#domain/decks/read-homes.ts";
import { newestInThreads } from "#domain/decks/touched.ts";
import { freshWords } from "#domain/search/match-words.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { loadItems, type Loaded } from "../columns/load-items.ts";
import { readerFor } from "../columns/read-column.ts";
import type { Seat } from "../seat.ts";
import type { Line, LiveColumn } from "./line.ts";
import { sightOf } from "./sights.ts";
import type { Happened } from "./what-happened.ts";

/**
 * What becomes different in a deck. put: this is how the post looks now, there or to be put there; gone: a post, or
 * one place of it, is no longer shown; stale: the column, or every column of that kind, must be read again.
 */
export type Change =
  | { put: string; column: string; position: string; post: string }
  | { gone: string; column?: string; position?: string }
  | { stale: string };

/** The rows behind the changes: what each distinct column has of the posts, and what showing them takes. */
export type Read = {
  columns: Map<string, { items: TimelineItem[]; left: string[] }>;
  /** By language: nothing else of a seat decides what is read. */
  loaded: Map<string, Loaded>;
};

/** One page's worth more than anything asks for: posts that are asked for by name are never cut. */
const limit = 1_000;

/**
 * Reads where the posts stand now, in few queries however many decks are open: each distinct column once, all of
 * them in one go.
 */
export async function readChanges(
  tx: Transaction,
  lines: readonly Line[],
  happened: Pick<Happened, "posts" | "mayHaveLeft" | "threads">,
): Promise<Read> {
  const read: Read = { columns: new Map(), loaded: new Map() };
  const authority = lines[0]?.seat.site.authority.id;
  if (!authority) return read;
  const distinctLines = [...new Map(lines.map((line) => [sightOf(line).alike, line])).values()];
  const cared = await newestInThreads(tx, authority, happened.threads);
  const all = [...new Set([...happened.posts, ...cared])];
  if (all.length === 0) return read;
  const distinct = new Map<string, { column: LiveColumn; seat: Seat }>();
  for (const line of distinctLines)
    for (const { key, column } of sightOf(line).views) distinct.set(key, { column, seat: line.seat });
  const columns = [...distinct];
  const words = columns.some(([, { column }]) => asksForWords(column));
  const fresh = words ? await freshWords(tx, authority, all) : undefined;
  const asked = columns.map(([key, { column, seat }]) => ({ key, column, reader: readerFor(seat) }));
  const [may, homes] = await Promise.all([
    mayStandIn(tx, authority, asked, all, fresh),
    // Those that show how a conversation is cared for are read with the others.
    readHomes(
      tx,
      authority,
      asked.filter(({ column }) => !showsCare(column)),
      { only: happened.posts, fresh },
    ),
  ]);
  await Promise.all(
    asked.map(async ({ key, column, reader }) => {
      const only = showsCare(column) ? all : happened.posts;
      if (only.length === 0) return;
      const page = { only, limit, ...(fresh ? { fresh } : {}) };
      const items =
        homes.get(key) ??
        (may({ column, reader }) ? await readColumn(tx, authority, column, reader, page) : []);
      const found = new Set<string>(items.map((item) => item.id));
      const left = column.filters.unanswered
        ? [...happened.mayHaveLeft, ...cared]
        : [...happened.mayHaveLeft];
      // In order of arrival, as they would have come one by one.
      read.columns.set(key, { items: items.toReversed(), left: left.filter((post) => !found.has(post)) });
    }),
  );
  await loadFor(tx, distinctLines, read);
  return read;
}

/** What showing the posts takes is read once for all who read the same language, whichever accounts they have. */
async function loadFor(tx: Transaction, lines: readonly Line[], read: Read): Promise<void> {
  const groups = new Map<
    string,
    { seat: Seat; items: Map<string, TimelineItem>; accounts: Map<string, Account> }
  >();
  for (const line of lines) {
    const { seat } = line;
    const group = groups.get(seat.language) ?? { seat, items: new Map(), accounts: new Map() };
    groups.set(seat.language, group);
    for (const account of seat.accounts) group.accounts.set(account.id, account);
    for (const { key } of sightOf(line).views)
      for (const item of read.columns.get(key)?.items ?? [])
        group.items.set(`${item.id} ${item.position}`, item);
  }
  await Promise.all(
    [...groups].map(async ([language, { seat, items, accounts }]) => {
      const reader = { ...seat, accounts: [...accounts.values()] };
      if (items.size > 0) read.loaded.set(language, await loadItems(tx, reader, [...items.values()]));
    }),
  );
}

/** How a conversation is cared for is shown in the inbox, and decides what stands in a column of the unanswered. */
function showsCare({ kind, filters }: LiveColumn): boolean {
  return kind === "inbox" || kind === "thread" || filters.unanswered === true;
}
