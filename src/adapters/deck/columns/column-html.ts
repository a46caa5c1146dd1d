import type { OwnColumn } from "#domain/decks/deck.ts";
import { isFiltered } from "#domain/decks/filters.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import { attributes, html, type Html } from "#platform/html.ts";
import { button, emptyState } from "#ui/controls.ts";
import { icon } from "#ui/icon.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { columnMenu } from "./column-menu.ts";
import { columnIcons } from "./column-title.ts";
import { itemHtml } from "./item-html.ts";
import type { Loaded } from "./load-items.ts";
import { accountCount, columnWords } from "./words.ts";

export type ColumnView = {
  column: OwnColumn;
  title: string;
  items: TimelineItem[];
  more: boolean;
  /** From where to go on, when that is not the last post. */
  next?: string;
  loaded: Loaded;
  /** A later page, asked for without script. */
  older: boolean;
  /** Instead of the words in its head. */
  note?: Html | undefined;
  /** What a column that holds no posts shows. */
  content?: Html | undefined;
};

/** A column with its head, the count of what waits, and its posts. */
export function columnHtml(seat: Seat, view: ColumnView, reader: Reader, mayChange: boolean): Html {
  const words = columnWords[seat.language];
  const { column, title } = view;
  const { id, kind } = column;
  const chooses = kind === "account" && !column.subject.account && seat.accounts.length > 1;
  const data = {
    class: "column",
    id: `column-${id}`,
    "aria-labelledby": `column-${id}-title`,
    "data-deck-target": "column",
    "data-column": id,
    "data-kind": kind,
    "data-width": column.width,
    "data-source": deckPath(seat, `/deck/columns/${id}`),
    "data-place": column.position ?? "",
    "data-notify": column.notify ? "1" : "0",
  };
  return html`<section${attributes(data)}>
    <header>
      ${
        mayChange
          ? html`<button class="column-handle" type="button" data-handle title="${words.handle(title)}" aria-label="${words.handle(title)}" hidden>${icon("grip")}</button>`
          : null
      }${icon(columnIcons[kind])}
      <h2 id="column-${id}-title" title="${title}"${chooses ? html` class="visually-hidden"` : null}>${title}</h2>
      ${chooses ? accountChoice(seat, id) : (view.note ?? html`<span class="column-note">${note(seat, column)}</span>`)}${columnMenu(seat, column, title, mayChange)}
    </header>
    <p class="column-state" data-state hidden></p>
    ${view.older ? html`<p class="column-state"><a href="${deckPath(seat, "/deck")}#column-${id}">${deckWords[seat.language].newest}</a></p>` : null}
    <button class="waiting" type="button" data-waiting data-action="deck#showWaiting" hidden></button>
    <div class="column-posts" tabindex="0" role="region" aria-label="${words.postsIn(title)}" data-posts>
      ${itemsHtml(seat, view, reader)}
    </div>
  </section>`;
}

/** The posts of a column and the way on to older ones: what a fragment holds. */
export function itemsHtml(seat: Seat, view: ColumnView, reader: Reader): Html {
  if (view.content) return view.content;
  const words = deckWords[seat.language];
  const { column, items, more, loaded } = view;
  const before = view.next ?? items.at(-1)?.position;
  if (items.length === 0 && !more && !view.older) return emptyColumn(seat, column);
  const path = deckPath(seat, "/deck", { column: column.id, before });
  return html`${items.map((item) => itemHtml(seat, column, item, loaded, reader))}${
    more && before
      ? html`<p class="column-more">
          ${view.next ? html`<span class="quiet small">${columnWords[seat.language].soFar}</span>` : null}
          <a class="button plain" href="${path}#column-${column.id}" data-action="deck#older" data-before="${before}"
            >${words.older}</a
          >
        </p>`
      : html`<p class="column-more quiet small">${words.noOlder}</p>`
  }`;
}

function emptyColumn(seat: Seat, { kind, filters }: Pick<OwnColumn, "kind" | "filters">): Html {
  const words = columnWords[seat.language];
  const { title, body } = isFiltered(filters) ? words.filteredEmpty : words.empty[kind];
  const follows = kind === "home" && seat.acting && !isFiltered(filters);
  const action = follows
    ? button({
        label: words.findToFollow,
        icon: "follow",
        look: "plain",
        href: deckPath(seat, "/deck/follow"),
      })
    : undefined;
  return emptyState({ title, body, icon: columnIcons[kind], ...(action ? { action } : {}) });
}

function note(seat: Seat, { kind, filters }: OwnColumn): string {
  if (isFiltered(filters)) return columnWords[seat.language].filtered;
  const ofAll = kind === "inbox" || kind === "home";
  return ofAll && seat.accounts.length > 1 ? accountCount(seat.accounts.length, seat.language) : "";
}

/** Who acts: changes the column, what is written as, and who boosts and favours. */
function accountChoice(seat: Seat, column: string): Html {
  const words = deckWords[seat.language];
  const id = `account-choice-${column}`;
  return html`<form class="account-choice" method="get" action="${deckPath({ ...seat, acting: undefined, deck: undefined }, "/deck")}" data-action="change->deck#chooseAccount">
    ${seat.deck ? html`<input type="hidden" name="deck" value="${seat.deck}" />` : null}
    <label class="visually-hidden" for="${id}">${words.actAs}</label>
    <select class="input" id="${id}" name="account">
      ${seat.accounts.map(
        (account) =>
          html`<option value="${account.id}"${account.id === seat.acting?.id ? html` selected` : null}>${account.name}</option>`,
      )}
    </select>
    <noscript><button class="button plain" type="submit">${words.choose}</button></noscript>
  </form>`;
}
