import { Controller } from "@hotwired/stimulus";
import { columnsOf, moveColumn, moveColumnBy, removeColumn, widenColumn } from "../live/arrange.ts";

/** How near an edge of the deck a dragged column makes it scroll, and how far each time. */
const edge = 48;
const step = 24;

/** Columns are moved by their handle and by Shift with an arrow; their menus work without leaving the page. */
export class ArrangeController extends Controller<HTMLElement> {
  override connect(): void {
    for (const handle of this.element.querySelectorAll("[data-handle]")) handle.removeAttribute("hidden");
    this.element.addEventListener("pointerdown", this.grab);
    this.element.addEventListener("keydown", this.key);
    this.element.addEventListener("submit", this.submit);
    document.addEventListener("click", this.closeMenus);
  }

  override disconnect(): void {
    this.element.removeEventListener("pointerdown", this.grab);
    this.element.removeEventListener("keydown", this.key);
    this.element.removeEventListener("submit", this.submit);
    document.removeEventListener("click", this.closeMenus);
  }

  private readonly grab = (event: PointerEvent): void => {
    const handle = (event.target as Element).closest<HTMLElement>("[data-handle]");
    const column = handle?.closest<HTMLElement>(".column");
    if (!handle || !column || event.button !== 0) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    drag(handle, column);
  };

  /** On the handle itself the arrows need no Shift. */
  private readonly key = (event: KeyboardEvent): void => {
    const column = (event.target as Element)
      .closest<HTMLElement>("[data-handle]")
      ?.closest<HTMLElement>(".column");
    if (event.key === "Escape") return this.escape(event);
    if (!column || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    moveColumnBy(column, event.key === "ArrowLeft" ? -1 : 1);
  };

  private readonly submit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const menu = form.closest<HTMLDetailsElement>("details.column-menu");
    const column = form.closest<HTMLElement>(".column");
    if (!menu || !column) return;
    const action = new URL(form.action).pathname.split("/").at(-1);
    const values = new FormData(form, event.submitter);
    const width = values.get("width");
    if (action === "move") moveColumnBy(column, values.get("by") === "-1" ? -1 : 1);
    else if (action === "width" && typeof width === "string") void widenColumn(column, width);
    else if (action === "remove") void removeColumn(column);
    else return;
    event.preventDefault();
    // Done with a key, the menu was never open, and one is elsewhere.
    if (menu.open && action !== "remove") menu.querySelector("summary")?.focus();
    menu.open = false;
  };

  /** A menu closes when one presses outside it, as menus do. */
  private readonly closeMenus = (event: Event): void => {
    for (const menu of this.element.querySelectorAll<HTMLDetailsElement>("details.column-menu[open]"))
      if (!menu.contains(event.target as Node)) menu.open = false;
  };

  private escape(event: KeyboardEvent): void {
    const menu = (event.target as Element).closest<HTMLDetailsElement>("details.column-menu[open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

/** Follows the pointer and shows where the column would come to stand; Escape leaves it where it was. */
function drag(handle: HTMLElement, column: HTMLElement): void {
  const listening = new AbortController();
  const { signal } = listening;
  let target: { before: HTMLElement | null } | undefined;
  column.classList.add("dragged");
  const mark = () => {
    const columns = columnsOf(column);
    for (const one of columns) one.classList.remove("drop-before", "drop-after");
    if (!target) return;
    if (target.before) target.before.classList.add("drop-before");
    else columns.at(-1)?.classList.add("drop-after");
  };
  const end = (isDone: boolean) => {
    listening.abort();
    const to = target;
    target = undefined;
    mark();
    column.classList.remove("dragged");
    if (isDone && to) void moveColumn(column, to.before);
  };
  handle.addEventListener(
    "pointermove",
    ({ clientX }) => {
      const columns = columnsOf(column);
      const before = columns.find((one) => {
        const { left, width } = one.getBoundingClientRect();
        return clientX < left + width / 2;
      });
      const next = columns[columns.indexOf(column) + 1] ?? null;
      const stays = before === column || (before ?? null) === next;
      target = stays ? undefined : { before: before ?? null };
      mark();
      scrollAtEdges(column.parentElement, clientX);
    },
    { signal },
  );
  handle.addEventListener("pointerup", () => end(true), { signal });
  handle.addEventListener("pointercancel", () => end(false), { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(false), { signal });
}

function scrollAtEdges(scroller: HTMLElement | null, x: number): void {
  if (!scroller) return;
  const { left, right } = scroller.getBoundingClientRect();
  if (x < left + edge) scroller.scrollBy({ left: -step, behavior: "instant" });
  if (x > right - edge) scroller.scrollBy({ left: step, behavior: "instant" });
}
