import { openSheet } from "./sheet.ts";

/** Something that the palette offers: it leads somewhere, or does something on this page. */
export type Entry = {
  label: string;
  note?: string | undefined;
  /** The key that does the same. */
  key?: string | undefined;
  href?: string | undefined;
  run?: (() => void) | undefined;
};
export type EntryGroup = { name: string; items: Entry[] };

/** The columns of this deck, from left to right. */
export function columnsHere(): Entry[] {
  return [...document.querySelectorAll<HTMLElement>(".column[data-column]")].map((column) => ({
    label: column.querySelector("h2")?.textContent?.trim() ?? "",
    run: () => {
      column.scrollIntoView({ inline: "nearest", block: "nearest" });
      const place =
        column.querySelector<HTMLElement>(".post.selected, .item > .post") ??
        column.querySelector<HTMLElement>("[data-posts]");
      place?.focus({ preventScroll: true });
    },
  }));
}

/** Every control that has a key: those of the selected post first, then those of the page. */
export function actionsHere(write: string): Entry[] {
  const ofPost = document.querySelectorAll<HTMLElement>(".post.selected [data-deck-key]");
  const ofPage = document.querySelectorAll<HTMLElement>("[data-global-key]:not([data-palette-open])");
  const seen = new Set<string>();
  const marked = [...ofPost, ...ofPage].flatMap((control) => {
    const label = nameOf(control);
    if (!label || seen.has(label) || control.closest("[hidden]")) return [];
    seen.add(label);
    const key = control.dataset["deckKey"] ?? control.dataset["globalKey"];
    return [{ label, key, run: () => control.click() }];
  });
  return [...marked, ...writeHere(write), ...helpHere()];
}

/** The composer of the deck has its key without a control of its own. */
function writeHere(label: string): Entry[] {
  const composer = document.querySelector<HTMLElement>(".deck > #composer");
  if (!composer) return [];
  const run = () => {
    openSheet(composer);
    composer.querySelector<HTMLElement>("textarea[name=text]")?.focus();
  };
  return [{ label, key: "n", run }];
}

function helpHere(): Entry[] {
  const help = document.querySelector<HTMLElement>("[data-keys-help]:not([hidden]) button");
  return help ? [{ label: nameOf(help), key: "?", run: () => help.click() }] : [];
}

/** Whether every word that was typed begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** What was chosen before, latest first: names of columns, actions and pages alone, and never whom or what one looked for. */
export class RecentChoices {
  private readonly key: string;

  constructor(person: string) {
    this.key = `torg-palette ${person}`;
  }

  all(): string[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
    } catch {
      return [];
    }
  }

  add(label: string): void {
    const kept = [label, ...this.all().filter((one) => one !== label)].slice(0, 6);
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Without room or leave to keep it, there is nothing recent.
    }
  }
}

function nameOf(control: HTMLElement): string {
  const words =
    control.getAttribute("aria-label") ?? control.querySelector(".action-label, span")?.textContent;
  return (words ?? control.title ?? control.textContent ?? "").trim();
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
