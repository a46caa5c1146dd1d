import { Controller } from "@hotwired/stimulus";
import { composerWords, insertText, say } from "../live/compose.ts";

const afterMs = 120;
/** What is being typed before the caret: "@anna@soc", "#sim", ":gla". */
const begun =
  /(?<![\p{L}\p{N}_@#:/.])(?:(?<mention>@[\p{L}\p{N}_.@-]{1,60})|(?<tag>#[\p{L}\p{N}_]{1,60})|(?<emoji>:[\p{L}_]{2,30}))$/u;

/** Suggests whom, what or which is meant while it is typed; the focus never leaves the text. */
export class ComposerCompleteController extends Controller<HTMLFormElement> {
  static override targets = ["text", "field"];
  static override values = { url: String };
  declare readonly textTarget: HTMLTextAreaElement;
  declare readonly fieldTarget: HTMLElement;
  declare readonly urlValue: string;
  private list: HTMLElement | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override disconnect(): void {
    clearTimeout(this.timer);
    this.close();
  }

  type(event: Event): void {
    clearTimeout(this.timer);
    if (event instanceof InputEvent && event.isComposing) return;
    const found = this.found();
    if (!found) return this.close();
    this.timer = setTimeout(() => void this.ask(found.kind, found.typed), afterMs);
  }

  key(event: KeyboardEvent): void {
    if (!this.list || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...this.list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown") this.select(options, (at + 1) % options.length);
    else if (event.key === "ArrowUp") this.select(options, at <= 0 ? options.length - 1 : at - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) this.choose(options[at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  close(): void {
    clearTimeout(this.timer);
    this.asked++;
    this.list?.remove();
    this.list = undefined;
    for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"])
      this.textTarget.removeAttribute(name);
  }

  private found(): { kind: string; typed: string; start: number } | undefined {
    const { selectionStart, selectionEnd, value } = this.textTarget;
    if (selectionStart !== selectionEnd) return undefined;
    const match = begun.exec(value.slice(Math.max(0, selectionStart - 80), selectionStart));
    if (!match?.groups) return undefined;
    for (const kind of ["mention", "tag", "emoji"]) {
      const typed = match.groups[kind];
      if (typed !== undefined) return { kind, typed: typed.slice(1), start: selectionStart - typed.length };
    }
    return undefined;
  }

  private async ask(kind: string, typed: string): Promise<void> {
    const asked = ++this.asked;
    const url = new URL(this.urlValue, location.href);
    url.searchParams.set("kind", kind);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { headers: { "x-deck-part": "complete" } });
      const html = await answer.text();
      if (answer.ok && asked === this.asked) this.show(html);
    } catch {
      // The text is typed just as well without suggestions.
    }
  }

  private show(html: string): void {
    const items = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("li")].slice(0, 8);
    const typed = this.found()?.typed.toLowerCase();
    const isWhole = items.length === 1 && items[0]?.dataset["insert"]?.slice(1).toLowerCase() === typed;
    if (items.length === 0 || isWhole || document.activeElement !== this.textTarget) return this.close();
    const words = composerWords(this.element);
    const list = this.list ?? document.createElement("ul");
    list.id = "composer-suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.listbox);
    list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    if (!this.list) this.fieldTarget.append(list);
    this.list = list;
    // A text field has no expanded state: that there is a list is said instead.
    this.textTarget.setAttribute("aria-autocomplete", "list");
    this.textTarget.setAttribute("aria-controls", list.id);
    this.textTarget.removeAttribute("aria-activedescendant");
    const many = words.suggestions.replace("{count}", String(items.length));
    say(this.element, items.length === 1 ? words.oneSuggestion : many);
  }

  private option(item: HTMLElement, index: number): HTMLElement {
    const option = document.importNode(item, true);
    option.id = `composer-suggestion-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    // Pressing must not take the focus out of the text before the choice is made.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.choose(option));
    return option;
  }

  private select(options: Element[], index: number): void {
    for (const [n, option] of options.entries()) option.ariaSelected = String(n === index);
    const chosen = options[index];
    if (!chosen) return;
    this.textTarget.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  private choose(option: Element | undefined): void {
    const found = this.found();
    const text = option instanceof HTMLElement ? option.dataset["insert"] : undefined;
    this.close();
    if (!found || !text) return;
    insertText(this.textTarget, `${text} `, found.start, this.textTarget.selectionStart);
  }
}
