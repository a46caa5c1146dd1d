import type { Column } from "./column.ts";
import { beside, parseAll } from "./items.ts";
import { toast } from "./toast.ts";
import { liveWords, signInLink } from "./words.ts";

/** A column draws nothing while its page is read. */
const longest = 20_000;

type Bound = { before?: string; after?: string };

/** Reads the pages of columns: when one comes near the end of what is shown, and when one asks. */
export class Pager {
  private readonly columnsPath: string;
  private readonly watches = new WeakMap<Column, IntersectionObserver>();

  constructor(columnsPath: string) {
    this.columnsPath = columnsPath;
  }

  /** Looks out for the ends of what is shown, which are others after each change. */
  watch(column: Column): void {
    this.watches.get(column)?.disconnect();
    if (column.isConversation) return;
    const watch = new IntersectionObserver(
      (seen) => {
        for (const { isIntersecting, target } of seen) {
          if (!isIntersecting || (target as HTMLElement).dataset["failed"]) continue;
          if (target.matches(".column-newer")) void this.newer(column);
          else if (!column.shown.isFull) void this.older(column);
        }
      },
      { root: column.posts, rootMargin: "800px 0px" },
    );
    this.watches.set(column, watch);
    for (const end of column.posts.querySelectorAll(
      ":scope > .column-newer, :scope > .column-more:has([data-before])",
    ))
      watch.observe(end);
  }

  stop(column: Column): void {
    this.watches.get(column)?.disconnect();
  }

  async older(column: Column, pressed = false): Promise<void> {
    const link = column.posts.querySelector<HTMLElement>(":scope > .column-more [data-before]");
    const before = link?.dataset["before"];
    if (!link || !before) return;
    const html = await this.load(column, link, { before });
    // Meanwhile another end may have come there.
    if (html !== undefined && link.isConnected)
      column.append(html, { focus: pressed || document.activeElement === link });
  }

  async newer(column: Column, pressed = false): Promise<void> {
    const link = column.posts.querySelector<HTMLElement>(":scope > .column-newer a");
    const { first } = column.shown;
    if (!link || !first) return;
    const html = await this.load(column, link, { after: first });
    if (html !== undefined && column.shown.first === first)
      column.prepend(html, { focus: pressed || document.activeElement === link });
  }

  /** Goes to the newest, which may have to be read. */
  async toNewest(column: Column): Promise<void> {
    if (!column.shown.above) return column.showAndGo();
    const html = await this.read(column);
    if (html === undefined) return;
    column.replaceAll(html);
    column.goToTop();
  }

  /** Goes to a place further down, with what stands around it. Returns whether it was found. */
  async goTo(column: Column, place: string): Promise<boolean> {
    if (!column.shown.find(place)) {
      const html = await this.read(column, { before: beside(place, 1) });
      if (html === undefined || !parseAll(html).querySelector(".item")) return false;
      column.replaceAll(html, { above: true });
    }
    // The very post may be gone: what came next is where one was.
    const item = column.shown.find(place) ?? column.shown.items()[0];
    if (!item) return false;
    column.posts.scrollTop += item.getBoundingClientRect().top - column.posts.getBoundingClientRect().top;
    return true;
  }

  async read(column: Column, bound: Bound = {}): Promise<string | undefined> {
    const source = column.element.dataset["source"];
    const url = new URL(source ?? this.columnsPath, location.href);
    if (!source) url.pathname += `/${column.id}`;
    for (const [name, value] of Object.entries(bound)) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url, {
        headers: { "x-deck-part": "column" },
        signal: AbortSignal.timeout(longest),
      });
      if (answer.ok) return await answer.text();
      if (answer.status === 401) toast(liveWords().signedOut, signInLink());
      else toast(liveWords().failed);
    } catch {
      toast(liveWords().offline);
    }
    return undefined;
  }

  private async load(column: Column, link: HTMLElement, bound: Bound): Promise<string | undefined> {
    if (column.loading) return undefined;
    column.loading = true;
    link.setAttribute("aria-busy", "true");
    const html = await this.read(column, bound);
    column.loading = false;
    link.removeAttribute("aria-busy");
    // What did not work once is not tried again and again by itself.
    if (html === undefined && link.parentElement) link.parentElement.dataset["failed"] = "yes";
    return html;
  }
}
