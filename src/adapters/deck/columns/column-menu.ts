import { columnWidths, type OwnColumn } from "#domain/decks/deck.ts";
import { attributes, html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import { deckPath, type Seat } from "../seat.ts";
import { columnWords } from "./words.ts";

/** What can be done with a column: links and forms that work as they are; `data-column-key` is the key that presses each. */
export function columnMenu(seat: Seat, column: OwnColumn, title: string, mayChange: boolean): Html {
  const words = columnWords[seat.language];
  const path = (step: string) => deckPath(seat, `/deck/columns/${column.id}/${step}`);
  const settings = html`<a class="button text" href="${path("settings")}" data-column-key=",">${icon("settings")}<span>${words.settings}</span></a>`;
  return html`<details class="column-menu">
    <summary title="${words.menu(title)}" aria-label="${words.menu(title)}">${icon("more")}</summary>
    <div class="column-menu-body">
      ${settings}${
        mayChange
          ? html`<form method="post" action="${path("move")}" data-column-step="move">
                <button class="button text" name="by" value="-1" data-column-key="Shift+ArrowLeft">${words.left}</button>
                <button class="button text" name="by" value="1" data-column-key="Shift+ArrowRight">${words.right}</button>
              </form>
              <form class="column-widths" method="post" action="${path("width")}" data-column-step="width">
                ${columnWidths.map(
                  (width) =>
                    html`<button${attributes({ class: "button text", name: "width", value: width, "aria-pressed": String(width === column.width) })}>${words.widths[width]}</button>`,
                )}
              </form>
              <form method="post" action="${path("remove")}" data-column-step="remove">
                <button class="button text" data-column-key="-">${icon("delete")}<span>${words.remove}</span></button>
              </form>`
          : null
      }
    </div>
  </details>`;
}
