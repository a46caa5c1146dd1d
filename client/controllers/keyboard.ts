import { Controller } from "@hotwired/stimulus";
import { closeSheet, openSheet } from "../live/sheet.ts";

/** The whole deck without a mouse. Keys do nothing while one types, and never replace the browser's own. */
export class KeyboardController extends Controller<HTMLElement> {
  override connect(): void {
    this.element.querySelector("[data-keys-help]")?.removeAttribute("hidden");
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape") return this.escape(target);
    if (isTyping(target) || document.querySelector("dialog[open]")) return;
    const act = this.keys[event.key];
    if (!act) return;
    if (event.key === "Enter" && !target.matches(".post")) return;
    if (event.key.startsWith("Arrow") && !target.closest(".columns")) return;
    if (act(event) !== false) event.preventDefault();
  }

  help(): void {
    const dialog = document.getElementById("shortcuts");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }

  private readonly keys: Record<string, (event: KeyboardEvent) => boolean | void> = {
    n: () => this.write(),
    j: () => this.move(1),
    k: () => this.move(-1),
    h: () => this.turn(-1),
    l: () => this.turn(1),
    ArrowLeft: () => this.turn(-1),
    ArrowRight: () => this.turn(1),
    o: () => this.open(),
    Enter: () => this.open(),
    r: () => this.act("r"),
    f: () => this.act("f"),
    b: () => this.act("b"),
    e: () => this.act("e"),
    ".": () => this.showNew(),
    "?": () => this.help(),
  };

  private write(): void {
    const composer = document.getElementById("composer");
    // On the page of a conversation the composer answers: a new post is written on the deck.
    if (!composer || composer.closest(".deck-main"))
      return this.element.querySelector<HTMLElement>("a[href$='#composer']")?.click();
    openSheet(composer);
    composer.querySelector<HTMLElement>("textarea[name=text]")?.focus();
  }

  private move(step: 1 | -1): boolean {
    const column = this.column();
    const articles = column ? [...column.querySelectorAll<HTMLElement>(".item > .post")] : [];
    const now = articles.findIndex((article) => article.classList.contains("selected"));
    const next = articles[now < 0 ? 0 : now + step];
    if (next) this.select(next);
    return next !== undefined;
  }

  private turn(step: 1 | -1): boolean {
    const columns = [...this.element.querySelectorAll<HTMLElement>(".column")];
    const now = columns.indexOf(this.column() ?? document.body);
    const next = columns[now + step];
    if (!next) return false;
    next.scrollIntoView({ inline: "nearest", block: "nearest" });
    const article = next.querySelector<HTMLElement>(".item > .post");
    if (article) this.select(article);
    else next.querySelector<HTMLElement>("[data-posts]")?.focus();
    return true;
  }

  private select(article: HTMLElement): void {
    for (const other of this.element.querySelectorAll(".post.selected")) other.classList.remove("selected");
    article.classList.add("selected");
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
  }

  private open(): boolean {
    const link = this.selected()?.querySelector<HTMLAnchorElement>("a.when");
    link?.click();
    return link !== undefined;
  }

  /** Presses the button that carries the key. */
  private act(key: string): boolean {
    const control = this.selected()?.querySelector<HTMLElement>(`[data-deck-key="${key}"]`);
    control?.click();
    return control !== null && control !== undefined;
  }

  private showNew(): void {
    const column = this.column();
    const here = column?.querySelector<HTMLButtonElement>("[data-waiting]:not([hidden])");
    (here ?? this.element.querySelector<HTMLButtonElement>("[data-waiting]:not([hidden])"))?.click();
  }

  private escape(target: HTMLElement): void {
    const composer = document.getElementById("composer");
    if (composer?.contains(target)) closeSheet();
  }

  private selected(): HTMLElement | undefined {
    return this.element.querySelector<HTMLElement>(".post.selected") ?? undefined;
  }

  private column(): HTMLElement | undefined {
    const focused = document.activeElement?.closest<HTMLElement>(".column");
    return (
      focused ??
      this.selected()?.closest<HTMLElement>(".column") ??
      this.element.querySelector<HTMLElement>(".column") ??
      undefined
    );
  }
}

function isTyping(element: HTMLElement): boolean {
  return (
    element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  );
}
