import { Controller } from "@hotwired/stimulus";
import { insertText, send } from "../live/compose.ts";

type Words = Record<"choose" | "search" | "noneFound" | "close", string>;

/** Opens the canned answers over the composer and puts the chosen one in where the caret was; a link without script. */
export class CannedController extends Controller<HTMLAnchorElement> {
  static override values = { words: Object };
  declare readonly wordsValue: Words;

  async open(event: MouseEvent): Promise<void> {
    const text = this.element.closest("form")?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    if (!text || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const url = new URL(this.element.href);
    const account = text.form?.elements.namedItem("account");
    // Another account may have been chosen since the page was made.
    if (account instanceof HTMLInputElement || account instanceof HTMLSelectElement)
      url.searchParams.set("account", account.value);
    const html = await send(url.href, undefined, async (answer) => (answer.ok ? answer.text() : undefined));
    if (html === undefined || document.querySelector("dialog[open]")) return;
    this.show(html, text);
  }

  private show(html: string, text: HTMLTextAreaElement): void {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog canned-dialog";
    dialog.setAttribute("aria-labelledby", "canned-title");
    const made = new DOMParser().parseFromString(html, "text/html").body;
    dialog.append(this.head(dialog), ...document.importNode(made, true).children);
    this.filter(dialog);
    for (const item of itemsIn(dialog)) {
      const button = item.querySelector<HTMLButtonElement>("[data-canned-insert]");
      item.querySelector("[data-canned-use]")?.remove();
      if (!button) continue;
      button.hidden = false;
      button.addEventListener("click", () => {
        dialog.close();
        put(text, item);
      });
    }
    dialog.addEventListener("click", (click) => {
      if (click.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (document.activeElement === document.body) this.element.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  private head(dialog: HTMLDialogElement): HTMLElement {
    const header = document.createElement("header");
    const title = document.createElement("h2");
    title.id = "canned-title";
    title.textContent = this.wordsValue.choose;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button text";
    close.textContent = this.wordsValue.close;
    close.addEventListener("click", () => dialog.close());
    header.append(title, close);
    return header;
  }

  private filter(dialog: HTMLDialogElement): void {
    const list = dialog.querySelector(".canned-list");
    if (!list) return;
    const label = document.createElement("label");
    label.className = "label";
    label.textContent = this.wordsValue.search;
    const field = document.createElement("input");
    field.type = "search";
    field.className = "input";
    field.autofocus = true;
    label.append(field);
    const none = document.createElement("p");
    none.role = "status";
    list.before(label, none);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      const items = itemsIn(dialog);
      for (const item of items)
        item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
      none.textContent = items.every((item) => item.hidden) ? this.wordsValue.noneFound : "";
    });
    // Enter takes the first that is left.
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      itemsIn(dialog)
        .find((item) => !item.hidden)
        ?.querySelector<HTMLButtonElement>("[data-canned-insert]")
        ?.click();
    });
  }
}

function itemsIn(dialog: HTMLElement): HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>("[data-canned-item]")];
}

function put(text: HTMLTextAreaElement, item: HTMLElement): void {
  const answer = item.querySelector("[data-canned-text]")?.textContent ?? "";
  // A field that nobody has been in has its caret before the names of those who are answered.
  const untouched = text.selectionStart === 0 && text.selectionEnd === 0;
  const [from, to] = untouched
    ? [text.value.length, text.value.length]
    : [text.selectionStart, text.selectionEnd];
  const apart = /\S$/.test(text.value.slice(0, from)) ? "\n\n" : "";
  insertText(text, apart + answer, from, to);
  const { form } = text;
  form?.querySelector("[data-canned-said]")?.remove();
  const warning = item.querySelector<HTMLTemplateElement>("template[data-canned-warning]");
  if (!warning?.content.firstElementChild) return;
  const said = document.createElement("div");
  said.dataset["cannedSaid"] = "";
  said.className = "stack";
  // In the page first: what comes into it afterwards is read out.
  (text.closest(".composer-text") ?? text).after(said);
  said.append(document.importNode(warning.content, true));
}
