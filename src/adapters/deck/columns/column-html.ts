import { html, type Html } from "#platform/html.ts";
import { emptyState } from "#ui/controls.ts";
import { icon, type IconName } from "#ui/icon.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { itemHtml } from "./item-html.ts";
import type { Loaded } from "./load-items.ts";
import type { ColumnKind } from "./read-column.ts";

export type ColumnView = {
  kind: ColumnKind;
  items: TimelineItem[];
  more: boolean;
  loaded: Loaded;
  older: boolean;
};

/** A column with its head, the count of what waits, and its posts. */
export function columnHtml(seat: Seat, view: ColumnView, reader: Reader): Html {
  const words = deckWords[seat.language];
  const { kind } = view;
  const many = seat.accounts.length > 1;
  // With several to choose between, the choice beside the title says whose it is.
  const title =
    kind === "account" && !many ? (seat.acting?.name ?? words.columns.account) : words.columns[kind];
  return html`<section class="column" id="column-${kind}" aria-labelledby="column-${kind}-title" data-deck-target="column" data-kind="${kind}">
    <header>
      ${icon(columnIcons[kind])}
      <h2 id="column-${kind}-title">${title}</h2>
      ${kind === "account" && many ? accountChoice(seat) : html`<span class="column-note">${note(seat, kind)}</span>`}
    </header>
    <p class="column-state" data-state hidden></p>
    ${view.older ? html`<p class="column-state"><a href="${deckPath(seat, "/deck")}#column-${kind}">${words.newest}</a></p>` : null}
    <button class="waiting" type="button" data-waiting data-action="deck#showWaiting" hidden></button>
    <div class="column-posts" tabindex="0" role="region" aria-label="${words.postsIn(title)}" data-posts>
      ${itemsHtml(seat, view, reader)}
    </div>
  </section>`;
}

/** The posts of a column and the way on to older ones: what a fragment holds. */
export function itemsHtml(seat: Seat, view: ColumnView, reader: Reader): Html {
  const words = deckWords[seat.language];
  const { kind, items, more, loaded } = view;
  const last = items.at(-1);
  if (!last && !view.older) return emptyColumn(seat, kind);
  const path = deckPath(seat, "/deck", { column: kind, before: last?.position });
  return html`${items.map((item) => itemHtml(seat, kind, item, loaded, reader))}${
    more && last
      ? html`<p class="column-more">
          <a class="button plain" href="${path}#column-${kind}" data-action="deck#older" data-before="${last.position}"
            >${words.older}</a
          >
        </p>`
      : html`<p class="column-more quiet small">${words.noOlder}</p>`
  }`;
}

export const columnIcons: Record<ColumnKind, IconName> = { inbox: "inbox", home: "home", account: "account" };

function emptyColumn(seat: Seat, kind: ColumnKind): Html {
  const { title, body } = deckWords[seat.language].empty[kind];
  return emptyState({ title, body, icon: columnIcons[kind] });
}

function note(seat: Seat, kind: ColumnKind): string {
  if (kind === "account" || seat.accounts.length < 2) return "";
  return deckWords[seat.language].accountCount(seat.accounts.length);
}

/** Who acts: changes the column, what is written as, and who boosts and favours. */
function accountChoice(seat: Seat): Html {
  const words = deckWords[seat.language];
  return html`<form class="account-choice" method="get" action="${deckPath({ ...seat, acting: undefined }, "/deck")}" data-action="change->deck#chooseAccount">
    <label class="visually-hidden" for="account-choice">${words.actAs}</label>
    <select class="input" id="account-choice" name="account">
      ${seat.accounts.map(
        (account) =>
          html`<option value="${account.id}"${account.id === seat.acting?.id ? html` selected` : null}>${account.name}</option>`,
      )}
    </select>
    <noscript><button class="button plain" type="submit">${words.choose}</button></noscript>
  </form>`;
}
