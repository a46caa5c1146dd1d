import { compare, parse, parseAll, positionOf, replace } from "./items.ts";
import { keepPlace, visibleItem } from "./scroller.ts";
import { Shown } from "./shown.ts";
import { Waiting } from "./waiting.ts";
import { countNew, liveWords } from "./words.ts";

export type ItemChange =
  | { put: string; position: string; post: string }
  | { gone: string; position?: string | undefined };

/** How near the top counts as being at it. */
const top = 8;
/** How many new ones are put in at a time, so that a frame is never long. */
const atOnce = 20;
/** Whoever has just moved the pointer over the posts is about to read or press something. */
const pointing = 4_000;

/** One column: keeps its posts in order, each once, and lets new ones wait while somebody reads. */
export class Column {
  readonly element: HTMLElement;
  readonly id: string;
  readonly kind: string;
  readonly isConversation: boolean;
  readonly shown: Shown;
  /** Whether a page of it is being read. */
  loading = false;
  private readonly button: HTMLButtonElement;
  private readonly waiting = new Waiting();
  /** Called when other posts stand in it than before, or some still want to. */
  private readonly changed: (column: Column) => void;
  private newest: string;
  private pointedAt = -Infinity;
  private later: ReturnType<typeof setTimeout> | undefined;
  private readonly stopped = new AbortController();

  constructor(element: HTMLElement, changed: (column: Column) => void) {
    this.element = element;
    this.changed = changed;
    this.kind = element.dataset["kind"] ?? "";
    this.id = element.dataset["column"] ?? this.kind;
    this.isConversation = element.classList.contains("conversation");
    this.shown = new Shown(part(element, "[data-posts]"), this.isConversation);
    this.button = part(element, "[data-waiting]") as HTMLButtonElement;
    this.newest = this.shown.first;
    const heard = { passive: true, signal: this.stopped.signal };
    this.posts.addEventListener("scroll", () => this.waiting.count > 0 && this.atTop && this.show(), heard);
    this.posts.addEventListener("pointermove", () => (this.pointedAt = performance.now()), heard);
  }

  /** Its element may come back, and then belongs to another. */
  stop(): void {
    this.stopped.abort();
    clearTimeout(this.later);
  }

  /** Takes in how posts look now; `settle` shows what is new. Returns the posts that had not been here, as they look. */
  apply(changes: readonly ItemChange[]): string[] {
    const fresh: string[] = [];
    this.keep(() => {
      for (const change of changes) {
        if ("gone" in change) this.takeOut(change.gone, change.position);
        else if (this.put(change.put, change.position)) fresh.push(change.put);
      }
    });
    return fresh;
  }

  /** Shows what is new, or how much waits. Returns whether there is more to show in a moment. */
  settle(): boolean {
    if (this.waiting.count === 0 || !this.mayFlow()) {
      this.count();
      return false;
    }
    this.show(atOnce);
    return this.waiting.count > 0;
  }

  /** Puts in what has been waiting, in all or a few at a time. */
  show(few?: number): void {
    if (this.shown.above) return this.count();
    const { isWhole } = this.waiting;
    const fresh = this.waiting.take(isWhole ? few : undefined);
    const putIn = () => {
      // More came than was kept: the newest stand alone, with the way to the others below them.
      if (!isWhole) this.shown.clear();
      this.shown.insert(fresh);
      if (!isWhole) this.shown.setBelow(this.id);
    };
    // Whoever came up to the top goes on where they were; whoever stayed there, stays there.
    if (few === undefined) this.keep(putIn);
    else {
      putIn();
      this.posts.scrollTop = 0;
    }
    this.trim("below");
    this.count();
    this.changed(this);
  }

