/** Does a thing for each key one at a time; whoever asks before a turn has begun shares it. */
export class Turns<Key> {
  private readonly waiting = new Map<Key, Promise<void>>();
  private readonly running = new Map<Key, Promise<void>>();

  isRunning(key: Key): boolean {
    return this.running.has(key);
  }

  /** After `ms` at the earliest. Resolves when a turn is over that began after the call. */
  take(key: Key, ms: number, act: () => Promise<void>): Promise<void> {
    const there = this.waiting.get(key);
    if (there) return there;
    const turn = this.run(key, ms, act);
    this.waiting.set(key, turn);
    return turn;
  }

  private async run(key: Key, ms: number, act: () => Promise<void>): Promise<void> {
    await Promise.allSettled([this.running.get(key), new Promise((resolve) => setTimeout(resolve, ms))]);
    this.waiting.delete(key);
    const acting = act();
    this.running.set(key, acting);
    try {
      await acting;
    } finally {
      this.running.delete(key);
    }
  }
}
