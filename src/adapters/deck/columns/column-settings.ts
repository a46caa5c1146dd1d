import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { changeColumn } from "#domain/decks/change-columns.ts";
import { columnWidths, mayChange, type Deck, type OwnColumn } from "#domain/decks/deck.ts";
import { keepPlace } from "#domain/decks/places.ts";
import { findColumn } from "#domain/decks/read-decks.ts";
import { subjectNames } from "#domain/decks/subject-names.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { checkbox, errorSummary, field, radioGroup } from "#ui/form.ts";
import { uiWords } from "#ui/words.ts";
import { formText } from "../form-text.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { hubOf } from "../live/hub.ts";
import { accountIds, askerOf, deckPath, seatOf, type Seat } from "../seat.ts";
import { refuse } from "./ask-column.ts";
import { columnTitle } from "./column-title.ts";
import { filterFields, filtersIn } from "./filter-fields.ts";
import { columnPageWords } from "./page-words.ts";

type Found = { column: OwnColumn; deck: Deck; title: string };

/** GET /deck/columns/:id/settings */
export function showSettings(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const found = await find(services, c, seat);
    return found ? page(services, c, seat, found, []) : c.notFound();
  };
}

/** POST /deck/columns/:id/settings: name, width and filters, for those who may change the deck; notices, for oneself. */
export function saveSettings(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const found = await find(services, c, seat);
    if (!found) return c.notFound();
    const form = await c.req.formData();
    const authority = seat.site.authority.id;
    const asker = askerOf(seat);
    const { column, deck } = found;
    const changes = mayChange(deck, asker);
    const width = columnWidths.find((one) => one === formText(form, "width"));
    if (changes && !width) {
      const message = columnPageWords[seat.language].errors.width;
      return page(services, c, seat, found, [{ id: "width", message }]);
    }
    const changed = await services.db.as(authority, async (tx) => {
      await keepPlace(tx, authority, column.id, asker, { notify: form.has("notify") });
      if (!changes || !width) return { outcome: "changed" } as const;
      const filters = holdsPosts(column) ? filtersIn(form) : {};
      return changeColumn(tx, authority, column.id, asker, { name: formText(form, "name"), width, filters });
    });
    if (changed.outcome !== "changed") return refuse(c, seat, changed.outcome);
    if (changes) await hubOf(services).deckChanged(authority, deck.id);
    return c.redirect(`${deckPath({ ...seat, deck: deck.id }, "/deck")}#column-${column.id}`, 303);
  };
}

async function find(services: Services, c: Context<Env>, seat: Seat): Promise<Found | undefined> {
  const id = parseId<"deck-column">(c.req.param("id"));
  const authority = seat.site.authority.id;
  return services.db.read(authority, async (tx) => {
    const found = id && (await findColumn(tx, authority, id, askerOf(seat)));
    if (!found || found.removed) return undefined;
    const names = await subjectNames(tx, authority, [found.column], accountIds(seat));
    return { ...found, title: columnTitle(seat, found.column, names) };
  });
}

async function page(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  { column, deck, title: named }: Found,
  errors: readonly FormError[],
): Promise<Response> {
  const words = columnPageWords[seat.language];
  const title = words.settings(named);
  const changes = mayChange(deck, askerOf(seat));
  const there = { ...seat, deck: deck.person === seat.person && !seat.deck ? undefined : deck.id };
  const back = button({
    label: words.back,
    look: "text",
    href: `${deckPath(there, "/deck")}#column-${column.id}`,
  });
  const path = (step: string) => deckPath(there, `/deck/columns/${column.id}/${step}`);
  const shown = await deckPage(services, seat, {
    title: errors.length > 0 ? `${uiWords[seat.language].errorPrefix} ${title}` : title,
    current: "none",
    content: html`${errorSummary(errors, seat)}${pageHead({ title })}${
      changes ? null : notice({ tone: "info", body: words.onlyNotify }, seat)
    }
      <form class="form" method="post" action="${path("settings")}" novalidate>
        ${changes ? shape(seat, column, errors) : null}${checkbox(
          { name: "notify", label: words.notify, hint: words.notifyHint, checked: column.notify },
          seat,
        )}${changes && holdsPosts(column) ? filterFields(column.filters, seat.language) : null}
        <div class="row">${button({ label: words.save })}${back}</div>
      </form>
      ${
        changes
          ? html`<form method="post" action="${path("remove")}">${button({ label: words.remove, look: "danger", icon: "delete" })}</form>`
          : null
      }`,
  });
  return c.html(shown.text, errors.length > 0 ? 422 : 200);
}

function shape(seat: Seat, column: OwnColumn, errors: readonly FormError[]): Html {
  const words = columnPageWords[seat.language];
  const choices = columnWidths.map((value) => ({ value, label: words.widths[value] }));
  return html`${field({ name: "name", label: words.name, hint: words.nameHint, value: column.name, maxLength: 100 }, seat)}${radioGroup(
    {
      name: "width",
      label: words.width,
      value: column.width,
      choices,
      required: true,
      ...errorOf(errors, "width"),
    },
    seat,
  )}`;
}

function holdsPosts({ kind }: OwnColumn): boolean {
  return kind !== "drafts" && kind !== "notifications";
}
