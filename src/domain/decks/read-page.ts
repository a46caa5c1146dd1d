import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Page } from "#domain/posts/read-posts.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import type { ColumnDefinition } from "./deck.ts";
import { isFiltered } from "./filters.ts";
import { readColumn, type ColumnReader } from "./read-column.ts";

/** `next`: from where to go on when the page is not full though there may be more further back. */
export type ColumnPageRead = { items: TimelineItem[]; more: boolean; next?: string };

/** How many of the newest posts known are looked through for what fits a filter: few first, for most filters fit many. */
const windows = [2_000, 50_000];

/**
 * A page of a column. What many say, filtered so that little is left, is looked for so far back and no further; the
 * page then says where to go on, so that no reading takes longer the more there is.
 */
export async function readPage(
  tx: Transaction,
  authority: AuthorityId,
  column: ColumnDefinition,
  reader: ColumnReader,
  page: Page,
): Promise<ColumnPageRead> {
  // Going up from a place, the nearest are read: the one too many is the farthest, which is the newest.
  const up = page.after !== undefined && page.before === undefined;
  const asked = { ...page, up, limit: page.limit + 1 };
  const whole = (items: TimelineItem[]): ColumnPageRead => ({
    items: up ? items.slice(-page.limit) : items.slice(0, page.limit),
    more: items.length > page.limit,
  });
  const isBroad = column.kind === "home" || column.kind === "list";
  if (!isBroad || !isFiltered(column.filters) || page.after)
    return whole(await readColumn(tx, authority, column, reader, asked));
  let read: ColumnPageRead = { items: [], more: false };
  for (const size of windows) {
    const floor = await floorOf(tx, authority, page, size);
    const items = await readColumn(tx, authority, column, reader, { ...asked, after: floor });
    if (!floor || items.length > page.limit) return whole(items);
    // The one at the floor is the next page's first.
    read = { items, more: true, next: String(BigInt(floor) + 1n) };
  }
  return read;
}

/** The post that has so many others between itself and where the page begins; undefined when there are fewer. */
async function floorOf(
  tx: Transaction,
  authority: AuthorityId,
  { before }: Page,
  size: number,
): Promise<PostId | undefined> {
  const [row] = await tx<{ id: PostId }[]>`
    select id from post where authority = ${authority} ${before ? tx`and id < ${before}` : tx``}
    order by id desc offset ${size} limit 1`;
  return row?.id;
}
