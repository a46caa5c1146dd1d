import { Controller } from "@hotwired/stimulus";

/** Several threads of the deck chosen at once, and the bar that says how many and what can be done with them. */
export class SelectController extends Controller<HTMLElement> {
  static override targets = ["count"];
  static override values = { words: Object, bulk: String };
  declare readonly countTarget: HTMLElement;
  declare readonly wordsValue: { chosen: string; chosenOne: string };
  declare readonly bulkValue: string;
  /** The version that was seen when it was chosen, by thread: who acts on what has changed since is told. */
  private readonly chosen = new Map<string, string>();
  private last: HTMLInputElement | undefined;
  private redrawing = false;

  override connect(): void {
    document.addEventListener("click", this.click);
    document.addEventListener("care:chosen", this.give);
    document.addEventListener("care:done", this.done);
    document.addEventListener("deck:items", this.redraw);
    document.addEventListener("deck:changes", this.redraw);
    this.reveal();
  }

  override disconnect(): void {
    document.removeEventListener("click", this.click);
    document.removeEventListener("care:chosen", this.give);
    document.removeEventListener("care:done", this.done);
    document.removeEventListener("deck:items", this.redraw);
    document.removeEventListener("deck:changes", this.redraw);
  }

  none(): void {
    this.chosen.clear();
    this.draw();
    document.querySelector<HTMLElement>(".post.selected")?.focus({ preventScroll: true });
  }

  /** Opens the form of an act for all that are chosen. */
  ask(event: Event): void {
    const step = (event.currentTarget as HTMLElement).dataset["selectStep"];
    const detail = { path: this.bulkValue, step, count: this.chosen.size };
    document.dispatchEvent(new CustomEvent("care:ask", { detail }));
  }

  private readonly click = (event: MouseEvent): void => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "chosen") return;
    if (!box.closest("[data-care-select]")) return this.ranged(box, event.shiftKey);
    const range = event.shiftKey && this.last?.isConnected ? between(this.last, box) : [box];
    for (const one of range) {
      if (box.checked) this.chosen.set(one.value, one.dataset["version"] ?? "");
      else this.chosen.delete(one.value);
    }
    this.last = box;
    this.draw();
  };

  /** In the list the boxes themselves are the choice: only a range is helped with. */
  private ranged(box: HTMLInputElement, isRange: boolean): void {
    if (isRange && this.last?.isConnected)
      for (const one of between(this.last, box)) one.checked = box.checked;
    this.last = box;
  }

  private readonly give = (event: Event): void => {
    const body = (event as CustomEvent<FormData>).detail;
    for (const [thread, version] of this.chosen)
      body.append("chosen", version ? `${thread}.${version}` : thread);
  };

  private readonly done = (): void => {
    this.chosen.clear();
    this.draw();
  };

  private readonly redraw = (): void => {
    if (this.redrawing) return;
    this.redrawing = true;
    requestAnimationFrame(() => {
      this.redrawing = false;
      this.reveal();
    });
  };

  /** Boxes are of no use without script. A post is not changed by it: what is served anew can be told from what is not. */
  private reveal(): void {
    document.documentElement.classList.add("can-select");
    this.draw();
  }

  private draw(): void {
    for (const box of document.querySelectorAll<HTMLInputElement>("[data-care-select] input")) {
      const isChosen = this.chosen.has(box.value);
      if (box.checked !== isChosen) box.checked = isChosen;
    }
    const { size } = this.chosen;
    const words = this.wordsValue;
    const text = size === 0 ? "" : `${size} ${size === 1 ? words.chosenOne : words.chosen}`;
    if (this.countTarget.textContent !== text) this.countTarget.textContent = text;
    this.element.hidden = size === 0;
    document.documentElement.classList.toggle("selecting", size > 0);
  }
}

/** The boxes of a column from one to another, in either direction. */
function between(from: HTMLInputElement, to: HTMLInputElement): HTMLInputElement[] {
  const column = to.closest(".column, [data-care-list]");
  const boxes = [...(column?.querySelectorAll<HTMLInputElement>("input[name=chosen]") ?? [])];
  const [a, b] = [boxes.indexOf(from), boxes.indexOf(to)].toSorted((one, other) => one - other);
  return a === undefined || b === undefined || a < 0 ? [to] : boxes.slice(a, b + 1);
}
