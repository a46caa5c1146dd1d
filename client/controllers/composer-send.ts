import { Controller } from "@hotwired/stimulus";
import { composerIn, composerWords, fetchComposer, leaveComposer, send } from "../live/compose.ts";
import { toast, toastWithAction } from "../live/toast.ts";
import { liveWords } from "../live/words.ts";

/** What the server made of what was sent. */
type Sent = {
  state: "sent" | "sending" | "scheduled" | "awaiting" | "kept";
  message: string;
  draft?: string;
  undo?: string;
  until?: string;
};

/** Sends without leaving the deck, and offers to take it back while that helps. */
export class ComposerSendController extends Controller<HTMLFormElement> {
  static override targets = ["plan", "when", "schedule"];
  declare readonly planTarget: HTMLDetailsElement;
  declare readonly hasPlanTarget: boolean;
  declare readonly whenTarget: HTMLInputElement;
  declare readonly scheduleTarget: HTMLButtonElement;
  private sending = false;

  key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.shiftKey)
      return this.element.requestSubmit(
        this.element.querySelector<HTMLButtonElement>(".composer-send > .button"),
      );
    if (!this.hasPlanTarget) return;
    // Once to choose the time, once more to plan for it.
    if (this.planTarget.open && this.whenTarget.value) return this.element.requestSubmit(this.scheduleTarget);
    this.planTarget.open = true;
    this.whenTarget.focus();
  }

  /** On a small screen the time to choose is below what is in sight. */
  planned(): void {
    if (this.planTarget.open && this.planTarget.contains(document.activeElement))
      this.scheduleTarget.scrollIntoView({ block: "nearest" });
  }

  async send(event: SubmitEvent): Promise<void> {
    const { submitter } = event;
    // Preview and pictures see to themselves, or go to a page of their own.
    if (event.defaultPrevented || submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (this.sending) return;
    if (this.element.querySelector("[data-composer-pictures-target=list][aria-busy=true]"))
      return toast(composerWords(this.element).uploading);
    this.sending = true;
    this.element.setAttribute("aria-busy", "true");
    const form = new FormData(this.element, submitter);
    form.delete("file");
    const outcome = await send<Sent | HTMLElement>(this.element.action, form, takeAnswer);
    this.sending = false;
    this.element.removeAttribute("aria-busy");
    if (outcome === undefined) return;
    if (outcome instanceof HTMLElement) return this.giveBack(outcome);
    this.dispatch("taken", { prefix: "composer" });
    this.tell(outcome);
    document.dispatchEvent(new CustomEvent("composer:published", { detail: outcome }));
    // Where another composer has taken its place meanwhile, that one stays.
    if (!this.element.isConnected) return;
    if (!(await leaveComposer(this.element)) && this.element.isConnected) this.blank();
  }

  private giveBack(composer: HTMLElement): void {
    if (!this.element.isConnected) return toast(liveWords().failed);
    composer.setAttribute("data-open", "");
    this.element.replaceWith(composer);
    (composer.querySelector<HTMLElement>("[role=alert]") ?? composer).focus();
  }

  private tell(sent: Sent): void {
    const { undo, draft } = sent;
    const words = composerWords(this.element);
    if (!undo) return toast(sent.message);
    toastWithAction(sent.message, {
      label: words.undo,
      until: sent.until,
      action: undo,
      // Not bound to this composer, which is gone by then.
      // oxlint-disable-next-line unicorn/no-thenable
      then: async () => {
        toast(words.undone);
        const path = undo.replace(/\/(undo|unschedule)(?=$|\?)/, "");
        const fresh = draft ? await fetchComposer(path) : undefined;
        if (fresh) document.dispatchEvent(new CustomEvent("composer:open", { detail: fresh }));
      },
    });
  }

  /** A blank one could not be had: what stands here must at least not be taken for the same again. */
  private blank(): void {
    const text = this.element.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    if (text) text.value = "";
    const once = this.element.querySelector<HTMLInputElement>("input[name=once]");
    const secret = crypto.getRandomValues(new Uint8Array(16));
    // Not empty: that would be one and the same key each time.
    if (once) once.value = Array.from(secret, (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.dispatch("blank", { prefix: "composer" });
  }
}

async function takeAnswer(answer: Response): Promise<Sent | HTMLElement | undefined> {
  // Sent on to the deck: done, with nothing more to say.
  if (answer.type === "opaqueredirect") return { state: "sent", message: liveWords().published };
  if (answer.status === 202) return (await answer.json()) as Sent;
  return [200, 409, 422].includes(answer.status) ? composerIn(await answer.text()) : undefined;
}
