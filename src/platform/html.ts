/** A piece of HTML that is safe to send as it is. Made by `html`, or by `raw` where the text is known to be safe. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template. `true` is left out on purpose: it has no sensible rendering. */
export type Renderable = Html | string | number | bigint | false | null | undefined | readonly Renderable[];

/**
 * HTML from a template. Everything put in is escaped, for text and for quoted attributes alike;
 * `Html` and lists of it pass through; null, undefined and false give nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Renderable[]): Html {
  let text = strings[0] ?? "";
  for (let index = 0; index < values.length; index++) {
    text += render(values[index]) + (strings[index + 1] ?? "");
  }
  return new Html(text);
}

/** Text that is HTML already: our own constants, and what a renderer or cleaner of ours has made. */
export function raw(text: string): Html {
  return new Html(text);
}

/** The items with a separator between those that render to something. */
export function join(items: readonly Renderable[], separator: Renderable = ""): Html {
  const between = render(separator);
  let text = "";
  for (const item of items) {
    const piece = render(item);
    if (piece === "") continue;
    text += text === "" ? piece : between + piece;
  }
  return new Html(text);
}

/** Attributes with a leading space each: true gives the bare name; false, null and undefined leave it out. */
export function attributes(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Html {
  let text = "";
  for (const name in values) {
    const value = values[name];
    if (value === false || value === null || value === undefined) continue;
    text += value === true ? ` ${name}` : ` ${name}="${escape(String(value))}"`;
  }
  return new Html(text);
}

/** Escapes for text and quoted attributes. */
export function escape(text: string): string {
  // Most text needs nothing, and a test is cheaper than a replacement.
  if (!special.test(text)) return text;
  return text.replace(everySpecial, (character) => entities[character] ?? character);
}

const special = /[&<>"']/;
const everySpecial = /[&<>"']/g;
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(value: Renderable): string {
  if (typeof value === "string") return escape(value);
  if (value instanceof Html) return value.text;
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  let text = "";
  for (const item of value) text += render(item);
  return text;
}
