export type Doing = "reading" | "writing";

/** Said again this often, so that the server knows that one is still there. */
const beatMs = 10_000;
/** Whoever only passes by on the way to another post does not count as reading; whoever opens a thread's page does. */
const settleMs = 400;
/** Whoever has not typed for this long is no longer writing, only reading. */
const pauseMs = 120_000;

/** Where one is, as it is said to the server: what is new at once, what goes on every ten seconds. */
export class PresenceSigns {
  private readonly path: string;
  private readonly told = new Map<string, { doing: Doing; at: number }>();
  private readonly typed = new Map<string, number>();
  private reading: { thread: string; since: number } | undefined;
  /** Two tabs of one person are two. */
  private readonly tab = Math.random().toString(36).slice(2, 12);

  constructor(path: string) {
    this.path = path;
  }

  typing(thread: string, now: number): void {
    this.typed.set(thread, now);
    this.say(now);
  }

  say(now: number): void {
    // In a tab that nobody looks at nothing goes on; it is forgotten unless it is looked at again.
    if (document.hidden) return;
    const doings = this.doings(now);
    for (const [thread, { doing, at }] of this.told)
      if (!doings.has(thread)) {
        this.told.delete(thread);
        this.send(thread, "gone");
      } else if (doings.get(thread) === doing && now - at < beatMs) doings.delete(thread);
    for (const [thread, doing] of doings) {
      this.told.set(thread, { doing, at: now });
      this.send(thread, doing);
    }
  }

  leave(): void {
    for (const thread of this.told.keys()) navigator.sendBeacon(this.path, this.form(thread, "gone"));
    this.told.clear();
  }

  /** Whether one writes in a thread oneself. */
  isWriting(thread: string, now: number): boolean {
    return writesIn(thread) && now - (this.typed.get(thread) ?? -Infinity) < pauseMs;
  }

  private doings(now: number): Map<string, Doing> {
    const found = new Map<string, Doing>();
    const thread = threadInView();
    if (thread !== this.reading?.thread) this.reading = thread ? { thread, since: now } : undefined;
    if (this.reading && (pageOfThread() || now - this.reading.since >= settleMs))
      found.set(this.reading.thread, "reading");
    for (const one of this.typed.keys())
      if (this.isWriting(one, now)) found.set(one, "writing");
      else if (!writesIn(one)) this.typed.delete(one);
    return found;
  }

  private send(thread: string, doing: Doing | "gone"): void {
    // What fails is said again soon, and is of no use later.
    fetch(this.path, { method: "POST", body: this.form(thread, doing), keepalive: true }).catch(() => {});
  }

  private form(thread: string, doing: Doing | "gone"): URLSearchParams {
    return new URLSearchParams({ thread, doing, tab: this.tab });
  }
}

/** The thread of the page, or that of the post where the keyboard is. */
export function threadInView(): string | undefined {
  const page = pageOfThread();
  const chosen = document.querySelector(".post.selected")?.closest<HTMLElement>("[data-thread]");
  return (page ?? chosen)?.dataset["thread"];
}

function pageOfThread(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".conversation[data-thread]");
}

function writesIn(thread: string): boolean {
  const composer = document.querySelector(`form[data-thread="${CSS.escape(thread)}"]`);
  return (composer?.querySelector<HTMLTextAreaElement>("textarea[name=text]")?.value.trim() ?? "") !== "";
}
