import { html, type Html } from "#platform/html.ts";
import { deckPath, type Seat } from "../seat.ts";
import { presenceWords } from "./words.ts";

/** Says and hears who is in which thread; reads out who writes where one reads or writes oneself. */
export function presenceRegion(seat: Seat): Html {
  return html`<p
    class="visually-hidden"
    id="presence"
    role="status"
    data-controller="presence"
    data-presence-path-value="${deckPath(seat, "/deck/presence")}"
    data-presence-words-value="${JSON.stringify(presenceWords[seat.language])}"
  ></p>`;
}
