import type { Column } from "./column.ts";
import type { Pager } from "./pager.ts";
import { liveWords } from "./words.ts";

const pause = 1_200;

/** Keeps where somebody reads on the server, so that a reload or another device goes on there. */
export class PlaceKeeper {
  private readonly column: Column;
  private readonly pager: Pager;
  private kept: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Until the old place is found again, nothing is known of a new one. */
  private restoring = false;

  constructor(column: Column, pager: Pager) {
    this.column = column;
    this.pager = pager;
    this.kept = column.element.dataset["place"] ?? "";
    column.posts.addEventListener("scroll", this.later, { passive: true });
    window.addEventListener("pagehide", this.keepNow);
    document.addEventListener("visibilitychange", this.keepNow);
  }

  async restore(): Promise<void> {
    if (!this.kept) return;
    this.restoring = true;
    const found = await this.pager.goTo(this.column, this.kept);
    this.restoring = false;
    if (!found) this.offer(this.kept);
  }

  stop(): void {
    clearTimeout(this.timer);
    // Out of the page nothing is in view: that says nothing of where somebody read.
    if (this.column.posts.isConnected) this.keepNow();
    this.column.element.dataset["place"] = this.kept;
    this.column.posts.removeEventListener("scroll", this.later);
    window.removeEventListener("pagehide", this.keepNow);
    document.removeEventListener("visibilitychange", this.keepNow);
  }

  private readonly later = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.keepNow, pause);
  };

  private readonly keepNow = (): void => {
    clearTimeout(this.timer);
    const source = this.column.element.dataset["source"];
    if (this.restoring || !source || !this.column.element.dataset["column"]) return;
    const { place } = this.column;
    if (place === this.kept) return;
    this.kept = place;
    const url = new URL(source, location.href);
    url.pathname += "/place";
    // A place that is not kept costs little: nobody is told.
    void fetch(url, {
      method: "POST",
      body: new URLSearchParams({ position: place }),
      keepalive: true,
    }).catch(() => undefined);
  };

  /** The place could not be read just now: there is a way to it. */
  private offer(place: string): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "column-continue";
    button.textContent = liveWords().continueReading;
    button.addEventListener("click", () => {
      button.remove();
      void this.pager.goTo(this.column, place).then((found) => {
        if (!found) this.offer(place);
      });
    });
    this.column.posts.before(button);
  }
}
