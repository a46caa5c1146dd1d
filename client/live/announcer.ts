import { countNew, liveWords } from "./words.ts";

/** How soon new posts are said, and how long there is silence after that. */
const soon = 2_000;
const silence = 8_000;

/** Says how many posts are new, all together and now and then, so that a busy hour does not talk without end. */
export class Announcer {
  private readonly fresh = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saidAt = -Infinity;

  add(column: string, count: number): void {
    if (count === 0) return;
    this.fresh.set(column, (this.fresh.get(column) ?? 0) + count);
    this.timer ??= setTimeout(this.say, Math.max(soon, this.saidAt + silence - performance.now()));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private readonly say = (): void => {
    this.timer = undefined;
    this.saidAt = performance.now();
    const said = [...this.fresh].map(
      ([column, count]) => `${countNew(count)} ${liveWords().inColumn} ${column}`,
    );
    this.fresh.clear();
    announce(said.join(", "));
  };
}

/** Read out by screen readers when they have said what they are saying. */
export function announce(text: string): void {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}
