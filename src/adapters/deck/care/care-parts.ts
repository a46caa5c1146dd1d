import { html, type Html } from "#platform/html.ts";
import { button } from "#ui/controls.ts";
import { deckPath, type Seat } from "../seat.ts";
import { careListWords } from "./list-words.ts";

/** What the scripts of care need on every page of the deck: a dialog, and the bar for those that are selected. */
export function careParts(seat: Seat): Html {
  const listWords = careListWords[seat.language];
  const bulk = deckPath(seat, "/deck/care/bulk");
  const data = JSON.stringify(listWords.client);
  const undo = deckPath(seat, "/deck/care/undo");
  return html`<div data-controller="care" data-care-words-value="${data}" data-care-undo-value="${undo}">
    <dialog class="dialog care-dialog" aria-labelledby="care-dialog-title" data-care-target="dialog"></dialog>
    <section class="select-bar" aria-label="${listWords.list.chosen}" data-controller="select" data-select-words-value="${data}" data-select-bulk-value="${bulk}" hidden>
      <p class="select-count" role="status" data-select-target="count"></p>
      <div class="row">
        ${tool("assign", listWords.bulk.assign)}${tool("status", listWords.bulk.status)}${tool("tags", listWords.bulk.tag)}
        <form method="post" action="${bulk}" data-care-form data-care-bulk>
          <input type="hidden" name="act" value="close" />${button({ label: listWords.bulk.close, look: "plain" })}
        </form>
        ${button({ label: listWords.bulk.none, look: "text", type: "button", data: { action: "select#none" } })}
      </div>
    </section>
  </div>`;
}

function tool(step: string, label: string): Html {
  return button({
    label,
    look: "plain",
    type: "button",
    data: { action: "select#ask", "select-step": step },
  });
}
