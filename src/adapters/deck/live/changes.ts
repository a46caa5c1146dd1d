import { asksForWords } from "#domain/decks/filters.ts";
import { mayStandIn } from "#domain/decks/may-stand-in.ts";
import { definitionKey, readColumn } from "#domain/decks/read-column.ts";
import { newestInThreads } from "#domain/decks/touched.ts";
import { freshWords } from "#domain/search/match-words.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { itemHtml } from "../columns/item-html.ts";
import { loadItems, type Loaded } from "../columns/load-items.ts";
import { readerFor } from "../columns/read-column.ts";
import { groupKey, readerOf, seatKey, type Seat } from "../seat.ts";
import type { Line, LiveColumn } from "./line.ts";
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
  /** By the group of seats that read alike. */
  loaded: Map<string, Loaded>;
};

/** Stands for a column's id until it is known whose column it is: no text can hold it, for PostgreSQL stores none. */
const anyColumn = "\u0000";

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
  const cared = await newestInThreads(tx, authority, happened.threads);
  const all = [...new Set([...happened.posts, ...cared])];
  if (all.length === 0) return read;
  const distinct = new Map<string, { column: LiveColumn; seat: Seat }>();
  for (const { seat, columns } of lines)
    for (const column of columns) distinct.set(keyOf(column, seat), { column, seat });
  const columns = [...distinct];
  const words = columns.some(([, { column }]) => asksForWords(column));
  const fresh = words ? await freshWords(tx, authority, all) : undefined;
  const asked = columns.map(([key, { column, seat }]) => ({ key, column, reader: readerFor(seat) }));
  const may = await mayStandIn(tx, authority, asked, all, fresh);
  await Promise.all(
    asked.map(async ({ key, column, reader }) => {
      const only = showsCare(column) ? all : happened.posts;
      if (only.length === 0) return;
      const page = { only, limit, ...(fresh ? { fresh } : {}) };
      const items = may({ column, reader }) ? await readColumn(tx, authority, column, reader, page) : [];
      const found = new Set<string>(items.map((item) => item.id));
      const left = column.filters.unanswered
        ? [...happened.mayHaveLeft, ...cared]
        : [...happened.mayHaveLeft];
      // In order of arrival, as they would have come one by one.
      read.columns.set(key, { items: items.toReversed(), left: left.filter((post) => !found.has(post)) });
    }),
  );
  await loadFor(tx, lines, read);
  return read;
}

/** The changes as one seat sees them, for the columns it has; rendered once for all seats alike by way of `made`. */
export function renderChanges(
  { seat, columns }: Line,
  happened: Happened,
  read: Read,
  made: Map<string, Rendered>,
  now: Temporal.Instant,
): Change[] {
  const changes: Change[] = [];
  for (const column of columns) {
    const rendered = renderOnce(seat, column, read, made, now);
    for (const { put, ...place } of rendered.puts)
      changes.push({ put: put.replaceAll(anyColumn, column.id), column: column.id, ...place });
    for (const gone of rendered.left) changes.push({ gone, column: column.id });
    if (isStale(column, seat, happened)) changes.push({ stale: column.id });
  }
  for (const { post, boost } of happened.undone) changes.push({ gone: post, position: boost });
  for (const gone of happened.removed) changes.push({ gone });
  return changes;
}

export type Rendered = { puts: { put: string; position: string; post: string }[]; left: readonly string[] };

function renderOnce(
  seat: Seat,
  column: LiveColumn,
  read: Read,
  made: Map<string, Rendered>,
  now: Temporal.Instant,
): Rendered {
  const key = keyOf(column, seat);
  const rows = read.columns.get(key);
  const loaded = read.loaded.get(groupKey(seat));
  if (!rows || !loaded) return { puts: [], left: rows?.left ?? [] };
  const seen = `${seatKey(seat)} ${key}`;
  const known = made.get(seen);
  if (known) return known;
  const reader = readerOf(seat, now);
  const place = { id: anyColumn, kind: column.kind };
  // The page of a conversation only hears that there is something: it reads the whole again, in its own order.
  const puts = rows.items.map((item) => ({
    put: itemHtml(seat, place, item, loaded, reader).text,
    position: item.position,
    post: item.id,
  }));
  const rendered = { puts, left: rows.left };
  made.set(seen, rendered);
  return rendered;
}

/** What showing the posts takes is read once for all seats that read alike. */
async function loadFor(tx: Transaction, lines: readonly Line[], read: Read): Promise<void> {
  const groups = new Map<string, { seat: Seat; items: Map<string, TimelineItem> }>();
  for (const { seat, columns } of lines) {
    const group = groups.get(groupKey(seat)) ?? { seat, items: new Map<string, TimelineItem>() };
    groups.set(groupKey(seat), group);
    for (const column of columns)
      for (const item of read.columns.get(keyOf(column, seat))?.items ?? [])
        group.items.set(`${item.id} ${item.position}`, item);
  }
  await Promise.all(
    [...groups].map(async ([key, { seat, items }]) => {
      if (items.size > 0) read.loaded.set(key, await loadItems(tx, seat, [...items.values()]));
    }),
  );
}

function keyOf(column: LiveColumn, seat: Seat): string {
  return definitionKey(column, readerFor(seat));
}

/** How a conversation is cared for is shown in the inbox, and decides what stands in a column of the unanswered. */
function showsCare({ kind, filters }: LiveColumn): boolean {
  return kind === "inbox" || kind === "thread" || filters.unanswered === true;
}

function isStale({ kind }: LiveColumn, seat: Seat, happened: Happened): boolean {
  const own = (ids: ReadonlySet<string>) => seat.accounts.some((account) => ids.has(account.id));
  if (kind === "home") return own(happened.follows);
  return kind === "drafts" && (happened.drafts.has(seat.person) || own(happened.drafts));
}
