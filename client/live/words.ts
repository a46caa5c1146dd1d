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
  | "uploading",
  string
>;

/** "1 ny", "3 nya". */
export function countNew(count: number): string {
  const words = liveWords();
  return `${count} ${count === 1 ? words.newOne : words.new}`;
}

export function liveWords(): LiveWords {
  const text = document.querySelector<HTMLElement>("[data-deck-words-value]")?.dataset["deckWordsValue"];
  return JSON.parse(text ?? "{}") as LiveWords;
}

export function signInLink(): { label: string; href: string } {
  const href =
    document.querySelector<HTMLElement>("[data-deck-sign-in-value]")?.dataset["deckSignInValue"] ??
    "/sign-in";
  return { label: liveWords().signIn, href };
}
