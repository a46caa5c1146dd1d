import { compare, parseAll, positionOf } from "./items.ts";
import { liveWords } from "./words.ts";

/** How many posts a column has in the page; the others are read again when somebody comes to them. */
const most = 200;

/**
 * The posts of a column that stand in the page: a window on it without gaps. `.column-newer` before them says that there
 * is more above, `.column-more` after them that there is more below.
 */
export class Shown {
  readonly posts: HTMLElement;
  /** A conversation's page reads from the top down, and is whole; a column has the newest first. */
  private readonly isConversation: boolean;

  constructor(posts: HTMLElement, isConversation: boolean) {
    this.posts = posts;
    this.isConversation = isConversation;
  }

  items(): HTMLElement[] {
    return [...this.posts.querySelectorAll<HTMLElement>(":scope > .item")];
  }

  find(position: string): HTMLElement | undefined {
    return this.posts.querySelector<HTMLElement>(`:scope > .item[data-position="${position}"]`) ?? undefined;
  }

  get first(): string {
    return positionOf(this.posts.querySelector(":scope > .item") ?? undefined);
  }

  get last(): string {
    return positionOf(this.items().at(-1));
  }

  /** Whether there are newer posts than the first, besides those that wait. */
  get above(): boolean {
    return this.posts.querySelector(":scope > .column-newer") !== null;
  }

  /** Further than this the page does not grow, even around a post that must stay. */
  get isFull(): boolean {
    return this.posts.childElementCount > 2 * most;
  }

  /** Whether so many more would push a post out that must stay. */
  isCrowdedBy(count: number): boolean {
    return this.items().length + count > most && this.posts.querySelector(".post.selected") !== null;
  }

  /** Where a post belongs is below the last one shown, and there is more to fetch before it. */
  isBelow(position: string): boolean {
    const more = this.posts.querySelector("[data-before]") !== null;
    return more && this.last !== "" && compare(position, this.last) < 0;
  }

  insert(fresh: [position: string, html: string][]): void {
    this.posts.querySelector(":scope > .empty")?.remove();
    const made = parseAll(fresh.map(([, html]) => html).join(""));
    const { first } = this;
    const more = this.posts.querySelector(":scope > .column-more");
    if (!this.isConversation && (!first || compare(fresh.at(-1)?.[0] ?? "", first) > 0)) {
      this.posts.insertBefore(made, this.posts.querySelector(":scope > .item") ?? more);
      return;
    }
    const way = this.isConversation ? -1 : 1;
    for (const item of made.querySelectorAll<HTMLElement>(".item")) {
      const after = this.items().find((other) => way * compare(positionOf(other), positionOf(item)) < 0);
      this.posts.insertBefore(item, after ?? more);
    }
  }

  clear(): void {
    for (const item of this.items()) item.remove();
  }

  /** Posts too far away on one side, but never one that is selected, focused or in view, nor what lies on this side of it. */
  farAway(side: "above" | "below"): HTMLElement[] {
    const items = side === "above" ? this.items() : this.items().toReversed();
    const excess = items.length - most;
    if (this.isConversation || excess <= 0) return [];
    const box = this.posts.getBoundingClientRect();
    const stays = items.findIndex((item) => {
      const { top, bottom } = item.getBoundingClientRect();
      const isInView = bottom > box.top && top < box.bottom;
      return isInView || item.contains(document.activeElement) || item.querySelector(".selected") !== null;
    });
    return items.slice(0, stays < 0 ? excess : Math.min(excess, stays));
  }

  setAbove(above: boolean): void {
    const there = this.posts.querySelector(":scope > .column-newer");
    if (!above) return there?.remove();
    if (!there) this.posts.prepend(way("column-newer", liveWords().newer, "deck#newer"));
  }

  /** The way to older posts, after one that is now the last. */
  setBelow(column: string): void {
    const before = this.last;
    if (!before) return;
    const more = way("column-more", liveWords().older, "deck#older");
    const link = more.querySelector("a");
    const address = new URL(location.href);
    address.searchParams.set("column", column);
    address.searchParams.set("before", before);
    address.hash = `column-${column}`;
    link?.setAttribute("data-before", before);
    link?.setAttribute("href", address.href);
    this.posts.querySelector(":scope > .column-more")?.remove();
    this.posts.append(more);
  }

  /** Older posts, in place of the way to them. Returns the first of them. */
  append(html: string): HTMLElement | undefined {
    const fresh = parseAll(html);
    for (const item of fresh.querySelectorAll(".item")) if (this.find(positionOf(item))) item.remove();
    const items = [...fresh.querySelectorAll<HTMLElement>(".item")];
    const more = fresh.querySelector(".column-more");
    this.posts.querySelector(":scope > .column-more")?.replaceWith(...items, ...(more ? [more] : []));
    return items[0];
  }

  /** Newer posts, read again on the way up; none means that this is the top. Returns them. */
  prepend(html: string): HTMLElement[] {
    const items = [...parseAll(html).querySelectorAll<HTMLElement>(".item")];
    const fresh = items.filter((item) => !this.find(positionOf(item)));
    if (fresh.length === 0) this.setAbove(false);
    this.posts.querySelector(":scope > .column-newer")?.after(...fresh);
    return fresh;
  }
}

function way(name: string, label: string, action: string): HTMLElement {
  const made = document.createElement("p");
  made.className = name;
  const link = document.createElement("a");
  link.className = "button plain";
  link.href = "";
  link.dataset["action"] = action;
  link.textContent = label;
  made.append(link);
  return made;
}
