/** The words that the server gives to the scripts, in the page's language. */
export type LiveWords = Record<
  | "new"
  | "newInColumn"
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
