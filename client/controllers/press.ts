import { Controller } from "@hotwired/stimulus";
import { toast } from "../live/toast.ts";
import { liveWords, signInLink } from "../live/words.ts";

/** Sends the small forms under posts without leaving the page. The live line brings what came of it. */
export class PressController extends Controller<HTMLElement> {
  async submit(event: SubmitEvent): Promise<void> {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("form.press")) return;
    // Where there is no line, the next page shows it instead.
    if (!this.element.hasAttribute("data-deck-stream-value")) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const before = button?.getAttribute("aria-pressed") ?? "false";
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    button?.setAttribute("aria-pressed", before === "true" ? "false" : "true");
    const trouble = await send(form);
    form.removeAttribute("aria-busy");
    if (!trouble) return;
    button?.setAttribute("aria-pressed", before);
    toast(trouble, trouble === liveWords().signedOut ? signInLink() : undefined);
  }
}

async function send(form: HTMLFormElement): Promise<string | undefined> {
  const words = liveWords();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.ok) return undefined;
    if (answer.status === 401) return words.signedOut;
    const type = answer.headers.get("content-type") ?? "";
    return type.startsWith("text/plain") ? await answer.text() : words.failed;
  } catch {
    return words.offline;
  }
}
