import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { changeColumn, moveColumn, removeColumn, restoreColumn } from "#domain/decks/change-columns.ts";
import { columnWidths } from "#domain/decks/deck.ts";
import { keepPlace } from "#domain/decks/places.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import { notGranted } from "../guard.ts";
import { askerOf, seatOf } from "../seat.ts";
import { addAsked, showAdd } from "./add-column.ts";
import { changeColumnWith, refuse } from "./ask-column.ts";
import { saveSettings, showSettings } from "./column-settings.ts";
import { showColumn } from "./show-deck.ts";

/** Columns: what stands in them, how they are added, set, moved and taken away. Settings, and so not in the journal. */
export function columnRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const column = "/deck/columns/:id{[1-9][0-9]{17,18}}";
  app.get("/deck/columns/new", showAdd(services));
  app.post("/deck/columns", addAsked(services));
  app.get(column, showColumn(services));
  app.get(`${column}/settings`, showSettings(services));
  app.post(`${column}/settings`, saveSettings(services));
  app.post(
    `${column}/move`,
    changeColumnWith(services, async (tx, authority, id, asker, form) => {
      const by = Number(formText(form, "by"));
      const before = formText(form, "before");
      if (form.has("by") && !Number.isSafeInteger(by)) return { outcome: "bad" };
      const to = form.has("by") ? { by } : { before: parseId<"deck-column">(before) ?? null };
      return moveColumn(tx, authority, id, asker, to);
    }),
  );
  app.post(
    `${column}/width`,
    changeColumnWith(services, async (tx, authority, id, asker, form) => {
      const width = columnWidths.find((one) => one === formText(form, "width"));
      return width ? changeColumn(tx, authority, id, asker, { width }) : { outcome: "bad" };
    }),
  );
  app.post(
    `${column}/remove`,
    changeColumnWith(
      services,
      (tx, authority, id, asker) => removeColumn(tx, authority, id, asker, services.clock()),
      { query: (id) => ({ removed: id }), shownAnew: true },
    ),
  );
  app.post(`${column}/restore`, changeColumnWith(services, restoreColumn, { shownAnew: true }));
  app.post(`${column}/place`, async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"deck-column">(c.req.param("id"));
    const position = parseId<"post">(formText(await c.req.formData(), "position")) ?? null;
    const authority = seat.site.authority.id;
    const kept =
      id &&
      (await services.db.as(authority, (tx) => keepPlace(tx, authority, id, askerOf(seat), { position })));
    return kept?.outcome === "kept" ? c.body(null, 204) : refuse(c, seat, "not-found");
  });
  return app;
}
