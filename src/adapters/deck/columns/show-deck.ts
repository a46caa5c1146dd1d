import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { journalHead } from "#domain/journal/entry.ts";
import { parseId } from "#platform/id.ts";
import { blankComposer } from "../compose/show-composer.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { readerOf, seatOf } from "../seat.ts";
import { columnHtml, itemsHtml, type ColumnView } from "./column-html.ts";
import { loadItems } from "./load-items.ts";
import { columnKinds, readColumn, type ColumnKind } from "./read-column.ts";

/** GET /deck: the whole deck, complete without scripts. `column` and `before` turn one column's pages. */
export function showDeck(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const turned = c.req.query("column");
    const before = parseId<"post">(c.req.query("before"));
    // One snapshot: whatever is numbered after its head is told by the live line, so nothing falls between.
    const { position, columns } = await services.db.read(seat.site.authority.id, async (tx) => {
      const position = await journalHead(tx);
      const columns: ColumnView[] = [];
      for (const kind of columnKinds) {
        const older = kind === turned && before !== undefined;
        const read = await readColumn(tx, seat, kind, older ? { before } : {});
        columns.push({ kind, ...read, older, loaded: await loadItems(tx, seat, read.items) });
      }
      return { position, columns };
    });
    const reader = readerOf(seat, services.clock());
    const page = await deckPage(services, seat, {
      current: "deck",
      composer: blankComposer(seat),
      columns: columns.map((view) => columnHtml(seat, view, reader)),
      position,
    });
    return c.html(page.text);
  };
}

/** GET /deck/columns/:kind: posts of one column, to go on with older ones or to catch up. */
export function showColumn(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const kind = columnKinds.find((one): one is ColumnKind => one === c.req.param("kind"));
    if (!kind) return c.notFound();
    const before = parseId<"post">(c.req.query("before"));
    const after = parseId<"post">(c.req.query("after"));
    const view = await services.db.read(seat.site.authority.id, async (tx) => {
      const read = await readColumn(tx, seat, kind, { before, after });
      return { kind, ...read, older: before !== undefined, loaded: await loadItems(tx, seat, read.items) };
    });
    return c.html(itemsHtml(seat, view, readerOf(seat, services.clock())).text);
  };
}
