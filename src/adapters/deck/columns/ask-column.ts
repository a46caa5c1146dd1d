import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { ColumnChanged } from "#domain/decks/change-columns.ts";
import type { Asker, ColumnId } from "#domain/decks/deck.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { notGranted } from "../guard.ts";
import { hubOf } from "../live/hub.ts";
import { askerOf, deckPath, seatOf, type Seat } from "../seat.ts";
import { columnPageWords } from "./page-words.ts";

type Change = (
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
  form: FormData,
) => Promise<ColumnChanged | { outcome: "bad" }>;

/** POST /deck/columns/:id/…: one change of a column. A script gets 204, a form goes back to the deck. */
export function changeColumnWith(
  services: Services,
  change: Change,
  options: { query?: (id: ColumnId) => Record<string, string>; shownAnew?: boolean } = {},
) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"deck-column">(c.req.param("id"));
    if (!id) return c.notFound();
    const form = await c.req.formData();
    const authority = seat.site.authority.id;
    const changed = await services.db.as(authority, (tx) => change(tx, authority, id, askerOf(seat), form));
    if (changed.outcome !== "changed") return refuse(c, seat, changed.outcome);
    if (options.shownAnew) await hubOf(services).deckChanged(authority, changed.column.deck);
    if (c.req.header("x-deck-part") !== undefined) return c.body(null, 204);
    const query = options.query?.(id) ?? {};
    return c.redirect(`${deckPath(seat, "/deck", query)}${options.query ? "" : `#column-${id}`}`, 303);
  };
}

/** Why nothing was changed. */
export function refuse(
  c: Context<Env>,
  seat: Pick<Seat, "language">,
  outcome: "not-found" | "not-yours" | "bad",
): Response | Promise<Response> {
  const words = columnPageWords[seat.language].refused;
  if (outcome === "not-found") return c.notFound();
  return outcome === "not-yours" ? c.text(`${words.notYours}\n`, 403) : c.text(`${words.bad}\n`, 400);
}
