import type { OwnColumn } from "#domain/decks/deck.ts";
import { isFiltered } from "#domain/decks/filters.ts";
import type { ColumnReader } from "#domain/decks/read-column.ts";
import { readPage } from "#domain/decks/read-page.ts";
import { subjectNames } from "#domain/decks/subject-names.ts";
import type { Page } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { overdueSection, readWaiting } from "../care/waiting.ts";
import { accountIds, readerOf, type Seat } from "../seat.ts";
import type { ColumnView } from "./column-html.ts";
import { columnTitle } from "./column-title.ts";
import { contentOf } from "./content-of.ts";
import { loadItems } from "./load-items.ts";

/** How many posts a column has at first, and how many more each time. */
const columnPage = 20;

type Asked = { column: OwnColumn; page: Pick<Page, "before" | "after"> };

/** Columns with what they show. All are asked for at once, and what their posts take besides is read once for all. */
export async function readColumns(
  tx: Transaction,
  seat: Seat,
  asked: readonly Asked[],
  now: Temporal.Instant,
): Promise<ColumnView[]> {
  const authority = seat.site.authority.id;
  const columns = asked.map(({ column }) => column);
  const [names, ...pages] = await Promise.all([
    subjectNames(tx, authority, columns, accountIds(seat)),
    ...asked.map(({ column, page }) =>
      readPage(tx, authority, column, readerFor(seat), { ...page, limit: columnPage }),
    ),
  ]);
  const contents = await Promise.all(asked.map(({ column, page }) => contentOf(tx, seat, column, page, now)));
  const waiting = columns.some(isWholeInbox) ? await readWaiting(tx, seat, now) : undefined;
  const loaded = await loadItems(
    tx,
    seat,
    pages.flatMap((page) => page.items),
  );
  return asked.map(({ column, page }, index) => ({
    column,
    title: columnTitle(seat, column, names),
    ...(pages[index] ?? { items: [], more: false }),
    older: page.before !== undefined,
    note: waiting && isWholeInbox(column) ? overdueSection(seat, waiting, readerOf(seat, now)) : undefined,
    content: contents[index],
    loaded,
  }));
}

/** A filtered one would say more than it shows. */
function isWholeInbox({ kind, filters }: OwnColumn): boolean {
  return kind === "inbox" && !isFiltered(filters);
}

/** Whom a seat reads as. */
export function readerFor(seat: Pick<Seat, "accounts" | "acting">): ColumnReader {
  return { accounts: accountIds(seat), acting: seat.acting?.id };
}
