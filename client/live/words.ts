/** The words that the server gives to the scripts, in the page's language. */
export type LiveWords = Record<
  | "new"
  | "newOne"
  | "inColumn"
  | "lost"
  | "back"
  | "signedOut"
  | "signIn"
  | "changed"
  | "reload"
  | "failed"
  | "offline"
  | "published"
  | "saved"
  | "draftKept"
  | "uploading"
  | "older"
  | "newer"
  | "toNewest"
  | "continueReading"
  | "moved"
  | "removed"
  | "undo"
  | "noticesRefused",
  string
>;

let read: { text: string; words: LiveWords } | undefined;

/** "1 ny", "3 nya". */
export function countNew(count: number): string {
  const words = liveWords();
  return `${count} ${count === 1 ? words.newOne : words.new}`;
}

export function liveWords(): LiveWords {
  const text =
    document.querySelector<HTMLElement>("[data-deck-words-value]")?.dataset["deckWordsValue"] ?? "{}";
  if (read?.text !== text) read = { text, words: JSON.parse(text) as LiveWords };
  return read.words;
}

/** "{column} är borttagen." with what stands for each name in braces. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export function signInLink(): { label: string; href: string } {
  const href =
    document.querySelector<HTMLElement>("[data-deck-sign-in-value]")?.dataset["deckSignInValue"] ??
    "/sign-in";
  return { label: liveWords().signIn, href };
}
