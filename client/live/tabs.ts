/** The tabs of a narrow screen: the one of the column in view is marked, and each says how much waits in its column. */
export class Tabs {
  private readonly deck: HTMLElement;
  private readonly watcher: IntersectionObserver;
  private readonly narrow = matchMedia("(max-width: 56rem)");

  constructor(deck: HTMLElement) {
    this.deck = deck;
    this.watcher = new IntersectionObserver(
      (seen) => {
        const changed = seen.some((one) => one.isIntersecting && one.intersectionRatio > 0.6);
        const shown = this.inView();
        if (changed && shown) this.mark(shown);
      },
      { root: deck.querySelector(".columns"), threshold: [0.61] },
    );
    deck.addEventListener("deck:waiting", this.count);
    this.comeBack();
  }

  /** A page that is read again has its columns at the first; the address remembers which one it was. */
  private comeBack(): void {
    const column = location.hash.startsWith("#column-") && document.getElementById(location.hash.slice(1));
    if (column && this.narrow.matches)
      column.parentElement?.scrollTo({ left: column.offsetLeft, behavior: "instant" });
  }

  watch(column: HTMLElement): void {
    this.watcher.observe(column);
  }

  unwatch(column: HTMLElement): void {
    this.watcher.unobserve(column);
  }

  stop(): void {
    this.watcher.disconnect();
    this.deck.removeEventListener("deck:waiting", this.count);
  }

  /** Where there is room for two, the first of them. */
  private inView(): HTMLElement | undefined {
    const edge = this.deck.querySelector(".columns")?.getBoundingClientRect().left ?? 0;
    return [...this.deck.querySelectorAll<HTMLElement>(".columns > .column")].find((column) => {
      const { left, width } = column.getBoundingClientRect();
      return left >= edge - 0.4 * width;
    });
  }

  private mark(column: HTMLElement): void {
    if (!this.narrow.matches) return;
    const current = this.tabOf(column);
    if (!current) return;
    for (const tab of this.deck.querySelectorAll(".tabbar [aria-current]"))
      tab.removeAttribute("aria-current");
    current.setAttribute("aria-current", "true");
    const bar = current.closest<HTMLElement>(".tabbar");
    if (bar) bar.scrollLeft = current.offsetLeft - (bar.clientWidth - current.offsetWidth) / 3;
    // A reload comes back to the column that one was in; a sheet has an address of its own.
    if (!document.querySelector(".composer[data-open]") && location.hash !== `#${column.id}`)
      history.replaceState(history.state, "", `#${column.id}`);
  }

  private readonly count = (event: Event): void => {
    const { count } = (event as CustomEvent<{ count: number }>).detail;
    const tab = this.tabOf(event.target as HTMLElement);
    if (!tab) return;
    const badge = tab.querySelector(".tab-count") ?? document.createElement("span");
    badge.className = "tab-count";
    badge.textContent = count > 99 ? "99+" : String(count);
    if (count === 0) badge.remove();
    else if (!badge.isConnected) tab.append(badge);
  };

  private tabOf(column: HTMLElement): HTMLElement | undefined {
    const { column: id, kind } = column.dataset;
    const selector = id ? `.tabbar [data-column="${id}"]` : `.tabbar [data-kind="${kind}"]`;
    return this.deck.querySelector<HTMLElement>(selector) ?? undefined;
  }
}
