import { closeSheet } from "./sheet.ts";
import { toast } from "./toast.ts";
import { liveWords, signInLink } from "./words.ts";

/** The words that the server gives to the composer's scripts. */
export type ComposerWords = Record<
  | "saving"
  | "notSaved"
  | "savedAgain"
  | "restored"
  | "undo"
  | "undone"
  | "uploading"
  | "added"
  | "full"
  | "moved"
  | "suggestions"
  | "oneSuggestion"
  | "listbox"
  | "drop",
  string
>;

export function composerWords(form: HTMLElement): ComposerWords {
  return JSON.parse(form.dataset["composerWordsValue"] ?? "{}") as ComposerWords;
}

export function onDeck(): boolean {
  return document.querySelector("[data-deck-stream-value]") !== null;
}

/** Where a composer for what may be written next comes from: blank on the deck, an answer on a conversation's page. */
function freshUrl(): string {
  return (
    document.querySelector<HTMLElement>("[data-deck-fresh-value]")?.dataset["deckFreshValue"] ??
    "/deck/compose"
  );
}

export function composerIn(html: string): HTMLElement | undefined {
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("composer");
  return found ? document.importNode(found, true) : undefined;
}

export function fetchComposer(url: string): Promise<HTMLElement | undefined> {
  return send(url, undefined, async (answer) => (answer.ok ? composerIn(await answer.text()) : undefined));
}

/** The composer gives way to one for what may be written next. Whether it did. */
export async function leaveComposer(composer: HTMLElement): Promise<boolean> {
  if (!onDeck()) {
    location.assign(new URL(freshUrl().replace("/deck/compose", "/deck"), location.href));
    return true;
  }
  // First, so that the next key is not taken for words of what has been left.
  closeSheet();
  const fresh = await fetchComposer(freshUrl());
  if (!fresh) return false;
  composer.replaceWith(fresh);
  return true;
}

/** Asks as a part of the deck does; says in passing what went wrong, and returns what `take` made of a good answer. */
export async function send<T>(
  url: string,
  body: FormData | undefined,
  take: (answer: Response) => Promise<T | undefined>,
): Promise<T | undefined> {
  const words = liveWords();
  const headers = { "x-deck-part": "composer" };
  try {
    const answer = await fetch(
      url,
      body ? { method: "POST", body, headers, redirect: "manual" } : { headers },
    );
    const taken = await take(answer);
    if (taken !== undefined) return taken;
    const isText = (answer.headers.get("content-type") ?? "").startsWith("text/plain");
    if (answer.status === 401) toast(words.signedOut, signInLink());
    else toast(isText ? await answer.text() : words.failed);
  } catch {
    toast(words.offline);
  }
  return undefined;
}

/** Says something to whoever hears the page, without showing it. */
export function say(form: HTMLElement, text: string): void {
  const place = form.querySelector("[data-composer-target=said]");
  if (place) place.textContent = text;
}

/** Puts text where the caret is, as if it had been typed: undo takes it back. */
export function insertText(field: HTMLTextAreaElement, text: string, from: number, to: number): void {
  field.focus();
  field.setSelectionRange(from, to);
  // The only way that keeps the browser's own undo; its replacement does not exist.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
