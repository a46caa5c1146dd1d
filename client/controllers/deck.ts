import { Controller } from "@hotwired/stimulus";
import { Announcer } from "../live/announcer.ts";
import { Column, type ItemChange } from "../live/column.ts";
import { LiveLine, type LineState, type LiveEvent } from "../live/live-line.ts";
import { askForNotices, Notices } from "../live/notices.ts";
import { Pager } from "../live/pager.ts";
import { PlaceKeeper } from "../live/place.ts";
import { Tabs } from "../live/tabs.ts";
import { toast } from "../live/toast.ts";
import { Turns } from "../live/turns.ts";
import { liveWords, signInLink } from "../live/words.ts";

type Change = (ItemChange & { column?: string }) | { stale: string };

/** A burst is drawn this often: nobody reads faster, and keys are answered in between. */
const betweenFrames = 100;

/** Keeps the columns as they are on the server. */
export class DeckController extends Controller<HTMLElement> {
  static override targets = ["column"];
  static override values = { stream: String, position: String, seat: String, columns: String };
  declare readonly columnTargets: HTMLElement[];
  declare readonly streamValue: string;
  declare readonly positionValue: string;
  declare readonly seatValue: string;
  declare readonly columnsValue: string;
  private readonly columns = new Map<HTMLElement, Column>();
  private readonly places = new Map<Column, PlaceKeeper>();
  private pager = new Pager("");
  private tabs: Tabs | undefined;
  private line: LiveLine | undefined;
  private lost = false;
  private readonly announcer = new Announcer();
  private readonly notices = new Notices((column, post) => this.goToPost(column, post));
  private readonly refreshing = new Turns<Column>();
  private readonly queued = new Map<Column, ItemChange[]>();
  private drawing = false;
  private drawnAt = -Infinity;

  override connect(): void {
    this.element.addEventListener("change", this.wishNotices);
    if (!this.streamValue) return;
    this.pager = new Pager(this.columnsValue);
    this.tabs = new Tabs(this.element);
    for (const element of this.columnTargets) this.take(element);
    this.line = new LiveLine(this.streamValue, this.positionValue, this.hear, this.tell);
    this.line.start();
    window.addEventListener("online", this.line.start);
    window.addEventListener("offline", this.line.cut);
    document.addEventListener("composer:published", this.said);
    this.markAskedFor();
  }

  override disconnect(): void {
    this.element.removeEventListener("change", this.wishNotices);
    if (!this.line) return;
    window.removeEventListener("online", this.line.start);
    window.removeEventListener("offline", this.line.cut);
    window.removeEventListener("focus", this.line.start);
    document.removeEventListener("composer:published", this.said);
    this.line.stop();
    this.tabs?.stop();
    this.announcer.stop();
    for (const column of this.columns.values()) this.leave(column);
  }

  columnTargetConnected(element: HTMLElement): void {
    if (!this.line || this.columns.has(element)) return;
    // What came while it was away, as until its removal was undone, nobody told it.
    void this.refreshSoon(this.take(element));
  }

  columnTargetDisconnected(element: HTMLElement): void {
    const column = this.columns.get(element);
    // What is only moved is back by now.
    if (column && !element.isConnected) this.leave(column);
  }

  showWaiting(event: Event): void {
    const column = this.columnOf(event.target as Element);
    if (column) void this.pager.toNewest(column);
  }

  older(event: Event): void {
    event.preventDefault();
    const column = this.columnOf(event.currentTarget as Element);
    if (column) void this.pager.older(column, true);
  }

  newer(event: Event): void {
    event.preventDefault();
    const column = this.columnOf(event.currentTarget as Element);
    if (column) void this.pager.newer(column, true);
  }

  chooseAccount(event: Event): void {
    (event.currentTarget as HTMLFormElement).requestSubmit();
  }

  columnOf(element: Element): Column | undefined {
    return [...this.columns.values()].find((column) => column.element.contains(element));
  }

  private take(element: HTMLElement): Column {
    const there = this.columns.get(element);
    if (there) return there;
    const column = new Column(element, this.changed);
    this.columns.set(element, column);
    if (!column.isConversation && element.dataset["column"]) {
      const place = new PlaceKeeper(column, this.pager);
      this.places.set(column, place);
      void place.restore();
    }
    this.pager.watch(column);
    this.tabs?.watch(element);
    return column;
  }

  private leave(column: Column): void {
    this.pager.stop(column);
    this.tabs?.unwatch(column.element);
    column.stop();
    this.places.get(column)?.stop();
    this.places.delete(column);
    this.queued.delete(column);
    this.columns.delete(column.element);
  }

  /** Other posts stand in a column now, and some may still want to. */
  private readonly changed = (column: Column): void => {
    this.pager.watch(column);
    column.element.dispatchEvent(new Event("deck:items", { bubbles: true }));
    this.queued.set(column, this.queued.get(column) ?? []);
    this.draw();
  };

