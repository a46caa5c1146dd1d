import { attributes, type Html, html, type Renderable } from "#platform/html.ts";
import { formatLocal, isoInstant, localTime } from "#platform/i18n.ts";
import { icon, type IconName } from "./icon.ts";
import { type Reader, uiWords } from "./words.ts";

/** A button, or a link that looks like one when `href` is given. The words say what happens. */
export type ButtonView = {
  label: string;
  look?: "primary" | "plain" | "danger" | "text";
  icon?: IconName;
  href?: string;
  type?: "submit" | "button";
  name?: string;
  value?: string;
  disabled?: boolean;
  /** The id of the text that says why it is disabled, or more about what happens. */
  describedBy?: string;
  /** `data-…` attributes for controllers. */
  data?: Readonly<Record<string, string>>;
};

export function button(view: ButtonView): Html {
  const { look = "primary" } = view;
  const shared = {
    class: look === "primary" ? "button" : `button ${look}`,
    "aria-describedby": view.describedBy,
    ...dataAttributes(view.data),
  };
  const inside = html`${view.icon && icon(view.icon)}<span>${view.label}</span>`;
  if (view.href !== undefined) return html`<a${attributes({ ...shared, href: view.href })}>${inside}</a>`;
  const { type = "submit", name, value, disabled } = view;
  return html`<button${attributes({ ...shared, type, name, value, disabled })}>${inside}</button>`;
}

/** One of the quiet actions under a post. `iconOnly` keeps the words for screen readers and as a tooltip. */
export type ActionView = Pick<ButtonView, "label" | "href" | "type" | "name" | "value" | "data"> & {
  icon: IconName;
  iconOnly?: boolean;
  /** Whom or what it concerns, for who hears the page and not sees the place. */
  about?: string;
  /** For what is switched on and off: said by `aria-pressed` and shown by a filled icon. */
  pressed?: boolean;
};

export function action(view: ActionView): Html {
  const shared = {
    class: view.iconOnly ? "action icon-only" : "action",
    title: view.iconOnly ? view.label : undefined,
    ...dataAttributes(view.data),
  };
  const inside = html`${icon(view.icon)}<span class="action-label"
      >${view.label}${view.about ? html`<span class="visually-hidden"> ${view.about}</span>` : null}</span
    >`;
  if (view.href !== undefined) return html`<a${attributes({ ...shared, href: view.href })}>${inside}</a>`;
  const pressed = view.pressed === undefined ? undefined : String(view.pressed);
  const { type = "submit", name, value } = view;
  return html`<button${attributes({ ...shared, "aria-pressed": pressed, type, name, value })}>${inside}</button>`;
}

export type NoticeView = {
  tone: "info" | "success" | "warn" | "error";
  title?: string;
  body?: Renderable;
  /** True for what has just happened: it is read out. */
  live?: boolean;
};

/** A notice in place. Icon and leading word tell the tone, so colour is never alone. */
export function notice(view: NoticeView, reader: Pick<Reader, "language">): Html {
  const icons = { info: "info", success: "check", warn: "warn", error: "error" } as const;
  const role = view.live ? (view.tone === "error" ? "alert" : "status") : undefined;
  const title = view.title ?? uiWords[reader.language].tone[view.tone];
  return html`<div class="notice ${view.tone}" ${attributes({ role })}>
    ${icon(icons[view.tone])}
    <div><strong>${title}</strong>${view.body ? html` <div>${view.body}</div>` : null}</div>
  </div>`;
}

/** A small label: a fact about a thing, never something to press. */
export function chip(
  label: string,
  options: { icon?: IconName; look?: "accent" | "dashed" | "late" } = {},
): Html {
  return html`<span class="chip${options.look ? ` ${options.look}` : ""}"
    >${options.icon && icon(options.icon)}${label}</span
  >`;
}

/** What stands where there is nothing yet: what would stand here, and what one can do. */
export function emptyState(view: { title: string; body?: Renderable; action?: Html; icon?: IconName }): Html {
  return html`<div class="empty">
    ${view.icon && icon(view.icon)}
    <p class="empty-title">${view.title}</p>
    ${view.body ? html`<p>${view.body}</p>` : null}${view.action}
  </div>`;
}

export function pagination(
  view: { newer?: string; older?: string },
  reader: Pick<Reader, "language">,
): Html | null {
  if (view.newer === undefined && view.older === undefined) return null;
  const words = uiWords[reader.language];
  return html`<nav class="pagination" aria-label="${words.pages}">
    ${
      view.newer !== undefined
        ? html`<a class="button plain" rel="prev" href="${view.newer}">${words.newer}</a>`
        : null
    }${view.older !== undefined ? html`<a class="button plain" rel="next" href="${view.older}">${words.older}</a>` : null}
  </nav>`;
}

/** A time people read, with the machine's time and the full date as a tooltip. */
export function time(
  instant: Temporal.Instant,
  reader: Reader,
  style: "full" | "short" | "time" | "relative-day" = "relative-day",
  kind?: string,
): Html {
  const { language, today } = reader;
  const local = localTime(instant, reader.zone);
  const full = formatLocal(local, { language, style: "full" });
  const shown = style === "full" ? full : formatLocal(local, { language, today, style });
  return html`<time
    datetime="${isoInstant(instant)}"
    ${attributes({ class: kind, title: shown === full ? undefined : full })}
    >${shown}</time
  >`;
}

/** The head of a page: its name in the largest letters, a sentence, and what one can do. */
export function pageHead(view: { title: Renderable; lead?: Renderable; actions?: Renderable }): Html {
  return html`<header class="page-head">
    <h1>${view.title}</h1>
    ${view.lead ? html`<p class="lede">${view.lead}</p>` : null}${
      view.actions ? html`<div class="row">${view.actions}</div>` : null
    }
  </header>`;
}

/** A part of a page or of the aside, with its heading. */
export function section(view: { title: string; body: Renderable; level?: 2 | 3; id?: string }): Html {
  const heading = view.level === 3 ? html`<h3>${view.title}</h3>` : html`<h2>${view.title}</h2>`;
  return html`<section class="section" ${attributes({ id: view.id })}>${heading}${view.body}</section>`;
}

export function descriptionList(rows: readonly { term: string; description: Renderable }[]): Html {
  return html`<dl class="facts-list">
    ${rows.map(
      (row) =>
        html`<div>
          <dt>${row.term}</dt>
          <dd>${row.description}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table that scrolls sideways by itself on a narrow screen, and can be reached by keyboard to do so. */
export function table(view: {
  caption: string;
  columns: readonly { label: string; numeric?: boolean; nowrap?: boolean }[];
  rows: readonly (readonly Renderable[])[];
}): Html {
  const look = (column?: { numeric?: boolean; nowrap?: boolean }) =>
    column?.numeric ? "numeric" : column?.nowrap ? "nowrap" : undefined;
  const cell = (content: Renderable, index: number) =>
    index === 0
      ? html`<th scope="row">${content}</th>`
      : html`<td${attributes({ class: look(view.columns[index]) })}>${content}</td>`;
  return html`<div class="table" tabindex="0" role="region" aria-label="${view.caption}">
    <table>
      <caption>
        ${view.caption}
      </caption>
      <thead>
        <tr>
          ${view.columns.map(
            (column) => html`<th scope="col" ${attributes({ class: look(column) })}>${column.label}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${view.rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function dataAttributes(data: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value]));
}
