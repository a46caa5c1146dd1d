import { Controller } from "@hotwired/stimulus";

const afterMs = 450;
/** Links are asked for in the background; the answer is fetched a little later, a few times at most. */
const againMs = [1_500, 3_000, 5_000];

/** Shows what the checks say of the text as it is written. Never in the way: an answer that is too late is dropped. */
export class ComposerChecksController extends Controller<HTMLFormElement> {
  static override targets = ["text", "findings", "facts", "split", "parts", "reason"];
  static override values = { url: String };
  declare readonly textTarget: HTMLTextAreaElement;
  declare readonly findingsTarget: HTMLElement;
  declare readonly factsTarget: HTMLElement;
  declare readonly splitTargets: HTMLElement[];
  declare readonly partsTargets: HTMLElement[];
  declare readonly reasonTargets: HTMLElement[];
  declare readonly urlValue: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;
  private tries = 0;

  override connect(): void {
    for (const split of this.splitTargets)
      split.hidden = !split.querySelector<HTMLInputElement>("input")?.checked;
    if (this.textTarget.value.trim() !== "" || this.element.querySelector("[data-picture]")) this.soon(0);
  }

  override disconnect(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  typed(): void {
    this.tries = 0;
    this.soon(afterMs);
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const body = new FormData(this.element);
    body.delete("file");
    try {
      const headers = { "x-deck-part": "checks" };
      const answer = await fetch(this.urlValue, { method: "POST", body, headers, signal: asked.signal });
      if (answer.ok && !asked.signal.aborted) this.show(await answer.text());
    } catch {
      // No advice is better than stale advice; the next keystroke asks again.
    }
  }

  private show(html: string): void {
    const made = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (!made || !this.element.isConnected) return;
    // What says the same must not be read out again.
    this.put(made, "findings", this.findingsTarget);
    this.put(made, "facts", this.factsTarget);
    for (const parts of this.partsTargets) this.put(made, "parts", parts);
    for (const split of this.splitTargets)
      split.hidden =
        !made.hasAttribute("data-splittable") && !split.querySelector<HTMLInputElement>("input")?.checked;
    this.tieBlocks();
    const again = againMs[this.tries];
    if (!made.hasAttribute("data-pending") || again === undefined) return;
    this.tries++;
    this.soon(again);
  }

  private put(made: Element, part: string, target: HTMLElement): void {
    const fresh = made.querySelector(`[data-part=${part}]`);
    if (fresh && fresh.innerHTML.trim() !== target.innerHTML.trim())
      target.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
  }

  /** What stops the text is said at the text too, and its reason can be given. */
  private tieBlocks(): void {
    const blocks = [...this.findingsTarget.querySelectorAll<HTMLElement>("[data-block]")];
    for (const reason of this.reasonTargets) {
      const isNeeded = blocks.some((block) => block.dataset["block"] === reason.dataset["check"]);
      const field = reason.querySelector<HTMLInputElement>("input");
      reason.hidden = !isNeeded && field !== document.activeElement && field?.value === "";
    }
    const others = (this.textTarget.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter((id) => id !== "" && !id.startsWith("check-"));
    const ids = [...others, ...blocks.map((block) => block.id)];
    if (ids.length > 0) this.textTarget.setAttribute("aria-describedby", ids.join(" "));
    else this.textTarget.removeAttribute("aria-describedby");
  }
}
