/** Ids are decimal numbers beyond what a number holds. */
export function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The number before or after an id, as a page's bound that includes it. */
export function beside(position: string, by: 1 | -1): string {
  return String(BigInt(position) + BigInt(by));
}

export function positionOf(item: Element | undefined): string {
  return (item as HTMLElement | undefined)?.dataset["position"] ?? "";
}

export function parse(html: string): HTMLElement | undefined {
  return parseAll(html).querySelector<HTMLElement>(".item") ?? undefined;
}

export function parseAll(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.importNode(template.content, true);
}

/**
 * Exchanges a post for its newer self, unless it looks the same. Focus, the keyboard's place, an opened warning, what
 * is ticked and what somebody is typing stay as they were.
 */
export function replace(old: HTMLElement, fresh: HTMLElement): void {
  if (asServed(old) === asServed(fresh)) return;
  const before = old.querySelector(".post");
  const after = fresh.querySelector<HTMLElement>(".post");
  if (before?.classList.contains("selected")) after?.classList.add("selected");
  old.querySelectorAll("details").forEach((details, index) => {
    const twin = fresh.querySelectorAll("details")[index];
    if (twin) twin.open = details.open;
  });
  keepFields(old, fresh);
  const active = document.activeElement;
  const place = active && old.contains(active) ? [...old.querySelectorAll(focusable)].indexOf(active) : -1;
  const mark = isText(active) ? active.selectionStart : null;
  old.replaceWith(fresh);
  if (place < 0) return;
  const twin = fresh.querySelectorAll<HTMLElement>(focusable)[place] ?? after;
  twin?.focus({ preventScroll: true });
  if (mark !== null && isText(twin)) twin.setSelectionRange(mark, mark);
}

const focusable = "a, button, summary, .post, input, select, textarea";

/** A post that has not changed is left alone, with whatever is marked in it. */
function asServed(item: HTMLElement): string {
  return item.outerHTML.replace(' selected"', '"');
}

function keepFields(old: HTMLElement, fresh: HTMLElement): void {
  for (const field of old.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
    if (!field.name || field.type === "hidden") continue;
    const twin = [...fresh.querySelectorAll<typeof field>("input, textarea")].find(
      (one) =>
        one.name === field.name && one.type === field.type && (!isTick(field) || one.value === field.value),
    );
    if (!twin) continue;
    if (!isTick(field) || !isTick(twin))
      twin.value = field.value === field.defaultValue ? twin.value : field.value;
    else if (field.checked !== field.defaultChecked) twin.checked = field.checked;
  }
}

function isTick(field: HTMLInputElement | HTMLTextAreaElement): field is HTMLInputElement {
  return field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type);
}

function isText(element: Element | null | undefined): element is HTMLInputElement | HTMLTextAreaElement {
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text")
  );
}
