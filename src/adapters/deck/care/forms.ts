import type { Care } from "#domain/care/care.ts";
import type { Assignables } from "#domain/care/may-care.ts";
import { longestNote } from "#domain/care/notes.ts";
import { chosenStatuses, type ChosenStatus } from "#domain/care/status.ts";
import { attributes, html, type Html, type Renderable } from "#platform/html.ts";
import { button } from "#ui/controls.ts";
import { field, radioGroup, textarea } from "#ui/form.ts";
import { deckPath, type Seat } from "../seat.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

export const careSteps = ["assign", "status", "note", "tags"] as const;
export type CareStep = (typeof careSteps)[number];

/** What was typed, and what stood in its way. */
export type Tried = { to?: string; text?: string; error?: Renderable };

type Asked = { care: Care; assignables: Assignables; knownTags: readonly string[] };

/** One of the forms by which a thread is looked after; `tried` brings back what was typed. */
export function careForm(seat: Seat, step: CareStep, asked: Asked, tried: Tried = {}): Html {
  const { care } = asked;
  const words = careWords[seat.language].forms;
  const submit = { assign: words.assign, status: words.save, note: words.noteSubmit, tags: words.save }[step];
  return html`<form class="care-step" id="${step}" method="post" action="${deckPath(seat, `/deck/care/${care.thread}/${step}`)}" data-care-form data-care-step-form="${step}">
    ${step === "note" ? null : html`<input type="hidden" name="version" value="${care.version}" />`}${tried.error}${fields(seat, step, asked, tried)}
    <div class="row">
      ${button({ label: submit })}<button class="button plain" type="button" data-care-cancel hidden>${words.cancel}</button>
    </div>
  </form>`;
}

function fields(seat: Seat, step: CareStep, { care, assignables, knownTags }: Asked, tried: Tried): Html {
  const words = careWords[seat.language];
  switch (step) {
    case "assign":
      return assigneeField(seat, assignables, tried.to ?? care.assigneePerson ?? care.assigneeAccount ?? "");
    case "status":
      return radioGroup(
        {
          name: "to",
          id: "care-status",
          label: words.forms.status,
          required: true,
          value: tried.to ?? "",
          choices: statusesAfter(care).map((status) => ({
            value: status,
            label: words.to[status],
            hint: words.toHint[status],
          })),
        },
        seat,
      );
    case "note":
      return textarea(
        {
          name: "text",
          id: "care-note",
          label: words.forms.note,
          hint: words.forms.noteHint,
          required: true,
          rows: 3,
          maxLength: longestNote,
          value: tried.text ?? "",
        },
        seat,
      );
    case "tags":
      return html`${field(
        {
          name: "tags",
          id: "care-tags",
          label: words.forms.tags,
          hint: words.forms.tagsHint,
          value: tried.text ?? care.tags.join(", "),
          maxLength: 500,
        },
        seat,
      )}${tagList(knownTags)}`;
  }
}

/** Everybody who can look after it: me first, then colleagues, then accounts. */
export function assigneeField(
  seat: Seat,
  { people, offices }: Assignables,
  chosen: string,
  id = "care-assignee",
): Html {
  const words = careWords[seat.language];
  const option = (one: { id: string; name: string }) =>
    html`<option${attributes({ value: one.id, selected: one.id === chosen })}>${one.name}</option>`;
  const me = people.find((one) => one.id === seat.person);
  const others = people.filter((one) => one.id !== seat.person);
  return html`<div class="field">
    <label class="label" for="${id}">${words.forms.assignee}</label>
    <select class="input" id="${id}" name="to">
      ${me ? html`<option${attributes({ value: me.id, selected: me.id === chosen || chosen === "" })}>${me.name} (${careListWords[seat.language].list.me.toLowerCase()})</option>` : null}
      <option${attributes({ value: "nobody", selected: chosen === "nobody" })}>${words.forms.nobody}</option>
      ${others.length > 0 ? html`<optgroup label="${words.forms.people}">${others.map(option)}</optgroup>` : null}
      ${offices.length > 0 ? html`<optgroup label="${words.forms.offices}">${offices.map(option)}</optgroup>` : null}
    </select>
  </div>`;
}

export function tagList(tags: readonly string[]): Html {
  return html`<datalist id="care-tag-list">${tags.map((tag) => html`<option value="${tag}"></option>`)}</datalist>`;
}

/** What one can make of it, apart from what it is. */
function statusesAfter(care: Pick<Care, "status">): ChosenStatus[] {
  const isOpen = care.status === "new" || care.status === "assigned";
  return chosenStatuses.filter((status) => (status === "open" ? !isOpen : status !== care.status));
}

export function readChosenStatus(text: string): ChosenStatus | undefined {
  return chosenStatuses.find((status) => status === text);
}
