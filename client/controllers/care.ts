import { Controller } from "@hotwired/stimulus";
import { announceQuietly, askFor, sendForm } from "../live/care-requests.ts";
import { toast, toastWithAction } from "../live/toast.ts";

type Change = { put?: string; gone?: string };
type Answer = { message: string; undo?: Record<string, string | string[]> };

/** How soon what a burst of changes made of a panel, or of the count of what waits, is read. */
const settling = 150;
const betweenReads = 400;

/**
 * Looking after threads without leaving the page: the forms of an item open in a dialog, are sent from there, and what
 * was done can be undone from the toast. Panels and counts follow what colleagues do.
 */
export class CareController extends Controller<HTMLElement> {
  static override targets = ["dialog"];
  static override values = { words: Object, undo: String };
  declare readonly dialogTarget: HTMLDialogElement;
  declare readonly wordsValue: { undo: string };
  declare readonly undoValue: string;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private refreshedAt = -Infinity;
  /** Selectors of what is to be read again. */
  private readonly wanted = new Set<string>();
  private busy = false;

  override connect(): void {
    document.addEventListener("click", this.click);
    document.addEventListener("submit", this.submit);
    document.addEventListener("toggle", this.toggled, true);
    document.addEventListener("keydown", this.escape);
    document.addEventListener("deck:changes", this.changed);
    document.addEventListener("care:ask", this.ask);
  }

  override disconnect(): void {
    document.removeEventListener("click", this.click);
    document.removeEventListener("submit", this.submit);
    document.removeEventListener("toggle", this.toggled, true);
    document.removeEventListener("keydown", this.escape);
    document.removeEventListener("deck:changes", this.changed);
    document.removeEventListener("care:ask", this.ask);
    clearTimeout(this.refreshing);
  }

  private readonly click = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest("[data-care-cancel]")) return this.dialogTarget.close();
    this.closeMenus(target);
    const link = target.closest<HTMLAnchorElement>("a[data-care-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    const { carePath = link.href, careStep = "" } = link.dataset;
    void this.open(carePath, careStep);
  };

  /** Another part of the page asks for a form: the bar of those that are selected. */
  private readonly ask = (event: Event): void => {
    const { path, step, count } = (event as CustomEvent<{ path: string; step: string; count?: number }>)
      .detail;
    void this.open(path, step, count);
  };

  private async open(path: string, step: string, count?: number): Promise<void> {
    const url = new URL(path, location.href);
    url.hash = "";
    url.searchParams.set("step", step);
    if (count !== undefined) url.searchParams.set("count", String(count));
    const html = await askFor(url, "care");
    if (html !== undefined) this.show(html);
  }

  private show(html: string): void {
    const dialog = this.dialogTarget;
    dialog.innerHTML = html;
    for (const button of dialog.querySelectorAll<HTMLElement>("[data-care-cancel]")) button.hidden = false;
    if (!dialog.open) dialog.showModal();
    dialog
      .querySelector<HTMLElement>("form[data-care-form] :is(input:not([type=hidden]), select, textarea)")
      ?.focus();
  }

  private readonly submit = (event: SubmitEvent): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-care-form]") || event.defaultPrevented)
      return;
    event.preventDefault();
    void this.send(form, event.submitter);
  };

  private async send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const body = new FormData(form, submitter);
    const isBulk = form.matches("[data-care-bulk]");
    if (isBulk) document.dispatchEvent(new CustomEvent("care:chosen", { detail: body }));
    const answer = await sendForm(form.action, body);
    this.busy = false;
    if (!answer) return;
    if (answer.html !== undefined) return this.show(answer.html);
    if (this.dialogTarget.open) this.dialogTarget.close();
    if (isBulk || form.matches("[data-care-list]")) document.dispatchEvent(new Event("care:done"));
    this.tell(JSON.parse(answer.json) as Answer);
    // A page that has no line shows it by being read again.
    if (form.matches("[data-care-list]")) void this.readListAgain();
    this.refresh();
  }

  private tell({ message, undo }: Answer): void {
    if (!undo) return toast(message);
    toastWithAction(message, {
      label: this.wordsValue.undo,
      run: async () => {
        const body = new FormData();
        for (const [name, values] of Object.entries(undo))
          for (const value of [values].flat()) body.append(name, value);
        const answer = await sendForm(this.undoValue, body);
        if (answer?.json === undefined) return;
        toast((JSON.parse(answer.json) as Answer).message);
        this.refresh();
        void this.readListAgain();
      },
    });
  }

  /** What others do comes over the line: it brings the posts of the threads that look different now. */
  private readonly changed = (event: Event): void => {
    const changes = (event as CustomEvent<Change[]>).detail;
    if (changes.some(isOfInbox)) this.wanted.add("[data-care-waiting]");
    for (const panel of document.querySelectorAll<HTMLElement>("[data-care-panel]"))
      if (changes.some((change) => change.put?.includes(` data-thread="${panel.dataset["carePanel"]}"`)))
        this.wanted.add("[data-care-panel]");
    this.refreshSoon();
  };

  private refresh(): void {
    this.wanted.add("[data-care-panel]").add("[data-care-waiting]");
    this.refreshSoon();
  }

  /** A burst is read once, and a long one now and then: what colleagues do is to be seen within a second. */
  private refreshSoon(): void {
    if (this.refreshing || this.wanted.size === 0) return;
    const wait = Math.max(settling, this.refreshedAt + betweenReads - performance.now());
    this.refreshing = setTimeout(() => {
      this.refreshing = undefined;
      this.refreshedAt = performance.now();
      const wanted = [...this.wanted].join(",");
      this.wanted.clear();
      for (const part of document.querySelectorAll<HTMLElement>(wanted))
        void (part.matches("[data-care-panel]") ? refreshPanel(part) : refreshNote(part));
    }, wait);
  }

  private async readListAgain(): Promise<void> {
    const list = document.querySelector("[data-care-list]");
    if (!list) return;
    const html = await askFor(new URL(location.href), "page");
    const fresh =
      html && new DOMParser().parseFromString(html, "text/html").querySelector("[data-care-list] .care-list");
    const old = list.querySelector(".care-list");
    if (fresh && old) old.replaceWith(document.importNode(fresh, true));
    else if (html) location.reload();
  }

  /** Whoever opens a form writes in it. */
  private readonly toggled = (event: Event): void => {
    const door = event.target as Element;
    if (!(door instanceof HTMLDetailsElement) || !door.open) return;
    if (door.matches(".care-door"))
      door.querySelector<HTMLElement>(":is(input:not([type=hidden]), select, textarea)")?.focus();
    if (!door.matches("[data-care-menu]")) return;
    place(door);
    door.querySelector<HTMLElement>("a")?.focus();
  };

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    const menu = (event.target as Element).closest<HTMLDetailsElement>("[data-care-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };

  private closeMenus(except: Element): void {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-care-menu][open]"))
      if (!menu.contains(except)) menu.open = false;
  }
}

