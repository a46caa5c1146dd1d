import { html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import { deckPath, type Seat } from "../seat.ts";
import { pagesFor } from "./pages.ts";
import { paletteWords } from "./words.ts";

/** The way to the search: a page, which the client opens as a dialog instead. */
export function paletteLink(seat: Seat, current: boolean): Html {
  const words = paletteWords[seat.language];
  return html`<a href="${deckPath(seat, "/deck/find")}"${current ? html` aria-current="page"` : null} data-global-key="/" data-palette-open
    >${icon("search")}<span>${words.title}</span></a
  >`;
}

/** A combobox with a list of what it finds (WAI-ARIA Authoring Practices, combobox with listbox popup). */
export function paletteDialog(seat: Seat): Html {
  const words = paletteWords[seat.language];
  const { results, found, foundOne, none, searching, failed, tooMany, write, group } = words;
  const said = JSON.stringify({
    results,
    found,
    foundOne,
    none,
    searching,
    failed,
    tooMany,
    write,
    ...group,
  });
  return html`<dialog
    class="dialog palette"
    id="palette"
    aria-label="${words.dialog}"
    data-controller="palette"
    data-palette-url-value="${deckPath(seat, "/deck/find")}"
    data-palette-person-value="${seat.person}"
    data-palette-words-value="${said}"
    data-palette-pages-value="${JSON.stringify(pagesFor(seat))}"
    data-action="close->palette#closed keydown->palette#key click->palette#click"
  >
    <div class="palette-head">
      ${icon("search")}<input
        class="input"
        type="text"
        role="combobox"
        aria-label="${words.field}"
        aria-describedby="palette-hint"
        aria-autocomplete="list"
        aria-expanded="false"
        aria-controls="palette-list"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        maxlength="200"
        placeholder="${words.placeholder}"
        data-palette-target="field"
        data-action="input->palette#type"
      />
      <form method="dialog">
        <button class="action icon-only" title="${words.close}">${icon("close", words.close)}</button>
      </form>
    </div>
    <div class="palette-list" id="palette-list" role="listbox" aria-label="${words.results}" data-palette-target="list" hidden></div>
    <p class="palette-foot">
      <span role="status" data-palette-target="status"></span> <span class="quiet" id="palette-hint">${words.hint}</span>
    </p>
  </dialog>`;
}
