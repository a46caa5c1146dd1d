/** Lets each key do so many things at once and so many a second after that. Per process; forgets who has been quiet. */
export class TokenBuckets {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(limit: { burst: number; perSecond: number }) {
    this.#burst = limit.burst;
    this.#perSecond = limit.perSecond;
  }

  take(key: string, now: Temporal.Instant): boolean {
    const at = now.epochMilliseconds;
    const bucket = this.#buckets.get(key) ?? { left: this.#burst, at };
    const left = Math.min(this.#burst, bucket.left + (Math.max(0, at - bucket.at) / 1000) * this.#perSecond);
    // Put last again, so that the first is the one longest quiet.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > mostKeys && oldest !== undefined) this.#buckets.delete(oldest);
    return left >= 1;
  }
}

const mostKeys = 20_000;
