import { Controller } from "@hotwired/stimulus";
import {
  actionsHere,
  columnsHere,
  matches,
  RecentChoices,
  type Entry,
  type EntryGroup,
} from "../live/palette-entries.ts";
import { fill } from "../live/words.ts";

type Words = Record<
  | "found"
  | "foundOne"
  | "none"
  | "searching"
  | "failed"
  | "tooMany"
  | "recent"
  | "columns"
  | "actions"
  | "pages"
  | "write",
  string
>;

/** Nothing is asked while somebody types on. */
const pauseMs = 150;
const mostOfKind = 8;

/** Finds whatever one can go to or do, by keyboard alone. Focus stays in the field; the list shows what Enter would take. */
export class PaletteController extends Controller<HTMLDialogElement> {
  static override targets = ["field", "list", "status"];
  static override values = { url: String, person: String, words: Object, pages: Array };
  declare readonly fieldTarget: HTMLInputElement;
  declare readonly listTarget: HTMLElement;
  declare readonly statusTarget: HTMLElement;
  declare readonly urlValue: string;
  declare readonly personValue: string;
  declare readonly wordsValue: Words;
  declare readonly pagesValue: Entry[];
  private entries = new Map<Element, { entry: Entry; here: boolean }>();
  private local: EntryGroup[] = [];
  private columns: Entry[] = [];
  private actions: Entry[] = [];
  private recent = new RecentChoices("");
  private before: Element | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;

  override connect(): void {
    document.addEventListener("click", this.follow, { capture: true });
    this.recent = new RecentChoices(this.personValue);
  }

  override disconnect(): void {
    document.removeEventListener("click", this.follow, { capture: true });
  }

  /** The link to the page of searches opens here instead. */
  private readonly follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    if (!event.target.closest("[data-palette-open]")) return;
    event.preventDefault();
    this.open();
  };

  open(): void {
    if (this.element.open) return;
    this.before = document.activeElement;
    this.columns = columnsHere();
    this.actions = actionsHere(this.wordsValue.write);
    this.fieldTarget.value = "";
    this.element.showModal();
    this.fieldTarget.focus();
    this.lookHere("");
    this.draw([]);
    this.statusTarget.textContent = "";
  }

  type(): void {
    const typed = this.fieldTarget.value.trim();
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.lookHere(typed);
    this.draw([]);
    if (typed === "") return void (this.statusTarget.textContent = "");
    this.statusTarget.textContent = this.wordsValue.searching;
    this.waiting = setTimeout(() => void this.ask(typed), pauseMs);
  }

  key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const options = [...this.entries.keys()];
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const go = (to: number) => {
      event.preventDefault();
      this.select(options[(to + options.length) % options.length]);
    };
    if (event.key === "ArrowDown") go(now + 1);
    else if (event.key === "ArrowUp") go(now < 0 ? options.length - 1 : now - 1);
    else if (event.key === "Enter" && event.target === this.fieldTarget) {
      event.preventDefault();
      const option = options[Math.max(now, 0)];
      if (option) this.choose(option);
    }
  }

  click(event: MouseEvent): void {
    const option = (event.target as Element).closest("[role=option]");
    if (option) this.choose(option);
    // Beside the dialog lies its backdrop.
    else if (event.target === this.element) this.element.close();
  }

  closed(): void {
    clearTimeout(this.waiting);
    this.asked?.abort();
    if (this.before instanceof HTMLElement && this.before.isConnected)
      this.before.focus({ preventScroll: true });
  }

  private choose(option: Element): void {
    const chosen = this.entries.get(option);
    if (!chosen) return;
    const { entry, here } = chosen;
    if (here) this.recent.add(entry.label);
    this.element.close();
    if (entry.href) return location.assign(entry.href);
    // The dialog gives focus back first, so that the act finds the page as it was.
    setTimeout(() => entry.run?.());
  }

  private async ask(typed: string): Promise<void> {
    const asked = new AbortController();
    this.asked = asked;
    const words = this.wordsValue;
    const url = new URL(this.urlValue, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { headers: { "x-deck-part": "palette" }, signal: asked.signal });
      if (answer.status === 429) return void (this.statusTarget.textContent = words.tooMany);
      if (!answer.ok) throw new Error(String(answer.status));
      this.draw(((await answer.json()) as { groups: EntryGroup[] }).groups);
      const count = this.entries.size;
      this.statusTarget.textContent =
        count === 0 ? words.none : count === 1 ? words.foundOne : fill(words.found, { count });
    } catch {
      if (!asked.signal.aborted) this.statusTarget.textContent = words.failed;
    }
  }

  /** What is on this page: without words what was chosen before comes first. */
  private lookHere(typed: string): void {
    const words = this.wordsValue;
    const all = [
      { name: words.columns, items: this.columns },
      { name: words.actions, items: this.actions },
      { name: words.pages, items: this.pagesValue },
    ];
    const chosen = this.recent.all();
    const everything = all.flatMap(({ items }) => items);
    const recent = chosen.flatMap((label) => everything.find((one) => one.label === label) ?? []);
    const isWanted = (entry: Entry) => typed === "" || matches(entry.label, typed);
    const first = recent.filter(isWanted);
    // A page that has a key stands among the actions, with it.
    const withKey = new Set(this.actions.map((entry) => entry.label));
    const isTwin = (name: string, entry: Entry) => name === words.pages && withKey.has(entry.label);
    this.local = [
      { name: words.recent, items: first },
      ...all.map(({ name, items }) => ({
        name,
        items: items.filter((entry) => isWanted(entry) && !first.includes(entry) && !isTwin(name, entry)),
      })),
    ];
  }

  private draw(found: readonly EntryGroup[]): void {
    const before = this.entries.get(this.selected() ?? document.body)?.entry.label;
    this.entries = new Map();
    const groups = [...this.local.map((group) => ({ ...group, here: true })), ...found]
      .filter(({ items }) => items.length > 0)
      .map((group, index) => this.drawGroup(group, index, "here" in group));
    this.listTarget.replaceChildren(...groups);
    this.listTarget.hidden = this.entries.size === 0;
    this.fieldTarget.setAttribute("aria-expanded", String(this.entries.size > 0));
    const options = [...this.entries];
    this.select((options.find(([, one]) => one.entry.label === before) ?? options[0])?.[0]);
  }

  private drawGroup({ name, items }: EntryGroup, index: number, here: boolean): HTMLElement {
    const group = made("div", "palette-group");
    const title = made("p", "palette-name", name);
    title.id = `palette-group-${index}`;
    title.setAttribute("role", "presentation");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    group.append(title);
    for (const entry of items.slice(0, here ? mostOfKind * 2 : mostOfKind)) {
      const option = made("div", "palette-option");
      option.id = `palette-option-${this.entries.size}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(made("span", "palette-label", entry.label));
      if (entry.note) option.append(made("span", "palette-note", entry.note));
      if (entry.key) option.append(made("kbd", "", entry.key));
      group.append(option);
      this.entries.set(option, { entry, here });
    }
    return group;
  }

  private selected(): Element | undefined {
    return [...this.entries.keys()].find((option) => option.getAttribute("aria-selected") === "true");
  }

  private select(option: Element | undefined): void {
    this.selected()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.fieldTarget.setAttribute("aria-activedescendant", option.id);
    else this.fieldTarget.removeAttribute("aria-activedescendant");
  }
}

function made(tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
