import { Controller } from "@hotwired/stimulus";
import { Column } from "../live/column.ts";
import { LiveLine, type LineState, type LiveEvent } from "../live/live-line.ts";
import { toast } from "../live/toast.ts";
import { countNew, liveWords, signInLink } from "../live/words.ts";

type Change =
  | { put: string; column: string; position: string; post: string }
  | { gone: string; column?: string; position?: string }
  | { stale: string };

/** Keeps the columns as they are on the server. */
export class DeckController extends Controller<HTMLElement> {
  static override targets = ["column"];
  static override values = { stream: String, position: String, seat: String, columns: String };
  declare readonly columnTargets: HTMLElement[];
  declare readonly streamValue: string;
  declare readonly positionValue: string;
  declare readonly seatValue: string;
  declare readonly columnsValue: string;
  declare columns: Column[];
  private line: LiveLine | undefined;
  private lost = false;
  private announcing: ReturnType<typeof setTimeout> | undefined;
  private readonly fresh = new Map<Column, number>();
  private readonly refreshing = new Set<Column>();
  private tabs: IntersectionObserver | undefined;

  override connect(): void {
    this.columns = this.columnTargets.map((element) => new Column(element));
    if (!this.streamValue) return;
    this.line = new LiveLine(this.streamValue, this.positionValue, this.hear, this.tell);
    this.line.start();
    window.addEventListener("online", this.line.start);
    window.addEventListener("offline", this.line.cut);
    document.addEventListener("composer:published", this.said);
    this.followTabs();
    this.markAskedFor();
  }

  override disconnect(): void {
    if (!this.line) return;
    window.removeEventListener("online", this.line.start);
    window.removeEventListener("offline", this.line.cut);
    document.removeEventListener("composer:published", this.said);
    this.line.stop();
    this.tabs?.disconnect();
  }

  showWaiting(event: Event): void {
    this.columnOf(event.target as Element)?.showAndGo();
  }

