import { Controller } from "@hotwired/stimulus";
import { fetchComposer, leaveComposer, onDeck } from "../live/compose.ts";
import { closeSheet, openSheet } from "../live/sheet.ts";

/** The composer's place on the deck: replies and edits open in it, and what comes next takes its place. */
export class ComposerController extends Controller<HTMLFormElement> {
  static override targets = ["text", "said"];
  static override values = { capacities: Object };
  declare readonly textTarget: HTMLTextAreaElement;
  declare readonly capacitiesValue: Record<string, string>;
  private asked = 0;
  private readonly openLink = (event: MouseEvent): void => void this.follow(event);
  private readonly exchangeFor = (event: Event): void => {
    const fresh: unknown = (event as CustomEvent).detail;
    if (fresh instanceof HTMLElement) this.exchange(fresh);
  };
  private readonly cannedFor = (event: Event): void => {
    if (!onDeck()) return;
    event.preventDefault();
    const { href } = (event as CustomEvent<{ href: string }>).detail;
    void this.fetch(href, "[data-controller~=canned]");
  };

  override connect(): void {
    document.addEventListener("click", this.openLink);
    document.addEventListener("composer:open", this.exchangeFor);
    document.addEventListener("composer:canned", this.cannedFor);
    if (location.hash === "#composer" && onDeck()) this.open(this.element);
  }

  override disconnect(): void {
    document.removeEventListener("click", this.openLink);
    document.removeEventListener("composer:open", this.exchangeFor);
    document.removeEventListener("composer:canned", this.cannedFor);
  }

  change({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement) || target.name !== "account") return;
    const capacity = this.element.elements.namedItem("capacity");
    const usual = this.capacitiesValue[target.value];
    if (capacity instanceof HTMLSelectElement && usual) capacity.value = usual;
  }

  async cancel(event: Event): Promise<void> {
    if (!onDeck()) return;
    event.preventDefault();
    await leaveComposer(this.element);
  }

  close(event: Event): void {
    event.preventDefault();
    closeSheet();
  }

  /** Reply, edit, a draft and "write" open here rather than on a page of their own. */
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
      "a[data-deck-step=reply], a[data-deck-step=edit], a[data-deck-step=draft], a[href$='#composer']",
    );
    const isHere = link?.hash !== "#composer" || link.pathname === location.pathname;
    if (!link || !isHere || !onDeck()) return;
    event.preventDefault();
    if (link.hash === "#composer") return this.open(this.element);
    await this.fetch(link.href);
  }

  /** `press`: what is pressed in it at once. */
  private async fetch(href: string, press?: string): Promise<void> {
    const asked = ++this.asked;
    const fresh = await fetchComposer(href);
    // What was pressed last is what is wanted, and another composer may stand here by now.
    if (fresh && asked === this.asked && this.element.isConnected) this.exchange(fresh, press);
  }

  private exchange(fresh: HTMLElement, press?: string): void {
    this.element.replaceWith(fresh);
    this.open(fresh, press);
  }

  private open(composer: HTMLElement, press?: string): void {
    openSheet(composer);
    const text = composer.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    // After the controllers have had their say: they may bring a draft back.
    requestAnimationFrame(() => {
      text?.focus();
      text?.setSelectionRange(text.value.length, text.value.length);
      if (press) composer.querySelector<HTMLElement>(press)?.click();
    });
  }
}
