import { Controller } from "@hotwired/stimulus";
import { forgetDraft, keepDraft, restoreDraft } from "../live/draft.ts";
import { closeSheet, openSheet } from "../live/sheet.ts";
import { toast } from "../live/toast.ts";
import { liveWords, signInLink } from "../live/words.ts";

/** Writing without leaving the deck: publishes, uploads pictures, and keeps the draft whatever happens. */
export class ComposerController extends Controller<HTMLFormElement> {
  static override targets = ["text", "file", "add", "pictures", "state"];
  static override values = { capacities: Object, key: String, media: String };
  declare readonly textTarget: HTMLTextAreaElement;
  declare readonly fileTarget: HTMLInputElement;
  declare readonly addTarget: HTMLElement;
  declare readonly hasAddTarget: boolean;
  declare readonly picturesTarget: HTMLElement;
  declare readonly stateTarget: HTMLElement;
  declare readonly capacitiesValue: Record<string, string>;
  declare readonly keyValue: string;
  declare readonly mediaValue: string;
  private sending = false;
  /** Taking a field away that was typed in counts as a change of it: what is published is no draft any more. */
  private done = false;
  private readonly openReply = (event: MouseEvent): void => void this.follow(event);

  override connect(): void {
    // What the server gave back with errors is newer than what was kept.
    if (!this.element.querySelector(".field-error, .notice.error")) restoreDraft(this.element, this.keyValue);
    if (this.hasAddTarget)
      this.addTarget.querySelector<HTMLElement>(".field")?.toggleAttribute("hidden", true);
    document.addEventListener("click", this.openReply);
    if (location.hash === "#composer" && onDeck()) this.open(this.element);
  }

  override disconnect(): void {
    document.removeEventListener("click", this.openReply);
  }

  keep(): void {
    if (this.done) return;
    keepDraft(this.element, this.keyValue);
    this.stateTarget.textContent = liveWords().draftKept;
  }

