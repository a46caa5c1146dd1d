import { Controller } from "@hotwired/stimulus";
import { PresenceSigns, threadInView, type Doing } from "../live/presence-signs.ts";
import { fill } from "../live/words.ts";

type Present = { name: string; doing: Doing };
type Told = { whole?: boolean; threads: { thread: string; people: Present[] }[] };
type Words = Record<"reading" | "readingMore" | "writing" | "writingMore" | "beware" | "bewareMore", string>;

const lookMs = 200;

/** Who reads and who writes what, said and shown wherever the thread stands. The element itself is the live region. */
export class PresenceController extends Controller<HTMLElement> {
  static override values = { path: String, words: Object };
  declare readonly pathValue: string;
  declare readonly wordsValue: Words;
  private readonly people = new Map<string, Present[]>();
  private signs: PresenceSigns | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connect(): void {
    // Where no line is open, nobody would be heard either.
    if (!document.querySelector("[data-deck-stream-value]")) return;
    this.signs = new PresenceSigns(this.pathValue);
    this.timer = setInterval(this.look, lookMs);
    document.addEventListener("deck:presence", this.hear);
    document.addEventListener("deck:items", this.show);
    document.addEventListener("input", this.typed);
    window.addEventListener("pagehide", this.leave);
    this.look();
  }

  override disconnect(): void {
    clearInterval(this.timer);
    document.removeEventListener("deck:presence", this.hear);
    document.removeEventListener("deck:items", this.show);
    document.removeEventListener("input", this.typed);
    window.removeEventListener("pagehide", this.leave);
    this.leave();
  }

  private readonly look = (): void => {
    this.signs?.say(performance.now());
    if (this.people.size > 0) this.show();
  };

  private readonly hear = (event: Event): void => {
    const { whole, threads } = (event as CustomEvent<Told>).detail;
    if (whole) this.people.clear();
    for (const { thread, people } of threads)
      if (people.length > 0) this.people.set(thread, people);
      else this.people.delete(thread);
    this.show();
  };

  private readonly typed = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.name !== "text") return;
    const thread = field.form?.dataset["thread"];
    if (thread) this.signs?.typing(thread, performance.now());
    this.show();
  };

  private readonly leave = (): void => this.signs?.leave();

  private readonly show = (): void => {
    for (const place of document.querySelectorAll<HTMLElement>("[data-presence]")) {
      const people = this.people.get(place.dataset["presence"] ?? "") ?? [];
      const text = [this.sentence("writing", people), this.sentence("reading", people)]
        .filter(Boolean)
        .join(" · ");
      if (place.textContent !== text) place.textContent = text;
      place.hidden = text === "";
      place.dataset["doing"] = people.some((one) => one.doing === "writing") ? "writing" : "reading";
    }
    for (const composer of document.querySelectorAll<HTMLElement>("form[data-thread]")) this.warn(composer);
    this.announce();
  };

  /** Where one writes oneself, it stands in the form that somebody else does. */
  private warn(composer: HTMLElement): void {
    const text = this.sentence("beware", this.people.get(composer.dataset["thread"] ?? "") ?? []);
    const there = composer.querySelector<HTMLElement>(".composer-presence");
    if (!text) return there?.remove();
    const line = there ?? document.createElement("p");
    line.className = "composer-presence";
    if (line.textContent !== text) line.textContent = text;
    if (!there) composer.querySelector(":scope > header")?.after(line);
  }

  /** Read out only who writes, and only where it matters to whoever listens: on the thread's page, and while writing. */
  private announce(): void {
    const page = document.querySelector<HTMLElement>(".conversation[data-thread]")?.dataset["thread"];
    const composer = document.querySelector<HTMLElement>("form[data-thread]")?.dataset["thread"];
    const thread = page ? threadInView() : composer;
    const text = this.sentence("writing", this.people.get(thread ?? "") ?? []);
    if (this.element.textContent !== text) this.element.textContent = text;
  }

  private sentence(what: Doing | "beware", people: readonly Present[]): string {
    const doing = what === "reading" ? "reading" : "writing";
    const [first, ...more] = people.filter((one) => one.doing === doing);
    if (!first) return "";
    const words = this.wordsValue[more.length > 0 ? (`${what}More` as const) : what];
    return fill(words, { name: first.name, count: more.length });
  }
}
