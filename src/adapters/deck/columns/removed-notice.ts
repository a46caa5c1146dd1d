import type { Context } from "hono";
import type { Env } from "#context.ts";
import { findColumn } from "#domain/decks/read-decks.ts";
import { subjectNames } from "#domain/decks/subject-names.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button } from "#ui/controls.ts";
import { accountIds, askerOf, deckPath, type Seat } from "../seat.ts";
import { columnTitle } from "./column-title.ts";
import { columnWords } from "./words.ts";

/** After a column was taken away without script: what it was, and the way back. */
export async function removedNotice(tx: Transaction, c: Context<Env>, seat: Seat): Promise<Html | undefined> {
  const id = parseId<"deck-column">(c.req.query("removed"));
  const authority = seat.site.authority.id;
  const found = id && (await findColumn(tx, authority, id, askerOf(seat)));
  if (!found?.removed) return undefined;
  const words = columnWords[seat.language];
  const names = await subjectNames(tx, authority, [found.column], accountIds(seat));
  const title = columnTitle(seat, found.column, names);
  return html`<div class="toast">
    <span>${words.removed(title)}</span>
    <form method="post" action="${deckPath(seat, `/deck/columns/${found.column.id}/restore`)}">
      ${button({ label: words.undo, look: "text", data: { "global-key": "z" } })}
    </form>
  </div>`;
}
