import { Controller } from "@hotwired/stimulus";
import { composerWords, say } from "../live/compose.ts";
import { forgetDraft, keepDraft, keepSaved, restoreDraft } from "../live/draft.ts";

/** Typing is kept this long after it stops, and at least this often while it goes on. */
const afterMs = 700;
const atLeastMs = 1_800;
const retryMs = [1_000, 2_000, 5_000, 10_000];
/** What a page may still send when it goes away. */
const keepaliveBytes = 60_000;

type Kept = { draft?: string; savedAt?: string; message?: string };

/** Keeps what is written on the server as it is written; in the browser only while the server cannot be reached. */
export class ComposerDraftController extends Controller<HTMLFormElement> {
  static override targets = ["state"];
  static override values = { url: String, key: String };
  declare readonly stateTarget: HTMLElement;
  declare readonly urlValue: string;
  declare readonly keyValue: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private firstUnsaved = 0;
  private inFlight = false;
  private failures = 0;
  /** Sent, or replaced by a newer composer: taking fields away that were typed in counts as changes of them. */
  private done = false;
  private readonly leaving = (): void => this.keepInPassing();
  private readonly blank = (): void => {
    this.done = false;
  };
  private readonly online = (): void => {
    if (this.failures > 0) this.soon(0);
  };

  override connect(): void {
    window.addEventListener("pagehide", this.leaving);
    window.addEventListener("online", this.online);
    this.element.addEventListener("composer:blank", this.blank);
    this.done = false;
    // What the server gave back with errors is newer than what was kept here.
    const givenBack = this.element.querySelector(".field-error, .notice.error, .changes") !== null;
    if (givenBack) return;
    // The server has it too, and may have newer words by the next time.
    if (!restoreDraft(this.element, this.keyValue)) return forgetDraft(this.keyValue);
    say(this.element, composerWords(this.element).restored);
    this.failures = 1;
    this.typed();
  }

  override disconnect(): void {
    window.removeEventListener("pagehide", this.leaving);
    window.removeEventListener("online", this.online);
    this.element.removeEventListener("composer:blank", this.blank);
    this.keepInPassing();
    clearTimeout(this.timer);
  }

  typed(): void {
    if (this.done) return;
    const now = performance.now();
    if (this.firstUnsaved === 0) this.firstUnsaved = now;
    // While the server is away nothing may depend on it.
    if (this.failures > 0) keepDraft(this.element, this.keyValue);
    this.soon(Math.min(afterMs, Math.max(0, this.firstUnsaved + atLeastMs - now)));
  }

  /** The words have been sent: nothing of them is a draft any more. */
  forget(): void {
    this.done = true;
    this.firstUnsaved = 0;
    clearTimeout(this.timer);
    forgetDraft(this.keyValue);
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), ms);
  }

  private async save(): Promise<void> {
    // One at a time, so that what was typed first is not kept last.
    if (this.done || this.inFlight) return;
    // While it is being sent, whether it is still a draft is not known.
    if (this.element.ariaBusy === "true") return this.soon(afterMs);
    this.inFlight = true;
    const begun = this.firstUnsaved;
    this.firstUnsaved = 0;
    const kept = await this.post();
    this.inFlight = false;
    // What was left has been kept in passing.
    if (this.done || !this.element.isConnected) return;
    if (kept === undefined) return this.failed(begun);
    const words = composerWords(this.element);
    if (this.failures > 0) say(this.element, words.savedAgain);
    this.failures = 0;
    keepSaved(this.element, this.keyValue);
    this.stateTarget.textContent = kept.message ?? "";
    this.stateTarget.classList.remove("late");
    if (this.firstUnsaved > 0) this.soon(Math.max(0, this.firstUnsaved + afterMs - performance.now()));
  }

  private failed(begun: number): void {
    const words = composerWords(this.element);
    this.firstUnsaved ||= begun || performance.now();
    keepDraft(this.element, this.keyValue);
    this.stateTarget.textContent = words.notSaved;
    this.stateTarget.classList.add("late");
    if (this.failures === 0) say(this.element, words.notSaved);
    this.soon(retryMs[Math.min(this.failures, retryMs.length - 1)] ?? 10_000);
    this.failures++;
  }

  /** Undefined when it could not be kept; an empty answer when there was nothing to keep. */
  private async post(): Promise<Kept | undefined> {
    try {
      const headers = { "x-deck-part": "composer" };
      const signal = AbortSignal.timeout(8_000);
      const answer = await fetch(this.urlValue, {
        method: "POST",
        body: this.form(),
        headers,
        signal,
        redirect: "manual",
      });
      if (answer.status === 204) return {};
      return answer.ok ? ((await answer.json()) as Kept) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The page or the composer goes away: what is not kept yet goes with it as it is. */
  private keepInPassing(): void {
    if (this.done || (this.firstUnsaved === 0 && !this.inFlight)) return;
    this.firstUnsaved = 0;
    clearTimeout(this.timer);
    const form = this.form();
    const text = form.get("text");
    const isSmall = typeof text === "string" && text.length * 3 < keepaliveBytes;
    const headers = { "x-deck-part": "composer" };
    keepDraft(this.element, this.keyValue);
    void fetch(this.urlValue, {
      method: "POST",
      body: form,
      headers,
      keepalive: isSmall,
      redirect: "manual",
    }).then(
      (answer) => {
        if (answer.ok) forgetDraft(this.keyValue);
      },
      // It stays in the browser.
      () => undefined,
    );
  }

  private form(): FormData {
    const form = new FormData(this.element);
    form.delete("file");
    return form;
  }
}
