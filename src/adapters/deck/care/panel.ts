import type { CareChange } from "#domain/care/care-history.ts";
import type { Note } from "#domain/care/notes.ts";
import { html, type Html } from "#platform/html.ts";
import { action, time } from "#ui/controls.ts";
import { icon } from "#ui/icon.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import { careLabels } from "./care-line.ts";
import { careForm, careSteps, type CareStep, type Tried } from "./forms.ts";
import { describeChange } from "./history.ts";
import type { CareView } from "./read-care.ts";
import { careWords } from "./words.ts";

/** Who looks after a thread, what colleagues have said about it, and what has been done; each with its form. */
export function carePanel(
  seat: Seat,
  view: CareView,
  reader: Reader,
  open: { step?: CareStep | undefined; tried?: Tried; parts?: Html | undefined } = {},
): Html {
  const words = careWords[seat.language];
  const { care, notes, history, names } = view;
  return html`<section class="care-panel" aria-label="${words.label}" data-care-panel="${care.thread}" data-care-path="${deckPath(seat, `/deck/care/${care.thread}`)}">
    <div class="care-summary">
      ${careLabels(care, reader, { withoutNotes: true })}
      <span class="care presence" data-presence="${care.thread}" hidden></span>
    </div>
    <div class="care-doors">
      ${takeForm(seat, view)}${careSteps
        .filter((step) => step !== "note")
        .map((step) => door(seat, step, view, open))}
    </div>
    <div class="care-rules">${open.parts}</div>
    <div class="care-notes">
      <h2>${words.panel.notes}</h2>
      ${
        notes.length > 0
          ? html`<ol>${notes.map((note) => noteHtml(seat, care.thread, note, reader))}</ol>`
          : html`<p class="quiet small">${words.panel.noNotes}</p>`
      }${door(seat, "note", view, open)}
    </div>
    <details class="care-history">
      <summary>${icon("history")}${words.panel.history}</summary>
      <ol>
        ${history.map((change) => historyItem(seat, change, names, reader))}
      </ol>
    </details>
  </section>`;
}

const doorKeys: Record<CareStep, string> = { assign: "A", status: "s", note: "m", tags: "t" };

const doorIcons = { assign: "account", status: "check", note: "write", tags: "tag" } as const;

/** A form behind its name: opened in place without script, too. */
function door(
  seat: Seat,
  step: CareStep,
  view: CareView,
  open: { step?: CareStep | undefined; tried?: Tried },
): Html {
  const words = careWords[seat.language];
  const names = { assign: words.assign, status: words.changeStatus, note: words.note, tags: words.tag };
  const isOpen = open.step === step;
  return html`<details class="care-door"${isOpen ? html` open` : null}>
    <summary class="action" data-global-key="${doorKeys[step]}">${icon(doorIcons[step])}<span class="action-label">${names[step]}</span></summary>
    ${careForm(seat, step, view, isOpen ? open.tried : undefined)}
  </details>`;
}

function takeForm(seat: Seat, { care }: CareView): Html | null {
  if (care.assigneePerson === seat.person) return null;
  return html`<form method="post" action="${deckPath(seat, `/deck/care/${care.thread}/assign`)}" data-care-form>
    <input type="hidden" name="to" value="me" /><input type="hidden" name="version" value="${care.version}" />
    ${action({ label: careWords[seat.language].toMe, icon: "take", data: { "global-key": "a" } })}
  </form>`;
}

function noteHtml(seat: Seat, thread: string, note: Note, reader: Reader): Html {
  const words = careWords[seat.language];
  return html`<li class="care-note" id="note-${note.id}">
    <p class="care-note-by"><strong>${note.personName}</strong> ${time(note.at, reader)}</p>
    <p class="care-note-text">${withNames(note.text)}</p>
    ${
      note.person === seat.person
        ? html`<form method="post" action="${deckPath(seat, "/deck/care/undo")}" data-care-form>
            <input type="hidden" name="note" value="${thread}.${note.id}" />${action({ label: words.panel.withdraw, icon: "delete" })}
          </form>`
        : null
    }
  </li>`;
}

/** Whoever is named stands out. */
function withNames(text: string): Html {
  return html`${text
    .split(/(@[\p{L}\p{N}-]+)/u)
    .map((part, index) => (index % 2 === 1 ? html`<span class="care-named">${part}</span>` : part))}`;
}

function historyItem(seat: Seat, change: CareChange, names: Map<string, string>, reader: Reader): Html {
  return html`<li>${time(change.at, reader)} ${describeChange(seat.language, change, names)}</li>`;
}
