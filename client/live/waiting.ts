import { compare } from "./items.ts";

/** How many posts wait with all that they look like; of the older ones only the count is kept. */
const most = 60;

/** What is new in a column and not shown yet: the newest posts, and how many there are in all. */
export class Waiting {
  private readonly items = new Map<string, string>();
  /** Everything up to this position was counted and let go. */
  private dropped = "";
  count = 0;

  /** Takes a post in, or its newer look. Returns whether it had not been counted. */
  set(position: string, html: string): boolean {
    if (this.items.has(position)) {
      this.items.set(position, html);
      return false;
    }
    if (this.dropped !== "" && compare(position, this.dropped) <= 0) return false;
    this.items.set(position, html);
    this.count++;
    if (this.items.size > most) {
      const oldest = this.sorted().at(-1)?.[0] ?? position;
      this.items.delete(oldest);
      this.dropped = oldest;
    }
    return true;
  }

  has(position: string): boolean {
    return this.items.has(position);
  }

  delete(position: string): void {
    if (this.items.delete(position)) this.count--;
  }

  /** Deletes a post wherever it stands. */
  deletePost(post: string): void {
    for (const [position, html] of this.items)
      if (html.includes(` data-post="${post}"`)) this.delete(position);
  }

  /** Whether all that was counted is at hand. */
  get isWhole(): boolean {
    return this.count === this.items.size;
  }

  get oldest(): string | undefined {
    return this.sorted().at(-1)?.[0];
  }

  /** Newest first, in all or only the oldest few of them. */
  take(few?: number): [position: string, html: string][] {
    const all = this.sorted();
    const taken = few === undefined ? all : all.slice(-few);
    if (taken.length === all.length) this.clear();
    else for (const [position] of taken) this.delete(position);
    return taken;
  }

  clear(): void {
    this.items.clear();
    this.dropped = "";
    this.count = 0;
  }

  private sorted(): [string, string][] {
    return [...this.items].toSorted(([a], [b]) => compare(b, a));
  }
}
