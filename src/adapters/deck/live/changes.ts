import type { Account } from "#domain/accounts/account.ts";
import { asksForWords } from "#domain/decks/filters.ts";
import { mayStandIn } from "#domain/decks/may-stand-in.ts";
import { definitionKey, readColumn } from "#domain/decks/read-column.ts";
import { readHomes } from "#domain/decks/read-homes.ts";
import { newestInThreads } from "#domain/decks/touched.ts";
import { freshWords } from "#domain/search/match-words.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { itemHtml } from "../columns/item-html.ts";
import { loadItems, type Loaded } from "../columns/load-items.ts";
import { readerFor } from "../columns/read-column.ts";
import { readerOf, seatKey, type Seat } from "../seat.ts";
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
  /** By language: nothing else of a seat decides what is read. */
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
  await loadFor(tx, lines, read);
  return read;
}

/** The changes as one seat sees them, each as JSON; made once for all seats alike by way of `made`. */
export function renderChanges(
  { seat, columns }: Pick<Line, "seat" | "columns">,
  happened: Happened,
  read: Read,
  made: Map<string, Rendered>,
  now: Temporal.Instant,
): string[] {
  const changes: string[] = [];
  for (const column of columns) {
    const rendered = renderOnce(seat, column, read, made, now);
    const id = column.id;
    for (const put of rendered.puts) changes.push(put.join(id));
    for (const gone of rendered.left) changes.push(said({ gone, column: id }));
    if (isStale(column, seat, happened)) changes.push(said({ stale: id }));
  }
  for (const { post, boost } of happened.undone) changes.push(said({ gone: post, position: boost }));
  for (const gone of happened.removed) changes.push(said({ gone }));
  return changes;
}

/** JSON in parts: between them stands the id of the column, which alone differs from deck to deck. */
type Put = string[];
export type Rendered = { puts: Put[]; left: readonly string[] };

function renderOnce(
  seat: Seat,
  column: LiveColumn,
  read: Read,
  made: Map<string, Rendered>,
  now: Temporal.Instant,
): Rendered {
  const { key, seen } = keysOf(column, seat);
  const rows = read.columns.get(key);
  if (!rows) return nothing;
  const known = made.get(seen);
  if (known) return known;
  const loaded = read.loaded.get(seat.language);
  const reader = readerOf(seat, now);
  const place = { id: anyColumn, kind: column.kind };
  const puts = loaded
    ? rows.items.map((item) => inParts(itemHtml(seat, place, item, loaded, reader).text, item))
    : [];
  const rendered = { puts, left: rows.left };
  made.set(seen, rendered);
  return rendered;
}

const nothing: Rendered = { puts: [], left: [] };

function inParts(put: string, { position, id }: TimelineItem): Put {
  const html = put.split(anyColumn).map((part) => JSON.stringify(part).slice(1, -1));
  const text = `{"put":"${html.join(anyColumn)}","column":"${anyColumn}","position":"${position}","post":"${id}"}`;
  return text.split(anyColumn);
}

function said(change: Change): string {
  return JSON.stringify(change);
}

/** What showing the posts takes is read once for all who read the same language, whichever accounts they have. */
async function loadFor(tx: Transaction, lines: readonly Line[], read: Read): Promise<void> {
  const groups = new Map<
    string,
    { seat: Seat; items: Map<string, TimelineItem>; accounts: Map<string, Account> }
  >();
  const seen = new Set<string>();
  for (const { seat, columns } of lines) {
    const group = groups.get(seat.language) ?? { seat, items: new Map(), accounts: new Map() };
    groups.set(seat.language, group);
    for (const account of seat.accounts) group.accounts.set(account.id, account);
    for (const column of columns) {
      const key = keyOf(column, seat);
      const once = `${seat.language} ${key}`;
      if (seen.has(once)) continue;
      seen.add(once);
      for (const item of read.columns.get(key)?.items ?? [])
        group.items.set(`${item.id} ${item.position}`, item);
    }
  }
  await Promise.all(
    [...groups].map(async ([language, { seat, items, accounts }]) => {
      const reader = { ...seat, accounts: [...accounts.values()] };
      if (items.size > 0) read.loaded.set(language, await loadItems(tx, reader, [...items.values()]));
    }),
  );
}

function keyOf(column: LiveColumn, seat: Seat): string {
  return keysOf(column, seat).key;
}

/** What a column of a seat shows, and as what it is seen; worked out once, for a thousand decks ask at each event. */
function keysOf(column: LiveColumn, seat: Seat): Keys {
  const ofSeat = keys.get(seat) ?? new WeakMap<LiveColumn, Keys>();
  const known = ofSeat.get(column);
  if (known) return known;
  const key = definitionKey(column, readerFor(seat));
  const found = { key, seen: `${seatKey(seat)} ${key}` };
  keys.set(seat, ofSeat.set(column, found));
  return found;
}

type Keys = { key: string; seen: string };
const keys = new WeakMap<Seat, WeakMap<LiveColumn, Keys>>();

/** How a conversation is cared for is shown in the inbox, and decides what stands in a column of the unanswered. */
function showsCare({ kind, filters }: LiveColumn): boolean {
  return kind === "inbox" || kind === "thread" || filters.unanswered === true;
}

function isStale({ kind }: LiveColumn, seat: Seat, happened: Happened): boolean {
  const own = (ids: ReadonlySet<string>) => seat.accounts.some((account) => ids.has(account.id));
  if (kind === "home") return own(happened.follows);
  return kind === "drafts" && (happened.drafts.has(seat.person) || own(happened.drafts));
}
