import { isOverdue, type Care } from "#domain/care/care.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { formatInstant } from "#platform/i18n.ts";
import { action } from "#ui/controls.ts";
import { icon } from "#ui/icon.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

/** How soon a target counts as near. */
const near = { hours: 2 };

/** The care of a thread in a few words, under each post of the inbox. Equal for all who see the post. */
export function careLine(thread: string, care: Care | undefined, reader: Reader): Html {
  return html`${care ? careLabels(care, reader) : null}<span class="care presence" data-presence="${thread}" hidden></span>`;
}

export function careLabels(care: Care, reader: Reader, options: { withoutNotes?: boolean } = {}): Html {
  const words = careWords[reader.language];
  const labels: Renderable[] = [];
  if (care.assigneeName) labels.push(label(words.assignedTo(care.assigneeName)));
  if (care.status !== "assigned" || !care.assigneeName)
    labels.unshift(label(words.status[care.status], care.status === "new" ? " fresh" : ""));
  const due = dueLabel(care, reader);
  if (due) labels.unshift(due);
  for (const tag of care.tags) labels.push(html`<span class="care tag">${icon("tag")}${tag}</span>`);
  if (care.notes > 0 && !options.withoutNotes) labels.push(label(words.noteCount(care.notes)));
  return html`${labels}`;
}

/** "svara före 09.30", or since when it is late; amber when little time is left. */
export function dueLabel(care: Care, reader: Reader): Html | undefined {
  if (!care.dueAt || !care.askedAt) return undefined;
  const words = careWords[reader.language];
  const now = reader.now ?? care.askedAt;
  const when = dueTime(care.dueAt, reader);
  if (isOverdue(care, now))
    return html`<span class="care late overdue">${icon("warn")}${words.overdueSince(when)}</span>`;
  const isNear = Temporal.Instant.compare(care.dueAt, now.add(near)) <= 0;
  return html`<span class="care${isNear ? " late" : ""}">${icon("clock")}${words.due(when)}</span>`;
}

/** The clock alone says "today". */
function dueTime(instant: Temporal.Instant, reader: Reader): string {
  const isToday = instant.toZonedDateTimeISO(reader.zone).toPlainDate().equals(reader.today);
  return formatInstant(instant, { ...reader, style: isToday ? "time" : "relative-day" });
}

/** What one can do with a thread from the inbox: a form and links that work as they are, each with its key. */
export function careActions(
  seat: Seat,
  { thread, post, about }: { thread: string; post: string; about: string },
  care: Care | undefined,
): Html {
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const path = deckPath(seat, `/deck/care/${thread}`);
  const step = (name: string, label: string, key: string) =>
    html`<li><a href="${path}#${name}" data-care-step="${name}" data-care-path="${path}" data-deck-key="${key}">${label} <kbd aria-hidden="true">${key}</kbd></a></li>`;
  return html`<form class="care-form" method="post" action="${deckPath(seat, `/deck/care/${thread}/assign`)}" data-care-form>
      <input type="hidden" name="to" value="me" /><input type="hidden" name="version" value="${care?.version ?? ""}" />${action(
        { icon: "take", label: words.toMe, iconOnly: true, data: { "deck-key": "a" } },
      )}
    </form>
    <details class="care-menu" data-care-menu>
      <summary class="action icon-only" title="${words.more}">${icon("more")}<span class="action-label">${words.more}</span></summary>
      <ul>
        ${step("assign", words.assign, "A")}${step("status", words.changeStatus, "s")}${step("note", words.note, "m")}${step("tags", words.tag, "t")}${
          seat.moderator
            ? html`<li>
                <a href="${deckPath(seat, `/deck/posts/${post}/hide`)}" data-deck-step="hide" data-deck-key="H"
                  >${deckWords[seat.language].actions.hide} <kbd aria-hidden="true">H</kbd></a
                >
              </li>`
            : null
        }
      </ul>
    </details>
    <label class="care-select" data-care-select>
      <input type="checkbox" name="chosen" value="${thread}" data-deck-key="x" data-version="${care?.version ?? ""}" aria-label="${listWords.list.choose(about)}" />
    </label>`;
}

function label(text: string, look = ""): Html {
  return html`<span class="care${look}">${text}</span>`;
}
