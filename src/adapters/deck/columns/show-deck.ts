import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { mayChange, type Deck, type OwnColumn } from "#domain/decks/deck.ts";
import { asksForWords } from "#domain/decks/filters.ts";
import { columnsOf, findColumn, listDecks } from "#domain/decks/read-decks.ts";
import { journalHead } from "#domain/journal/entry.ts";
import { readPositionOf } from "#domain/journal/read-position.ts";
import { wordsSubscription } from "#domain/search/index-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, emptyState } from "#ui/controls.ts";
import { icon } from "#ui/icon.ts";
import { deckComposer } from "../compose/show-composer.ts";
import { outcomeNotice } from "../drafts/outcome-notice.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { askerOf, deckPath, readerOf, seatOf, type Seat } from "../seat.ts";
import { columnHtml, itemsHtml } from "./column-html.ts";
import { findOpenDeck } from "./find-open-deck.ts";
import { readColumns } from "./read-column.ts";
import { removedNotice } from "./removed-notice.ts";
import { columnWords } from "./words.ts";

/** GET /deck: the whole deck, complete without scripts. `column` and `before` turn one column's pages. */
export function showDeck(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const deck = await findOpenDeck(services, seat);
    if (!deck) return c.notFound();
    const authority = seat.site.authority.id;
    const asker = askerOf(seat);
    const turned = c.req.query("column");
    const before = parseId<"post">(c.req.query("before"));
    const now = services.clock();
    // One snapshot: whatever is numbered after its head is told by the live line, so nothing falls between.
    const { position, columns, decks, composer, toast } = await services.db.read(authority, async (tx) => {
      const own = await columnsOf(tx, authority, deck.id, asker);
      const asked = own.map((column) => ({
        column,
        page: column.id === turned && before !== undefined ? { before } : {},
      }));
      const [position, columns, decks, composer, removed, sent] = await Promise.all([
        seenUpTo(tx, own),
        readColumns(tx, seat, asked, now),
        listDecks(tx, authority, asker),
        deckComposer(tx, seat, now),
        removedNotice(tx, c, seat),
        outcomeNotice(tx, c, seat, now),
      ]);
      return { position, columns, decks, composer, toast: html`${removed}${sent}` };
    });
    const reader = readerOf(seat, now);
    const changes = mayChange(deck, asker);
    const page = await deckPage(services, seat, {
      current: "deck",
      composer,
      columns: html`${columns.map((view) => columnHtml(seat, view, reader, changes))}${
        columns.length === 0 ? noColumns(seat, deck, changes) : changes ? addLink(seat, deck) : null
      }`,
      toast,
      tabs: columns.map(({ column, title }) => ({ id: column.id, kind: column.kind, title })),
      decks,
      deck,
      position,
    });
    return c.html(page.text);
  };
}

/** GET /deck/columns/:id: what stands in one column, to go on with older posts or to catch up. */
export function showColumn(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"deck-column">(c.req.param("id"));
    const page = {
      before: parseId<"post">(c.req.query("before")),
      after: parseId<"post">(c.req.query("after")),
    };
    const now = services.clock();
    const view = await services.db.read(seat.site.authority.id, async (tx) => {
      const found = id && (await findColumn(tx, seat.site.authority.id, id, askerOf(seat)));
      if (!found || found.removed) return undefined;
      return (await readColumns(tx, seat, [{ column: found.column, page }], now))[0];
    });
    return view ? c.html(itemsHtml(seat, view, readerOf(seat, now)).text) : c.notFound();
  };
}

/** The number of the journal that a page shows everything up to: the index of words may be a moment behind the head. */
async function seenUpTo(tx: Transaction, columns: readonly OwnColumn[]): Promise<string> {
  const head = await journalHead(tx);
  if (!columns.some(asksForWords)) return head;
  const indexed = await readPositionOf(tx, wordsSubscription);
  return BigInt(indexed) < BigInt(head) ? indexed : head;
}

/** After the last column. */
function addLink(seat: Seat, deck: Deck): Html {
  const href = deckPath({ ...seat, deck: deck.id }, "/deck/columns/new");
  return html`<a class="column-add" href="${href}" data-global-key="c">${icon("plus")}<span>${columnWords[seat.language].add}</span></a>`;
}

function noColumns(seat: Seat, deck: Deck, mayAdd: boolean): Html {
  const words = columnWords[seat.language];
  const { title, body } = words.noColumns;
  const href = deckPath({ ...seat, deck: deck.id }, "/deck/columns/new");
  const add = mayAdd
    ? { action: button({ label: words.add, icon: "plus", href, data: { "global-key": "c" } }) }
    : {};
  return html`<div class="column">${emptyState({ title, body: mayAdd ? body : null, icon: "columns", ...add })}</div>`;
}
