import { attributes, type Html, html, type Renderable } from "#platform/html.ts";
import { icon } from "./icon.ts";
import { type Reader, uiWords } from "./words.ts";

type Shared = {
  name: string;
  label: string;
  hint?: Renderable;
  error?: string;
  required?: boolean;
  /** Defaults to `name`; give one when a name occurs twice on a page. */
  id?: string;
  data?: Readonly<Record<string, string>>;
};

export type FieldView = Shared & {
  value?: string;
  type?:
    | "text"
    | "email"
    | "url"
    | "search"
    | "color"
    | "file"
    | "number"
    | "password"
    | "date"
    | "datetime-local";
  autocomplete?: string;
  inputMode?: "text" | "numeric" | "email" | "url" | "search";
  maxLength?: number;
  /** For `type: "file"`. */
  accept?: string;
  /** How wide the answer is expected to be; a hint by shape. */
  width?: "short" | "full";
};

/** A labelled input: label, hint and error above it, all tied to it. */
export function field(view: FieldView, reader: Pick<Reader, "language">): Html {
  const { type = "text", value, autocomplete, inputMode, accept } = view;
  const control = html`<input${attributes({
    ...controlAttributes(view),
    class: view.width === "short" ? "input short" : "input",
    type,
    value: type === "file" ? undefined : value,
    autocomplete,
    inputmode: inputMode,
    maxlength: view.maxLength,
    accept,
  })}>`;
  return fieldWith(view, control, reader);
}

export function textarea(
  view: Shared & { value?: string; rows?: number; maxLength?: number; language?: string },
  reader: Pick<Reader, "language">,
): Html {
  const { rows = 6, maxLength, language } = view;
  const own = { ...controlAttributes(view), class: "input", rows, maxlength: maxLength, lang: language };
  // The line break after the tag is dropped by the browser, so a value beginning with one keeps it.
  return fieldWith(
    view,
    html`<textarea${attributes(own)}>
${view.value}</textarea>`,
    reader,
  );
}

export type Choice = { value: string; label: string; hint?: string; disabled?: boolean };

/**
 * A choice is always made, so it never says that it may be left out. `required` refuses an empty value: for a first
 * choice that only asks to choose, not for one that is an answer.
 */
export function select(
  view: Shared & { value?: string; choices: readonly Choice[] },
  reader: Pick<Reader, "language">,
): Html {
  const options = view.choices.map(
    ({ value, label, disabled }) =>
      html`<option${attributes({ value, selected: value === view.value, disabled })}>${label}</option>`,
  );
  return fieldWith(
    view,
    html`<select${attributes({ ...controlAttributes(view), class: "input" })}>${options}</select>`,
    reader,
    { optional: false },
  );
}

export function checkbox(
  view: Shared & { value?: string; checked?: boolean },
  reader: Pick<Reader, "language">,
): Html {
  const { value = "1", checked } = view;
  const control = html`<input${attributes({ ...controlAttributes(view), type: "checkbox", value, checked })}>`;
  return html`<div class="field choice-field${view.error ? " wrong" : ""}">
    <div class="choice">${control}<label for="${idOf(view)}">${view.label}</label></div>
    ${notes(view, reader)}
  </div>`;
}

export function radioGroup(
  view: Shared & { value?: string; choices: readonly Choice[] },
  reader: Pick<Reader, "language">,
): Html {
  const id = idOf(view);
  const choices = view.choices.map(({ value, label, hint, disabled }, index) => {
    const own = `${id}-${index + 1}`;
    const hintId = hint ? `${own}-hint` : undefined;
    return html`<div class="choice"><input${attributes({
      // The first one carries the group's id, so that the error summary can lead there.
      id: index === 0 ? id : own,
      type: "radio",
      name: view.name,
      value,
      checked: value === view.value,
      required: view.required,
      disabled,
      "aria-describedby": hintId,
    })}><label for="${index === 0 ? id : own}">${label}</label>${hint ? html`<span class="hint" ${attributes({ id: hintId })}>${hint}</span>` : null}</div>`;
  });
  return html`<fieldset
    class="field${view.error ? " wrong" : ""}"
    ${attributes({ "aria-describedby": describedBy(view) })}
  >
    <legend class="label">${view.label}${optional(view, reader)}</legend>
    ${notes(view, reader)}
    <div class="choices">${choices}</div>
  </fieldset>`;
}

/** Stands first in the form after a failed try; every line leads to its field. Give the page's title the prefix too. */
export function errorSummary(
  errors: readonly { id: string; message: string }[],
  reader: Pick<Reader, "language">,
): Html | null {
  if (errors.length === 0) return null;
  const items = errors.map((error) => html`<li><a href="#${error.id}">${error.message}</a></li>`);
  return html`<div class="notice error" role="alert" tabindex="-1" autofocus>
    ${icon("error")}
    <div>
      <strong>${uiWords[reader.language].errorSummary(errors.length)}</strong>
      <ul>
        ${items}
      </ul>
    </div>
  </div>`;
}

function fieldWith(
  view: Shared,
  control: Html,
  reader: Pick<Reader, "language">,
  says: { optional: boolean } = { optional: true },
): Html {
  return html`<div class="field${view.error ? " wrong" : ""}">
    <label class="label" for="${idOf(view)}">${view.label}${says.optional ? optional(view, reader) : null}</label
    >${notes(view, reader)}${control}
  </div>`;
}

/** Most fields are needed, so the few that are not say so. */
function optional(view: Shared, reader: Pick<Reader, "language">): Html | null {
  return view.required ? null : html` <span class="optional">(${uiWords[reader.language].optional})</span>`;
}

function notes(view: Shared, reader: Pick<Reader, "language">): Html {
  const id = idOf(view);
  return html`${view.hint ? html`<div class="hint" id="${id}-hint">${view.hint}</div>` : null}${
    view.error
      ? html`<p class="field-error" id="${id}-error">
          ${icon("error")}<span
            ><span class="visually-hidden">${uiWords[reader.language].errorPrefix} </span>${view.error}</span
          >
        </p>`
      : null
  }`;
}

function controlAttributes(view: Shared): Record<string, string | boolean | undefined> {
  const data = Object.entries(view.data ?? {}).map(([name, value]) => [`data-${name}`, value] as const);
  return {
    id: idOf(view),
    name: view.name,
    required: view.required,
    "aria-invalid": view.error ? "true" : undefined,
    "aria-describedby": describedBy(view),
    ...Object.fromEntries(data),
  };
}

function describedBy(view: Shared): string | undefined {
  const ids = [view.hint ? `${idOf(view)}-hint` : "", view.error ? `${idOf(view)}-error` : ""].filter(
    Boolean,
  );
  return ids.length > 0 ? ids.join(" ") : undefined;
}

function idOf(view: Shared): string {
  return view.id ?? view.name;
}