  private readonly hear = ({ kind, data }: LiveEvent): void => {
    if (kind === "hello" && (data as { seat: string }).seat !== this.seatValue)
      toast(liveWords().changed, { label: liveWords().reload, href: location.href });
    if (kind === "reload") for (const column of this.columns.values()) void this.refreshSoon(column);
    if (kind === "changes") for (const change of data as Change[]) this.sort(change);
    // The other parts of the deck hear the same line.
    document.dispatchEvent(new CustomEvent(`deck:${kind}`, { detail: data }));
  };

  private sort(change: Change): void {
    for (const column of this.columns.values()) {
      if ("stale" in change) {
        if (column.id === change.stale || column.kind === change.stale) void this.refreshSoon(column);
      } else if (column.isConversation) {
        if (concerns(change, column)) void this.refreshSoon(column);
      } else if (change.column === undefined || column.id === change.column) {
        const queued = this.queued.get(column) ?? [];
        queued.push(change);
        this.queued.set(column, queued);
        this.draw();
      }
    }
  }

  /** What has come is drawn together, before the next picture but not with every one. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    const wait = Math.max(0, this.drawnAt + betweenFrames - performance.now());
    // A page that nobody sees has no pictures to wait for.
    setTimeout(() => (document.hidden ? this.drawNow() : requestAnimationFrame(this.drawNow)), wait);
  }

  private readonly drawNow = (): void => {
    this.drawing = false;
    // What comes while a page is read may be newer than it: it is drawn once the page has been taken in.
    const queued = [...this.queued].filter(([column]) => !this.refreshing.isRunning(column));
    for (const [column] of queued) this.queued.delete(column);
    for (const [column, changes] of queued) {
      const fresh = column.apply(changes);
      this.announcer.add(column.title, fresh.length);
      this.notices.add(column, fresh);
      if (column.settle()) this.queued.set(column, []);
      if (changes.length > 0) column.element.dispatchEvent(new Event("deck:items", { bubbles: true }));
    }
    this.drawnAt = performance.now();
    if ([...this.queued.keys()].some((column) => !this.refreshing.isRunning(column))) this.draw();
  };

  /** A burst of changes is read once; and one page at a time, so that an older one never lands last. */
  private async refreshSoon(column: Column, ms = 100): Promise<void> {
    await this.refreshing.take(column, ms, () => this.refresh(column));
    if (this.queued.has(column)) this.draw();
  }

  private async refresh(column: Column): Promise<void> {
    const html = await this.pager.read(column);
    if (html === undefined || this.columns.get(column.element) !== column) return;
    const fresh = column.merge(html);
    this.announcer.add(column.title, fresh.length);
    this.notices.add(column, fresh);
  }

  /** What one has just said oneself is shown at once, at the end of the conversation. */
  private readonly said = (): void => {
    for (const column of this.columns.values())
      if (column.isConversation) void this.refreshSoon(column, 0).then(() => column.show());
  };

  private readonly tell = (state: LineState): void => {
    const words = liveWords();
    const say = (text: string) => {
      for (const column of this.columns.values()) column.say(text);
    };
    this.element.dataset["line"] = state;
    if (state === "open") {
      if (this.lost) toast(words.back);
      this.lost = false;
      say("");
    } else if (state === "lost") {
      if (!this.lost) say(words.lost);
      this.lost = true;
    } else if (state === "signed-out") {
      say(words.signedOut);
      toast(words.signedOut, signInLink());
      // Whoever comes back from signing in goes on where they were.
      if (this.line) window.addEventListener("focus", this.line.start, { once: true });
    } else {
      say(words.changed);
      toast(words.changed, { label: words.reload, href: location.pathname });
    }
  };

  private readonly wishNotices = (event: Event): void => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.name === "notify" && field.checked) void askForNotices();
  };

  private goToPost(column: Column, post: string): void {
    const find = () => column.posts.querySelector<HTMLElement>(`.item[data-post="${post}"] > .post`);
    if (!find()) void this.pager.toNewest(column);
    column.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    find()?.focus();
  }

  /** The post that a conversation was opened for: in view, and where the keyboard goes on from. */
  private markAskedFor(): void {
    const conversation = [...this.columns.values()].find((column) => column.isConversation)?.element;
    const post = conversation?.querySelector<HTMLElement>(
      `[data-post="${conversation.dataset["focusPost"]}"] > .post`,
    );
    post?.classList.add("selected");
    // Not where somebody is already, or is sent to by the address.
    if (post && document.activeElement === document.body && !location.hash) {
      // Selected, and not ringed: nobody has pressed a key yet.
      post.dataset["placed"] = "";
      post.focus({ preventScroll: true });
      document.addEventListener("keydown", () => delete post.dataset["placed"], { once: true });
    }
    if (post && post.closest(".item")?.previousElementSibling) post.scrollIntoView({ block: "center" });
  }
}

/** Whether a conversation looks different after a change: a post of it is new, has changed or is gone. */
function concerns(change: ItemChange, column: Column): boolean {
  if ("gone" in change)
    return column.element.querySelector(`[data-posts] > [data-post="${change.gone}"]`) !== null;
  return change.put.includes(` data-thread="${column.element.dataset["thread"]}"`);
}