  async older(event: Event): Promise<void> {
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    const column = this.columnOf(link);
    const before = link.dataset["before"];
    if (!column || !before || link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    const html = await this.fetchColumn(column.kind, before);
    if (html === undefined) link.removeAttribute("aria-busy");
    else column.append(html);
  }

  chooseAccount(event: Event): void {
    (event.currentTarget as HTMLFormElement).requestSubmit();
  }

  columnOf(element: Element): Column | undefined {
    return this.columns.find((column) => column.element.contains(element));
  }

  private readonly hear = ({ kind, data }: LiveEvent): void => {
    if (kind === "hello" && (data as { seat: string }).seat !== this.seatValue)
      toast(liveWords().changed, { label: liveWords().reload, href: location.href });
    if (kind === "reload") for (const column of this.columns) void this.refresh(column);
    if (kind === "changes") for (const change of data as Change[]) this.apply(change);
  };

  private apply(change: Change): void {
    if ("stale" in change) {
      const column = this.columns.find((one) => one.kind === change.stale);
      if (column) void this.refresh(column);
      return;
    }
    for (const column of this.columns) if (concerns(change, column)) void this.refreshSoon(column);
    const columns = this.columns.filter(
      (column) => !column.isConversation && (change.column === undefined || column.kind === change.column),
    );
    for (const column of columns) {
      if ("gone" in change) column.gone(change.gone, change.position);
      else if (column.put(change.put, change.position)) this.announce(column);
    }
  }

  private async refresh(column: Column): Promise<void> {
    const html = await this.fetchColumn(column.kind);
    if (html === undefined) return;
    if (column.merge(html)) this.announce(column);
  }

  /** A burst of changes is read once. */
  private async refreshSoon(column: Column): Promise<void> {
    if (this.refreshing.has(column)) return;
    this.refreshing.add(column);
    await new Promise((resolve) => setTimeout(resolve, 100));
    this.refreshing.delete(column);
    await this.refresh(column);
  }

  /** What one has just said oneself is shown at once, at the end of the conversation. */
  private readonly said = (): void => {
    for (const column of this.columns)
      if (column.isConversation) void this.refresh(column).then(() => column.show());
  };

  private async fetchColumn(kind: string, before?: string): Promise<string | undefined> {
    const source = this.columns.find((column) => column.kind === kind)?.element.dataset["source"];
    const url = new URL(source ?? this.columnsValue, location.href);
    if (!source) url.pathname += `/${kind}`;
    if (before) url.searchParams.set("before", before);
    try {
      const answer = await fetch(url, { headers: { "x-deck-part": "column" } });
      if (answer.ok) return await answer.text();
      if (answer.status === 401) toast(liveWords().signedOut, signInLink());
      else toast(liveWords().failed);
    } catch {
      toast(liveWords().offline);
    }
    return undefined;
  }

  private readonly tell = (state: LineState): void => {
    const words = liveWords();
    if (state === "open") {
      if (this.lost) toast(words.back);
      this.lost = false;
      for (const column of this.columns) column.say("");
      this.element.dataset["line"] = "open";
      return;
    }
    this.element.dataset["line"] = state;
    if (state === "lost") {
      if (!this.lost) for (const column of this.columns) column.say(words.lost);
      this.lost = true;
    } else if (state === "signed-out") {
      for (const column of this.columns) column.say(words.signedOut);
      toast(words.signedOut, signInLink());
      // Whoever comes back from signing in goes on where they were.
      if (this.line) window.addEventListener("focus", this.line.start, { once: true });
    } else {
      for (const column of this.columns) column.say(words.changed);
      toast(words.changed, { label: words.reload, href: location.pathname });
    }
  };

  /** Counts are read out together, so that a busy hour does not talk without end. */
  private announce(column: Column): void {
    this.fresh.set(column, (this.fresh.get(column) ?? 0) + 1);
    this.announcing ??= setTimeout(() => {
      const said = [...this.fresh]
        .map(([one, count]) => `${countNew(count)} ${liveWords().inColumn} ${one.title}`)
        .join(", ");
      this.fresh.clear();
      this.announcing = undefined;
      const place = document.getElementById("announcer");
      if (place) place.textContent = said;
    }, 2_000);
  }

  /** The post that a conversation was opened for: in view, and where the keyboard goes on from. */
  private markAskedFor(): void {
    const conversation = this.columns.find((column) => column.isConversation)?.element;
    const post = conversation?.querySelector<HTMLElement>(
      `[data-post="${conversation.dataset["focusPost"]}"] > .post`,
    );
    post?.classList.add("selected");
    if (post && post.closest(".item")?.previousElementSibling) post.scrollIntoView({ block: "center" });
  }

  /** On a narrow screen the tab of the column in view is marked. */
  private followTabs(): void {
    const root = this.element.querySelector(".columns");
    if (!root) return;
    this.tabs = new IntersectionObserver(
      (seen) => {
        const shown = seen.find((one) => one.isIntersecting && one.intersectionRatio > 0.6);
        const kind = (shown?.target as HTMLElement | undefined)?.dataset["kind"];
        if (!kind) return;
        for (const tab of this.element.querySelectorAll<HTMLElement>(".tabbar [data-kind]")) {
          if (tab.dataset["kind"] === kind) tab.setAttribute("aria-current", "true");
          else tab.removeAttribute("aria-current");
        }
      },
      { root, threshold: [0.61] },
    );
    for (const column of this.columnTargets) this.tabs.observe(column);
  }
}

/** Whether a conversation looks different after a change: a post of it is new, has changed or is gone. */
function concerns(change: Change, column: Column): boolean {
  if (!column.isConversation || "stale" in change) return false;
  if ("gone" in change)
    return column.element.querySelector(`[data-posts] > [data-post="${change.gone}"]`) !== null;
  return change.put.includes(` data-thread="${column.element.dataset["thread"]}"`);
}
