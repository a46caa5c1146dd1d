import type { AuthorityId } from "#domain/authorities/authority.ts";
import { json, type Transaction } from "#platform/database.ts";
import { changeable } from "./change-decks.ts";
import type {
  Asker,
  ColumnDefinition,
  ColumnId,
  ColumnWidth,
  DeckColumn,
  DeckId,
  Filters,
  OwnColumn,
} from "./deck.ts";
import { columnsOf, findColumn } from "./read-decks.ts";

export type ColumnChanged =
  | { outcome: "changed"; column: OwnColumn }
  | { outcome: "not-found" }
  | { outcome: "not-yours" };

export const mostColumns = 30;
/** A removed column can be had back for this long. */
const keptDays = 7;
/** Of each deck. */
const mostKept = 30;

/** A new column to the right of the others. */
export async function addColumn(
  tx: Transaction,
  authority: AuthorityId,
  deck: DeckId,
  asker: Asker,
  column: ColumnDefinition & { name?: string },
): Promise<{ outcome: "added"; id: ColumnId } | { outcome: "not-found" | "not-yours" | "too-many" }> {
  const found = await changeable(tx, authority, deck, asker);
  if (found.outcome !== "changed") return found;
  const columns = await columnsOf(tx, authority, deck, asker);
  if (columns.length >= mostColumns) return { outcome: "too-many" };
  const [row] = await tx<{ id: ColumnId }[]>`
    insert into deck_column (authority, deck, rank, kind, subject, filters, name)
    values (${authority}, ${deck}, (select coalesce(max(rank), 0) + 1 from deck_column where authority = ${authority} and deck = ${deck}),
      ${column.kind}, ${json(tx, column.subject)}, ${json(tx, column.filters)}, ${(column.name ?? "").trim().slice(0, 100)})
    returning id`;
  if (!row) throw new Error("a column was not kept");
  return { outcome: "added", id: row.id };
}

/** Names, widens or filters a column. */
export async function changeColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
  changed: { name?: string; width?: ColumnWidth; filters?: Filters },
): Promise<ColumnChanged> {
  const found = await changeableColumn(tx, authority, id, asker);
  if (found.outcome !== "changed") return found;
  const { column } = found;
  const next = {
    ...column,
    ...changed,
    name: (changed.name ?? column.name).trim().slice(0, 100),
  };
  await tx`update deck_column set name = ${next.name}, width = ${next.width}, filters = ${json(tx, next.filters)}
    where authority = ${authority} and id = ${id}`;
  return { outcome: "changed", column: next };
}

/** Moves a column before another, to the end (null), or some steps to the right (or left, when below zero). */
export async function moveColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
  to: { before: ColumnId | null } | { by: number },
): Promise<ColumnChanged> {
  const found = await changeableColumn(tx, authority, id, asker);
  if (found.outcome !== "changed") return found;
  const columns = await columnsOf(tx, authority, found.column.deck, asker);
  const from = columns.findIndex((column) => column.id === id);
  const others: DeckColumn[] = columns.filter((column) => column.id !== id);
  const asked = "by" in to ? from + to.by : others.findIndex((column) => column.id === to.before);
  // What is to stand before a column that has gone meanwhile goes to the end.
  const place = "by" in to || asked >= 0 ? Math.max(0, Math.min(asked, others.length)) : others.length;
  const order = [...others.slice(0, place), found.column, ...others.slice(place)].map((column) => column.id);
  await tx`update deck_column set rank = wanted.rank::int
    from unnest(${order}::bigint[]) with ordinality as wanted (id, rank)
    where deck_column.authority = ${authority} and deck_column.id = wanted.id`;
  return found;
}

/** Takes a column away; it can be put back for a week. */
export async function removeColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
  now: Temporal.Instant,
): Promise<ColumnChanged> {
  const found = await changeableColumn(tx, authority, id, asker);
  if (found.outcome !== "changed") return found;
  await tx`update deck_column set removed_at = ${now} where authority = ${authority} and id = ${id}`;
  const old = now.subtract({ hours: keptDays * 24 });
  await tx`delete from deck_column where authority = ${authority} and deck = ${found.column.deck}
    and removed_at is not null and (removed_at < ${old} or id not in (
      select id from deck_column where authority = ${authority} and deck = ${found.column.deck}
      and removed_at is not null order by removed_at desc, id desc limit ${mostKept}))`;
  return found;
}

/** Puts a removed column back where it was. */
export async function restoreColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
): Promise<ColumnChanged> {
  const found = await changeableColumn(tx, authority, id, asker, { removed: true });
  if (found.outcome === "changed")
    await tx`update deck_column set removed_at = null where authority = ${authority} and id = ${id}`;
  return found;
}

async function changeableColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
  { removed = false } = {},
): Promise<ColumnChanged> {
  const found = await findColumn(tx, authority, id, asker);
  if (!found || (found.removed && !removed)) return { outcome: "not-found" };
  const deck = await changeable(tx, authority, found.deck.id, asker);
  return deck.outcome === "changed" ? { outcome: "changed", column: found.column } : deck;
}
