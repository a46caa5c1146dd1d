import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { addColumn } from "#domain/decks/change-columns.ts";
import { columnKinds, mayChange, type ColumnKind } from "#domain/decks/deck.ts";
import { listsOf, type List } from "#domain/relationships/lists.ts";
import { html, type Html } from "#platform/html.ts";
import { button, emptyState, pageHead } from "#ui/controls.ts";
import { errorSummary, field, select } from "#ui/form.ts";
import { icon } from "#ui/icon.ts";
import { uiWords } from "#ui/words.ts";
import { formText } from "../form-text.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { hubOf } from "../live/hub.ts";
import { accountIds, askerOf, deckPath, seatOf, type Seat } from "../seat.ts";
import { refuse } from "./ask-column.ts";
import { chooseSubject } from "./choose-subject.ts";
import { columnIcons } from "./column-title.ts";
import { findOpenDeck } from "./find-open-deck.ts";
import { columnPageWords } from "./page-words.ts";
import { columnWords } from "./words.ts";

/** Kinds that need nothing said about them. */
const plain: readonly ColumnKind[] = ["inbox", "home", "drafts", "notifications"];

/** GET /deck/columns/new: the kinds, or (`kind`) what a column of one is to be about; the query may fill it in. */
export function showAdd(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const deck = await findOpenDeck(services, seat);
    if (!deck) return c.notFound();
    if (!mayChange(deck, askerOf(seat))) return refuse(c, seat, "not-yours");
    return page(services, c, seat, kindOf(c.req.query("kind") ?? ""), [], (name) => c.req.query(name) ?? "");
  };
}

/** POST /deck/columns */
export function addAsked(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const said = (name: string) => formText(form, name);
    const words = columnPageWords[seat.language];
    const kind = kindOf(said("kind"));
    const wrong = (error: FormError) => page(services, c, seat, kind, [error], said);
    if (!kind) return wrong({ id: "kind-inbox", message: words.errors.kind });
    const deck = await findOpenDeck(services, seat);
    if (!deck) return c.notFound();
    if (!mayChange(deck, askerOf(seat))) return refuse(c, seat, "not-yours");
    const chosen = await chooseSubject(services, seat, kind, said);
    if ("error" in chosen) return wrong(chosen.error);
    const authority = seat.site.authority.id;
    const added = await services.db.as(authority, (tx) =>
      addColumn(tx, authority, deck.id, askerOf(seat), { kind, subject: chosen.subject, filters: {} }),
    );
    if (added.outcome === "too-many") return wrong({ id: `kind-${kind}`, message: words.errors.tooMany });
    if (added.outcome !== "added") return refuse(c, seat, added.outcome);
    await hubOf(services).deckChanged(authority, deck.id);
    return c.redirect(`${deckPath(seat, "/deck")}#column-${added.id}`, 303);
  };
}

async function page(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  kind: ColumnKind | undefined,
  errors: readonly FormError[],
  said: (name: string) => string,
): Promise<Response> {
  const words = columnPageWords[seat.language];
  const asks = kind && !plain.includes(kind);
  const authority = seat.site.authority.id;
  const lists =
    kind === "list"
      ? await services.db.read(authority, (tx) => listsOf(tx, authority, accountIds(seat)))
      : [];
  const title = asks ? `${words.add}: ${columnWords[seat.language].kinds[kind]}` : words.add;
  const shown = await deckPage(services, seat, {
    title: errors.length > 0 ? `${uiWords[seat.language].errorPrefix} ${title}` : title,
    current: "none",
    content: html`${errorSummary(errors, seat)}${pageHead({ title, lead: asks ? words.about[kind] : words.addLead })}${
      asks ? subjectForm(seat, kind, lists, errors, said) : kindList(seat)
    }`,
  });
  return c.html(shown.text, errors.length > 0 ? 422 : 200);
}

/** Kinds that need nothing more are added at once; the others go on to their question. */
function kindList(seat: Seat): Html {
  const words = columnPageWords[seat.language];
  const { kinds } = columnWords[seat.language];
  return html`<form method="post" action="${deckPath(seat, "/deck/columns")}">
    <ul class="plain-list column-kinds">
      ${columnKinds.map((kind) => {
        const about = html`<span class="visually-hidden"> ${kinds[kind]}</span>`;
        return html`<li>
          ${icon(columnIcons[kind])}
          <div><strong>${kinds[kind]}</strong><p class="quiet small">${words.about[kind]}</p></div>
          ${
            plain.includes(kind)
              ? html`<button class="button plain" id="kind-${kind}" name="kind" value="${kind}">${words.addThis}${about}</button>`
              : html`<a class="button plain" id="kind-${kind}" href="${deckPath(seat, "/deck/columns/new", { kind })}">${words.choose}${about}</a>`
          }
        </li>`;
      })}
    </ul>
  </form>`;
}

function subjectForm(
  seat: Seat,
  kind: ColumnKind,
  lists: readonly List[],
  errors: readonly FormError[],
  said: (name: string) => string,
): Html {
  const words = columnPageWords[seat.language];
  const other = button({ label: words.otherKind, look: "text", href: deckPath(seat, "/deck/columns/new") });
  if (kind === "list" && lists.length === 0) {
    const make = button({ label: words.toLists, icon: "list", href: deckPath(seat, "/deck/lists") });
    return html`${emptyState({ title: words.noLists, icon: "list", action: make })}
      <p>${other}</p>`;
  }
  return html`<form class="form" method="post" action="${deckPath(seat, "/deck/columns")}" novalidate>
    <input type="hidden" name="kind" value="${kind}" />
    ${subjectField(seat, kind, lists, errors, said)}
    <div class="row">${button({ label: words.addThis, icon: "plus" })}${other}</div>
  </form>`;
}

function subjectField(
  seat: Seat,
  kind: ColumnKind,
  lists: readonly List[],
  errors: readonly FormError[],
  said: (name: string) => string,
): Html | null {
  const words = columnPageWords[seat.language];
  const asked = (name: "tags" | "query" | "person" | "post", hint: string) =>
    field(
      {
        name,
        label: words[name],
        hint,
        required: true,
        value: said(name),
        autocomplete: "off",
        ...errorOf(errors, name),
      },
      seat,
    );
  switch (kind) {
    case "account": {
      const own = seat.accounts.map(({ id, name }) => ({ value: id, label: name }));
      const choices = [{ value: "", label: words.acting }, ...own];
      const view = { name: "about", label: words.account, value: said("about"), choices };
      return select({ ...view, ...errorOf(errors, "about") }, seat);
    }
    case "list": {
      const many = new Set(lists.map((list) => list.account)).size > 1;
      const nameOf = (list: List) => seat.accounts.find((one) => one.id === list.account)?.name ?? "";
      const choices = lists.map((list) => ({
        value: list.id,
        label: many ? `${list.title} (${nameOf(list)})` : list.title,
      }));
      const view = { name: "list", label: words.list, required: true, value: said("list"), choices };
      return select({ ...view, ...errorOf(errors, "list") }, seat);
    }
    case "tag":
      return asked("tags", words.tagsHint);
    case "search":
      return asked("query", words.queryHint);
    case "person":
      return asked("person", words.personHint);
    case "thread":
      return asked("post", words.postHint);
    case "inbox":
    case "home":
    case "drafts":
    case "notifications":
      return null;
  }
}

function kindOf(text: string): ColumnKind | undefined {
  return columnKinds.find((kind) => kind === text);
}
