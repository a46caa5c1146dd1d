import { toast } from "./toast.ts";
import { liveWords, signInLink } from "./words.ts";

/** A part of the deck as HTML; undefined when it could not be had, which is said. */
export async function askFor(url: URL, part: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers: { "x-deck-part": part } });
    if (answer.ok) return await answer.text();
    if (answer.status === 401) toast(liveWords().signedOut, signInLink());
    else if (part === "care") toast(liveWords().failed);
  } catch {
    // What is only kept up to date is asked for again with the next change.
    if (part === "care") toast(liveWords().offline);
  }
  return undefined;
}

/** Sends a form of care. What is refused with a form comes back as that; other refusals are said. */
export async function sendForm(
  action: string,
  body: FormData,
): Promise<{ json: string; html?: never } | { html: string; json?: never } | undefined> {
  const words = liveWords();
  try {
    const answer = await fetch(action, { method: "POST", body, headers: { "x-deck-part": "care" } });
    const type = answer.headers.get("content-type") ?? "";
    if (answer.ok && type.includes("json")) return { json: await answer.text() };
    if (answer.status === 401) toast(words.signedOut, signInLink());
    else if ((answer.status === 409 || answer.status === 422) && type.includes("html"))
      return { html: await answer.text() };
    else toast(type.startsWith("text/plain") ? await answer.text() : words.failed);
  } catch {
    toast(words.offline);
  }
  return undefined;
}

/** For who hears the page and not sees it. */
export function announceQuietly(text: string): void {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}
