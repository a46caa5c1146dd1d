import { Controller } from "@hotwired/stimulus";
import { moveColumnBy } from "../live/arrange.ts";
import { areKeysOff, startKeySwitch } from "../live/key-switch.ts";
import { startReading } from "../live/reading.ts";
import { visibleItem } from "../live/scroller.ts";
import { closeSheet, openSheet } from "../live/sheet.ts";

/** How long a chord, as `g d`, waits for its second key. */
const patience = 1_500;

/**
 * The whole deck without a mouse. Other parts only mark their controls: `data-deck-key` is pressed in the selected
 * post, `data-column-key` in the column where one is, `data-global-key` anywhere. Keys do nothing while one types, and never replace
 * the browser's own. Whoever speaks to the computer can turn single letters off in the list of keys.
 */
export class KeyboardController extends Controller<HTMLElement> {
  static override values = { go: Object };
  /** Where chords lead that no control carries: path by chord. */
  declare readonly goValue: Record<string, string>;
  private chord: { key: string; until: number } | undefined;

  override connect(): void {
    this.element.querySelector("[data-keys-help]")?.removeAttribute("hidden");
    this.element.addEventListener("focusin", this.follow);
    startKeySwitch();
    startReading();
  }

  override disconnect(): void {
    this.element.removeEventListener("focusin", this.follow);
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      !event.shiftKey &&
      event.key.toLowerCase() === "k"
    )
      return done(event, !document.querySelector("dialog[open]") && this.global("/"));
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape") return this.escape(target);
    if (isTyping(target) || document.querySelector("dialog[open]")) return;
    if (areKeysOff() && event.key.length === 1) return;
    if (event.key === "Enter" && !target.matches(".post")) return;
    if (event.key.startsWith("Arrow") && !event.shiftKey && !target.closest(".columns")) return;
    // A key held down goes on moving, but presses nothing twice.
    if (event.repeat && !"jkhl".includes(event.key) && !event.key.startsWith("Arrow")) return;
    done(event, this.run(event));
  }

  help(): void {
    const dialog = document.getElementById("shortcuts");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }

  /** Returns whether the key meant something. */
  private run({ key, shiftKey }: KeyboardEvent): boolean {
    const first = this.chord && this.chord.until > performance.now() ? this.chord.key : undefined;
    this.chord = undefined;
    if (first) return this.global(`${first} ${key}`) || this.go(`${first} ${key}`);
    if (shiftKey && key.startsWith("Arrow")) return this.shift(key);
    if (this.post(key) || (key === "q" && this.answerReady()) || this.global(key)) return true;
    if (this.isBegun(key)) {
      this.chord = { key, until: performance.now() + patience };
      return true;
    }
    if (/^[1-9]$/.test(key)) return this.enter(this.columns()[Number(key) - 1]);
    return this.keys[key]?.() ?? false;
  }

  private readonly keys: Record<string, () => boolean> = {
    n: () => this.write(),
    j: () => this.move(1),
    k: () => this.move(-1),
    h: () => this.turn(-1),
    l: () => this.turn(1),
    ArrowLeft: () => this.turn(-1),
    ArrowRight: () => this.turn(1),
    o: () => this.open(),
    Enter: () => this.open(),
    w: () => this.widen(),
    ".": () => this.showNew(),
    "?": () => (this.help(), true),
  };

  private write(): boolean {
    const composer = document.getElementById("composer");
    // On the page of a conversation the composer answers: a new post is written on the deck.
    if (!composer || composer.closest(".deck-main")) {
      this.element.querySelector<HTMLElement>("a[href$='#composer']")?.click();
      return true;
    }
    openSheet(composer);
    composer.querySelector<HTMLElement>("textarea[name=text]")?.focus();
    return true;
  }

  private move(step: 1 | -1): boolean {
    const column = this.column();
    if (!column) return false;
    const articles = articlesOf(column);
    const now = articles.findIndex((article) => article.classList.contains("selected"));
    const next = now < 0 ? firstInView(column) : articles[now + step];
    if (next) this.select(next);
    // Past the end there may be more to read.
    else column.querySelector<HTMLElement>(step > 0 ? ".column-more a" : ".column-newer a")?.click();
    return true;
  }

  private turn(step: 1 | -1): boolean {
    const columns = this.columns();
    return this.enter(columns[columns.indexOf(this.column() ?? document.body) + step]);
  }

  private enter(column: HTMLElement | undefined): boolean {
    if (!column) return false;
    column.scrollIntoView({ inline: "nearest", block: "nearest" });
    const chosen = column.querySelector<HTMLElement>(".post.selected") ?? firstInView(column);
    if (chosen) this.select(chosen);
    else column.querySelector<HTMLElement>("[data-posts]")?.focus();
    return true;
  }

  /** A canned answer, in a composer that answers the selected post. */
  private answerReady(): boolean {
    const selected = this.selected();
    const reply = selected?.querySelector<HTMLAnchorElement>("a[data-deck-step=reply]");
    const answered = document.querySelector<HTMLInputElement>("#composer input[name=inReplyTo]")?.value;
    if (!reply || answered === selected?.dataset["post"]) return false;
    return !document.dispatchEvent(
      new CustomEvent("composer:canned", { cancelable: true, detail: { href: reply.href } }),
    );
  }

  /** The next width, and the first again after the last. */
  private widen(): boolean {
    const widths = [
      ...(this.column()?.querySelectorAll<HTMLElement>("[data-column-step=width] button") ?? []),
    ];
    const now = widths.findIndex((width) => width.getAttribute("aria-pressed") === "true");
    widths[(now + 1) % widths.length]?.click();
    return widths.length > 0;
  }

  private shift(key: string): boolean {
    const column = this.column();
    if (!column || !/^Arrow(Left|Right)$/.test(key)) return false;
    moveColumnBy(column, key === "ArrowLeft" ? -1 : 1);
    return true;
  }

  private select(article: HTMLElement): void {
    mark(this.element, article);
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
  }

  /** The keyboard goes on from where one has pressed or tabbed to. */
  private readonly follow = (event: FocusEvent): void => {
    const article = (event.target as Element).closest<HTMLElement>("[data-posts] > .item > .post");
    if (article) mark(this.element, article);
  };

  private open(): boolean {
    const link = this.selected()?.querySelector<HTMLAnchorElement>("a.when");
    link?.click();
    return link !== undefined;
  }

  private post(key: string): boolean {
    const controls = this.selected()
      ?.closest(".item, .post")
      ?.querySelectorAll(`[data-deck-key="${CSS.escape(key)}"]`);
    return pressFirst([...(controls ?? [])]);
  }

  private global(key: string): boolean {
    const all = [...document.querySelectorAll(`[data-global-key="${CSS.escape(key)}"]`)];
    const column = this.column();
    const own = column?.querySelectorAll(`[data-column-key="${CSS.escape(key)}"]`) ?? [];
    const here = [...own, ...all.filter((control) => column?.contains(control))];
    // Of several offers to undo, the latest is meant.
    const latest = all.filter((control) => control.closest("#toasts")).toReversed();
    return pressFirst([
      ...latest,
      ...here,
      ...all.filter((control) => !control.closest(".column") || key === "z"),
    ]);
  }

  private isBegun(key: string): boolean {
    const begun = `${key} `;
    const goes = Object.keys(this.goValue).some((chord) => chord.startsWith(begun));
    return goes || document.querySelector(`[data-global-key^="${CSS.escape(begun)}"]`) !== null;
  }

  private go(chord: string): boolean {
    const inbox = this.element.querySelector<HTMLElement>('.column[data-kind="inbox"]');
    if (chord === "g i" && inbox) return this.enter(inbox);
    const path = this.goValue[chord];
    if (path) location.assign(path);
    return path !== undefined;
  }

  private showNew(): boolean {
    const waiting = "[data-waiting]:not([hidden])";
    const counting = `${waiting}:not(.quietly)`;
    const button =
      this.column()?.querySelector<HTMLButtonElement>(waiting) ??
      this.element.querySelector<HTMLButtonElement>(counting);
    button?.click();
    return button !== null;
  }

  private escape(target: HTMLElement): void {
    const composer = document.getElementById("composer");
    if (composer?.contains(target)) closeSheet();
  }

  private selected(): HTMLElement | undefined {
    const focused = document.activeElement?.closest<HTMLElement>(".item > .post");
    return focused ?? this.element.querySelector<HTMLElement>(".post.selected") ?? undefined;
  }

  private columns(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(".column")];
  }

  private column(): HTMLElement | undefined {
    const focused = document.activeElement?.closest<HTMLElement>(".column");
    return focused ?? this.selected()?.closest<HTMLElement>(".column") ?? this.inView();
  }

  /** On a phone the column that one looks at, else the first. */
  private inView(): HTMLElement | undefined {
    const edge = this.element.querySelector(".columns")?.getBoundingClientRect().left ?? 0;
    const columns = this.columns();
    return columns.find((column) => column.getBoundingClientRect().left >= edge - 1) ?? columns[0];
  }
}

