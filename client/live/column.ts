import { countNew } from "./words.ts";

/** How near the top counts as being at it. */
const top = 8;

/** One column: keeps its posts in order, each once, and lets new ones wait while somebody reads further down. */
export class Column {
  readonly element: HTMLElement;
  readonly kind: string;
  private readonly posts: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly waiting = new Map<string, HTMLElement>();
  /** A conversation reads from the top down, and is whole; a column has the newest first, and more below. */
  readonly isConversation: boolean;

  constructor(element: HTMLElement) {
    this.element = element;
    this.kind = element.dataset["kind"] ?? "";
    this.isConversation = this.kind === "thread";
    this.posts = part(element, "[data-posts]");
    this.button = part(element, "[data-waiting]") as HTMLButtonElement;
    this.posts.addEventListener("scroll", () => {
      if (this.waiting.size > 0 && this.atTop()) this.show();
    });
  }

  /** A post as it looks now. Returns whether it is new here. */
  put(html: string, position: string): boolean {
    const item = parse(html);
    if (!item) return false;
    const there = this.find(position);
    if (there) {
      if (asServed(there) !== asServed(item)) replace(there, item);
      return false;
    }
    if (this.waiting.has(position)) {
      this.waiting.set(position, item);
      return false;
    }
    if (this.isOlderThanShown(position)) return false;
    this.waiting.set(position, item);
    if (this.atTop()) this.show();
    else this.count();
    return true;
  }

  gone(post: string, position?: string): void {
    for (const item of [...this.items(), ...this.waiting.values()]) {
      if (position ? item.dataset["position"] !== position : item.dataset["post"] !== post) continue;
      this.waiting.delete(item.dataset["position"] ?? "");
      if (item.contains(document.activeElement)) {
        const next = item.nextElementSibling ?? item.previousElementSibling;
        next?.querySelector<HTMLElement>(".post")?.focus({ preventScroll: true });
      }
      item.remove();
    }
    this.count();
  }

  /** Puts in what has been waiting. */
  show(): void {
    this.posts.querySelector(":scope > .empty")?.remove();
    const way = this.isConversation ? -1 : 1;
    for (const [position, item] of [...this.waiting].toSorted(([a], [b]) => compare(a, b))) {
      const after = this.items().find(
        (other) => way * compare(other.dataset["position"] ?? "", position) < 0,
      );
      this.posts.insertBefore(item, after ?? this.posts.querySelector(":scope > .column-more"));
    }
    this.waiting.clear();
    this.count();
  }

  /** Goes to the top with everything that waited. */
  showAndGo(): void {
    const first = [...this.waiting.values()].at(0)?.querySelector<HTMLElement>(".post");
    this.show();
    if (this.isConversation) {
      first?.focus({ preventScroll: true });
      return first?.scrollIntoView({ block: "nearest" });
    }
    this.posts.scrollTo({ top: 0 });
    this.articles()[0]?.focus({ preventScroll: true });
  }

  /** A fresh first page: what is new waits or is put in, what has changed is replaced, what is gone goes. Returns whether anything is new. */
  merge(html: string): boolean {
    const page = [...parseAll(html).querySelectorAll<HTMLElement>(".item")];
    const positions = new Set(page.map((item) => item.dataset["position"] ?? ""));
    const oldest = this.isConversation ? "0" : page.at(-1)?.dataset["position"];
    const overlaps = this.items().some((item) => positions.has(item.dataset["position"] ?? ""));
    // Without an overlap there may be a gap between them, which nobody would see.
    if (!overlaps) {
      this.replaceAll(html);
      return false;
    }
    for (const item of this.items()) {
      const position = item.dataset["position"] ?? "";
      if (!positions.has(position) && oldest && compare(position, oldest) > 0) item.remove();
    }
    const fresh = page.filter((item) => this.put(item.outerHTML, item.dataset["position"] ?? ""));
    return fresh.length > 0;
  }

  replaceAll(html: string): void {
    this.waiting.clear();
    this.posts.innerHTML = html;
    this.count();
  }

  /** Older posts, in place of the way to them. */
  append(html: string): void {
    const more = this.posts.querySelector(":scope > .column-more");
    const fresh = parseAll(html);
    for (const item of fresh.querySelectorAll<HTMLElement>(".item"))
      if (this.find(item.dataset["position"] ?? "")) item.remove();
    const first = fresh.querySelector<HTMLElement>(".post");
    more?.replaceWith(fresh);
    first?.focus({ preventScroll: true });
  }

  say(text: string): void {
    const state = part(this.element, "[data-state]");
    state.textContent = text;
    state.hidden = text === "";
  }

  articles(): HTMLElement[] {
    return [...this.posts.querySelectorAll<HTMLElement>(".item > .post")];
  }

  get title(): string {
    return this.element.getAttribute("aria-label") ?? this.element.querySelector("h2")?.textContent ?? "";
  }

  private items(): HTMLElement[] {
    return [...this.posts.querySelectorAll<HTMLElement>(":scope > .item")];
  }

  private find(position: string): HTMLElement | undefined {
    return this.items().find((item) => item.dataset["position"] === position);
  }

  private atTop(): boolean {
    return !this.isConversation && this.posts.scrollTop <= top;
  }

  /** Below the last one shown there is more to fetch: an old post that has changed is not put in out of its place. */
  private isOlderThanShown(position: string): boolean {
    const last = this.items().at(-1)?.dataset["position"];
    const more = this.posts.querySelector("[data-before]") !== null;
    return more && last !== undefined && compare(position, last) < 0;
  }

  private count(): void {
    const { size } = this.waiting;
    this.button.hidden = size === 0;
    this.button.textContent = size === 0 ? "" : countNew(size);
  }
}

/** Ids are decimal numbers beyond what a number holds. */
function compare(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** A post that has not changed is left alone, with whatever is marked in it. */
function asServed(item: HTMLElement): string {
  return item.outerHTML.replace(' selected"', '"');
}

/** Exchanges a post for its newer self; focus, the keyboard's place and an opened warning stay as they were. */
function replace(old: HTMLElement, fresh: HTMLElement): void {
  const before = old.querySelector(".post");
  const after = fresh.querySelector<HTMLElement>(".post");
  if (before?.classList.contains("selected")) after?.classList.add("selected");
  old.querySelectorAll("details").forEach((details, index) => {
    const twin = fresh.querySelectorAll("details")[index];
    if (twin) twin.open = details.open;
  });
  const active = document.activeElement;
  const focusable = "a, button, summary, .post";
  const place = active && old.contains(active) ? [...old.querySelectorAll(focusable)].indexOf(active) : -1;
  old.replaceWith(fresh);
  if (place >= 0)
    (fresh.querySelectorAll<HTMLElement>(focusable)[place] ?? after)?.focus({ preventScroll: true });
}

function parse(html: string): HTMLElement | undefined {
  return parseAll(html).querySelector<HTMLElement>(".item") ?? undefined;
}

function parseAll(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.importNode(template.content, true);
}

function part(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the column has no ${selector}`);
  return found;
}
