import { Controller } from "@hotwired/stimulus";
import { insertText } from "../live/compose.ts";

/** A small picker of emoji by name. They are fetched when it opens, and go in where the caret was. */
export class ComposerEmojiController extends Controller<HTMLFormElement> {
  static override targets = ["button", "panel", "search", "list"];
  static override values = { url: String };
  declare readonly buttonTarget: HTMLButtonElement;
  declare readonly panelTarget: HTMLElement;
  declare readonly searchTarget: HTMLInputElement;
  declare readonly listTarget: HTMLElement;
  declare readonly urlValue: string;
  private asked = 0;

  override connect(): void {
    this.buttonTarget.hidden = false;
  }

  toggle(): void {
    const open = this.panelTarget.hidden;
    this.panelTarget.hidden = !open;
    this.buttonTarget.ariaExpanded = String(open);
    if (!open) return;
    this.searchTarget.focus();
    if (this.listTarget.children.length === 0) void this.search();
  }

  key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.buttonTarget.focus();
    } else if (event.key === "Enter" && event.target === this.searchTarget) {
      // The search is not a field of the form.
      event.preventDefault();
      this.listTarget.querySelector("button")?.click();
    }
  }

  async search(): Promise<void> {
    const asked = ++this.asked;
    const url = new URL(this.urlValue, location.href);
    url.searchParams.set("kind", "emoji");
    url.searchParams.set("q", this.searchTarget.value);
    try {
      const answer = await fetch(url, { headers: { "x-deck-part": "complete" } });
      const html = await answer.text();
      if (!answer.ok || asked !== this.asked) return;
      const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("li");
      this.listTarget.replaceChildren(...Array.from(found, (item) => this.choice(item)));
    } catch {
      // The text is typed just as well without.
    }
  }

  /** Searching is not writing: the form's other parts need not hear of it. */
  ignore(): void {}

  private choice(item: HTMLElement): HTMLElement {
    const button = document.createElement("button");
    const { insert = "", label = "" } = item.dataset;
    button.type = "button";
    button.textContent = insert;
    button.title = label;
    button.ariaLabel = label;
    button.addEventListener("click", () => this.put(insert));
    return button;
  }

  private put(emoji: string): void {
    const text = this.element.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    this.close();
    if (text) insertText(text, emoji, text.selectionStart, text.selectionEnd);
  }

  private close(): void {
    this.panelTarget.hidden = true;
    this.buttonTarget.ariaExpanded = "false";
  }
}