/** Presses the first of some controls that is to be had; a field is gone to instead. */
function pressFirst(controls: Element[]): boolean {
  const control = controls.find(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      !one.matches(":disabled, [aria-disabled=true]") &&
      one.closest("[hidden], [inert]") === null,
  );
  if (!control) return false;
  if (isTyping(control) || control.matches("[data-key-goes]")) {
    for (const details of ancestors(control)) details.open = true;
    control.focus();
  } else control.click();
  return true;
}

function ancestors(element: HTMLElement): HTMLDetailsElement[] {
  const around = element.closest("details");
  const outer = around?.parentElement;
  return around ? [around, ...(outer ? ancestors(outer) : [])] : [];
}

function mark(within: HTMLElement, article: HTMLElement): void {
  if (article.classList.contains("selected")) return;
  for (const other of within.querySelectorAll(".post.selected")) other.classList.remove("selected");
  article.classList.add("selected");
}

function articlesOf(column: HTMLElement): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>(".item > .post")];
}

function firstInView(column: HTMLElement): HTMLElement | undefined {
  const posts = column.querySelector<HTMLElement>("[data-posts]");
  return posts ? visibleItem(posts, articlesOf(column)) : undefined;
}

function isTyping(element: HTMLElement): boolean {
  return (
    element.isContentEditable ||
    element.matches(
      "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select",
    ) ||
    element.closest("[role=listbox], [role=menu], [role=combobox]") !== null
  );
}

function done(event: KeyboardEvent, isDone: boolean): void {
  if (isDone) event.preventDefault();
}