/** Only there do posts bear what one does about them. */
function isOfInbox(change: Change): boolean {
  return change.gone !== undefined || change.put?.includes(" data-care-step=") === true;
}

/** Opens upwards, unless it would be cut off there. */
function place(menu: HTMLElement): void {
  const list = menu.querySelector("ul");
  const room = menu.closest("[data-posts]");
  if (!list || !room) return;
  const above = menu.getBoundingClientRect().top - room.getBoundingClientRect().top;
  menu.classList.toggle("downwards", list.offsetHeight > above);
}

/** A panel in which somebody writes keeps its forms: only what it shows is exchanged. */
async function refreshPanel(panel: HTMLElement): Promise<void> {
  const html = await askFor(new URL(panel.dataset["carePath"] ?? "", location.href), "panel");
  const fresh = html === undefined ? undefined : parse(html);
  if (!fresh) return;
  for (const selector of [".care-summary", ".care-notes > ol, .care-notes > p", ".care-history > ol"]) {
    const [old, now] = [panel.querySelector(selector), fresh.querySelector(selector)];
    if (old && now && old.outerHTML !== now.outerHTML && !old.contains(document.activeElement))
      old.replaceWith(now);
  }
  const writing = panel.querySelector(".care-door[open]");
  const doors = panel.querySelector(".care-doors");
  if (!writing && doors && !doors.contains(document.activeElement))
    doors.replaceWith(fresh.querySelector(".care-doors") ?? doors);
  // What is being written is meant for the thread as it was seen: the version stays, and the server says what changed.
}

async function refreshNote(note: HTMLElement): Promise<void> {
  const html = await askFor(new URL(note.dataset["carePath"] ?? "", location.href), "part");
  const fresh = html === undefined ? undefined : parse(html);
  if (!fresh || fresh.outerHTML === note.outerHTML.replace(' open=""', "")) return;
  if (note.contains(document.activeElement)) return;
  const before = note.querySelector(".overdue-section summary")?.textContent;
  const now = fresh.querySelector(".overdue-section summary")?.textContent;
  const isOpen = note.querySelector("details")?.open ?? false;
  const details = fresh.querySelector("details");
  if (details) details.open = isOpen;
  note.replaceWith(fresh);
  if (now && now !== before) announceQuietly(now);
}

function parse(html: string): HTMLElement | undefined {
  const template = document.createElement("template");
  template.innerHTML = html;
  return (document.importNode(template.content, true).firstElementChild as HTMLElement | null) ?? undefined;
}