  /** Goes to the top with everything that waited. */
  showAndGo(): void {
    const first = this.waiting.oldest;
    this.show();
    if (!this.isConversation) return this.goToTop();
    const post = first && this.shown.find(first)?.querySelector<HTMLElement>(".post");
    if (!post) return;
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: "nearest" });
  }

  goToTop(): void {
    this.posts.scrollTo({ top: 0 });
    this.posts.querySelector<HTMLElement>(".item > .post")?.focus({ preventScroll: true });
  }

  /** A fresh first page: what is new waits or is put in, what has changed is replaced, what is gone goes. Returns what is new. */
  merge(html: string): string[] {
    const page = [...parseAll(html).querySelectorAll<HTMLElement>(".item")];
    // A list that is no stream, as of drafts, is short and read whole.
    if (page.length === 0 || page.some((item) => !item.dataset["position"])) {
      this.replaceAll(html);
      return [];
    }
    const positions = new Set(page.map(positionOf));
    const overlaps = this.shown.items().some((item) => positions.has(positionOf(item)));
    if (!overlaps && !this.shown.above) {
      if (this.mayFlow() || !this.shown.first) {
        this.replaceAll(html);
        return [];
      }
      // Nobody loses the place where they read, but there may be posts between it and the newest.
      this.shown.setAbove(true);
    }
    const oldest = this.isConversation ? "0" : positionOf(page.at(-1));
    const lost = this.shown.above
      ? []
      : this.shown
          .items()
          .filter((item) => !positions.has(positionOf(item)) && compare(positionOf(item), oldest) > 0);
    const fresh = this.apply([
      ...lost.map((item) => ({ gone: item.dataset["post"] ?? "", position: positionOf(item) })),
      ...page.map((item) => ({ put: item.outerHTML, position: positionOf(item), post: "" })),
    ]);
    this.changed(this);
    return fresh;
  }

  /** Another window on the column. */
  replaceAll(html: string, options: { above?: boolean } = {}): void {
    const focused = this.posts.contains(document.activeElement) ? document.activeElement?.id : undefined;
    this.posts.innerHTML = html;
    const { first } = this.shown;
    for (const [position, item] of this.waiting.take())
      if (compare(position, first) > 0) this.waiting.set(position, item);
    if (compare(first, this.newest) > 0) this.newest = first;
    this.shown.setAbove(options.above ?? false);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.count();
    this.changed(this);
  }

  append(html: string, options: { focus: boolean }): void {
    const first = this.shown.append(html);
    if (options.focus) first?.querySelector<HTMLElement>(".post")?.focus({ preventScroll: true });
    this.trim("above");
    this.changed(this);
  }

  prepend(html: string, options: { focus: boolean }): void {
    let fresh: HTMLElement[] = [];
    this.keep(() => (fresh = this.shown.prepend(html)));
    for (const item of fresh) this.waiting.delete(positionOf(item));
    if (options.focus) fresh.at(-1)?.querySelector<HTMLElement>(".post")?.focus({ preventScroll: true });
    this.trim("below");
    this.count();
    this.changed(this);
  }

  say(text: string): void {
    const state = part(this.element, "[data-state]");
    state.textContent = text;
    state.hidden = text === "";
  }

  /** Where somebody reads: the first post in view; empty at the top. */
  get place(): string {
    return this.atTop ? "" : positionOf(visibleItem(this.posts, this.shown.items()));
  }

  get posts(): HTMLElement {
    return this.shown.posts;
  }

  get atTop(): boolean {
    return !this.isConversation && !this.shown.above && this.posts.scrollTop <= top;
  }

  get title(): string {
    const title = this.element.querySelector("h2")?.textContent?.trim();
    return this.element.getAttribute("aria-label") ?? title ?? "";
  }

  /** Returns whether the post is new here. */
  private put(html: string, position: string): boolean {
    const there = this.shown.find(position);
    if (there) {
      const item = parse(html);
      if (item) replace(there, item);
      return false;
    }
    if (!this.waiting.has(position)) {
      if (this.shown.isBelow(position)) return false;
      // What lies above is read again on the way up, as it looks by then.
      if (this.shown.above && compare(position, this.newest) <= 0) return false;
      if (compare(position, this.newest) > 0) this.newest = position;
    }
    return this.waiting.set(position, html);
  }

  private takeOut(post: string, position?: string): void {
    if (position) this.waiting.delete(position);
    else this.waiting.deletePost(post);
    for (const item of this.shown.items()) {
      if (position ? positionOf(item) !== position : item.dataset["post"] !== post) continue;
      if (item.contains(document.activeElement)) {
        const posts = [item.nextElementSibling, item.previousElementSibling].map((next) =>
          next?.querySelector<HTMLElement>(".post"),
        );
        (posts.find((post) => post) ?? this.posts).focus({ preventScroll: true });
      }
      item.remove();
    }
  }

  /** New posts come in by themselves where nobody reads: at the top, with neither focus nor pointer there. */
  private mayFlow(): boolean {
    if (!this.atTop) return false;
    const { isWhole, count } = this.waiting;
    if (this.shown.isCrowdedBy(isWhole ? count : Infinity)) return false;
    // A button pressed with the mouse keeps the focus long after; only the keyboard's own place counts as reading.
    const isRead =
      this.posts.querySelector(":focus-visible") !== null || performance.now() - this.pointedAt < pointing;
    if (isRead)
      this.later ??= setTimeout(() => {
        this.later = undefined;
        if (this.settle()) this.changed(this);
      }, pointing);
    return !isRead;
  }

  private trim(side: "above" | "below"): void {
    const leaving = this.shown.farAway(side);
    if (leaving.length === 0) return;
    this.keep(() => {
      for (const item of leaving) item.remove();
      if (side === "above") this.shown.setAbove(true);
      else this.shown.setBelow(this.id);
    });
    this.count();
  }

  private keep(change: () => void): void {
    if (this.isConversation) change();
    else keepPlace(this.posts, () => visibleItem(this.posts, this.shown.items()), change);
  }

  private count(): void {
    const { count } = this.waiting;
    const text = count > 0 ? countNew(count) : this.shown.above ? liveWords().toNewest : "";
    if (this.button.textContent !== text) this.button.textContent = text;
    this.button.hidden = text === "";
    this.button.classList.toggle("quietly", count === 0);
    this.element.dispatchEvent(new CustomEvent("deck:waiting", { bubbles: true, detail: { count } }));
  }
}

function part(element: HTMLElement, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the column has no ${selector}`);
  return found;
}