  key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.element.requestSubmit(this.element.querySelector<HTMLButtonElement>(".composer-send button"));
  }

  async change(event: Event): Promise<void> {
    this.keep();
    const field = event.target;
    if (field instanceof HTMLSelectElement && field.name === "account") this.followAccount(field.value);
    if (!(field instanceof HTMLInputElement) || field.type !== "file" || !field.files?.[0]) return;
    this.stateTarget.textContent = liveWords().uploading;
    const form = new FormData();
    form.set("file", field.files[0]);
    const html = await this.send(this.mediaValue, form, async (answer) =>
      answer.status === 201 ? answer.text() : undefined,
    );
    this.stateTarget.textContent = "";
    field.value = "";
    if (html === undefined) return;
    this.picturesTarget.insertAdjacentHTML("beforeend", html);
    this.picturesTarget.querySelector<HTMLElement>("[data-picture]:last-child textarea")?.focus();
    if (this.hasAddTarget) this.addTarget.hidden = this.picturesTarget.children.length >= 4;
    this.keep();
  }

  /** The button stands for the file field, which says little and cannot be told how to look. */
  choosePicture(event: Event): void {
    event.preventDefault();
    this.fileTarget.click();
  }

  removePicture(event: Event): void {
    event.preventDefault();
    (event.currentTarget as HTMLElement).closest("[data-picture]")?.remove();
    if (this.hasAddTarget) this.addTarget.hidden = false;
    this.keep();
    this.textTarget.focus();
  }

  async publish(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    this.element.setAttribute("aria-busy", "true");
    const form = new FormData(this.element, event.submitter);
    form.delete("file");
    const isEdit = this.keyValue.includes(" edit-");
    const outcome = await this.send(this.element.action, form, async (answer) => {
      if (answer.type === "opaqueredirect") return "published" as const;
      return answer.status === 422 || answer.status === 200 ? composerIn(await answer.text()) : undefined;
    });
    this.sending = false;
    this.element.removeAttribute("aria-busy");
    if (outcome === undefined) return;
    if (outcome !== "published") {
      outcome.setAttribute("data-open", "");
      this.element.replaceWith(outcome);
      (outcome.querySelector<HTMLElement>("[role=alert]") ?? outcome).focus();
      return;
    }
    this.done = true;
    forgetDraft(this.keyValue);
    toast(isEdit ? liveWords().saved : liveWords().published);
    document.dispatchEvent(new Event("composer:published"));
    await this.leave();
    // A blank one could not be had: what stands here must at least not be taken for the same again.
    if (this.element.isConnected && onDeck()) {
      this.textTarget.value = "";
      this.element.querySelector<HTMLInputElement>("input[name=once]")?.setAttribute("value", "");
    }
    this.done = false;
  }

  async cancel(event: Event): Promise<void> {
    if (!onDeck()) return;
    event.preventDefault();
    await this.leave();
  }

  close(event: Event): void {
    event.preventDefault();
    closeSheet();
  }

  /** Reply, edit and "write" open here rather than on a page of their own. */
  private async follow(event: MouseEvent): Promise<void> {
    if (
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      !(event.target instanceof Element)
    )
      return;
    const link = event.target.closest<HTMLAnchorElement>(
      "a[data-deck-step=reply], a[data-deck-step=edit], a[href$='#composer']",
    );
    const isHere = link?.hash !== "#composer" || link.pathname === location.pathname;
    if (!link || !isHere || !onDeck()) return;
    event.preventDefault();
    if (link.hash === "#composer") return this.open(this.element);
    const fresh = await this.fetchComposer(link.href);
    if (fresh) this.exchange(fresh);
  }

  private followAccount(account: string): void {
    const capacity = this.element.elements.namedItem("capacity");
    const usual = this.capacitiesValue[account];
    if (capacity instanceof HTMLSelectElement && usual) capacity.value = usual;
  }

  private async leave(): Promise<void> {
    if (!onDeck())
      return location.assign(new URL(freshUrl().replace("/deck/compose", "/deck"), location.href));
    const fresh = await this.fetchComposer(freshUrl());
    if (!fresh) return;
    this.element.replaceWith(fresh);
    closeSheet();
  }

  private exchange(fresh: HTMLElement): void {
    this.element.replaceWith(fresh);
    this.open(fresh);
  }

  private open(composer: HTMLElement): void {
    openSheet(composer);
    const text = composer.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    // After the controller has had its say: it may bring a draft back.
    requestAnimationFrame(() => {
      text?.focus();
      text?.setSelectionRange(text.value.length, text.value.length);
    });
  }

  private fetchComposer(url: string): Promise<HTMLElement | undefined> {
    return this.send(url, undefined, async (answer) =>
      answer.ok ? composerIn(await answer.text()) : undefined,
    );
  }

  private async send<T>(
    url: string,
    body: FormData | undefined,
    take: (answer: Response) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const words = liveWords();
    try {
      const answer = await fetch(
        url,
        body ? { method: "POST", body, redirect: "manual" } : { headers: { "x-deck-part": "composer" } },
      );
      const taken = await take(answer);
      if (taken !== undefined) return taken;
      if (answer.status === 401) toast(words.signedOut, signInLink());
      else if ((answer.headers.get("content-type") ?? "").startsWith("text/plain"))
        toast(await answer.text());
      else toast(words.failed);
    } catch {
      toast(words.offline);
    }
    return undefined;
  }
}

function onDeck(): boolean {
  return document.querySelector("[data-deck-stream-value]") !== null;
}

/** Where a composer for what may be written next comes from: blank on the deck, an answer on a conversation's page. */
function freshUrl(): string {
  return (
    document.querySelector<HTMLElement>("[data-deck-fresh-value]")?.dataset["deckFreshValue"] ??
    "/deck/compose"
  );
}

function composerIn(html: string): HTMLElement | undefined {
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("composer");
  return found ? document.importNode(found, true) : undefined;
}
