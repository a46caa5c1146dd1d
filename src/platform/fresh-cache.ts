import type { TenantId } from "./database.ts";

type Kept<Value> = { authority: TenantId; value: Value; bytes: number; until: number };
type Entry<Value> = Kept<Value> & { asked: boolean };
/** How many changes there had been when a value began to be made. */
export type Ticket = number;

/**
 * Values made from facts. The oldest leave first, but for those that have been asked for since they were last spared.
 * One whose facts may have changed since it began to be made is never kept.
 */
export type FreshCache<Value> = {
  get(key: string, nowMs: number): Value | undefined;
  begin(): Ticket;
  /** `bytes`: how much room it takes; `until`: in the same milliseconds as `nowMs`. */
  put(ticket: Ticket, key: string, kept: Kept<Value>): void;
  /** What may have changed: the facts of one authority, or of any. */
  empty(authority?: TenantId): void;
  /** Drops what has had its time; how many bytes that were. */
  dropOld(nowMs: number): number;
  size(): { values: number; bytes: number };
};

/** All of this process, for as long as somebody uses them. */
const caches = new Set<WeakRef<Pick<FreshCache<unknown>, "dropOld">>>();

/** What nobody asks for again would stay for ever, since only asking shows that it is too old. */
export function dropOldOfAll(nowMs: number): number {
  let bytes = 0;
  for (const reference of caches) {
    const cache = reference.deref();
    if (cache) bytes += cache.dropOld(nowMs);
    else caches.delete(reference);
  }
  return bytes;
}

export function createFreshCache<Value>(options: { maxBytes: number }): FreshCache<Value> {
  const entries = new Map<string, Entry<Value>>();
  const changedAt = new Map<TenantId, Ticket>();
  let changes = 0;
  let allChangedAt = 0;
  let bytes = 0;
  const drop = (key: string, entry: Entry<Value>) => {
    entries.delete(key);
    bytes -= entry.bytes;
  };
  const cache: FreshCache<Value> = {
    get(key, nowMs) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.until <= nowMs) {
        drop(key, entry);
        return undefined;
      }
      entry.asked = true;
      return entry.value;
    },
    begin: () => changes,
    put(ticket, key, kept) {
      if (ticket < Math.max(allChangedAt, changedAt.get(kept.authority) ?? 0)) return;
      const before = entries.get(key);
      if (before) drop(key, before);
      entries.set(key, { ...kept, asked: false });
      bytes += kept.bytes;
      // What is spared comes again at the end, and leaves then if all were asked for.
      for (const [oldest, entry] of entries) {
        if (bytes <= options.maxBytes) break;
        if (entry.asked) {
          entry.asked = false;
          entries.delete(oldest);
          entries.set(oldest, entry);
        } else drop(oldest, entry);
      }
    },
    empty(authority) {
      changes += 1;
      if (authority === undefined) {
        allChangedAt = changes;
        entries.clear();
        bytes = 0;
        return;
      }
      changedAt.set(authority, changes);
      for (const [key, entry] of entries) if (entry.authority === authority) drop(key, entry);
    },
    dropOld(nowMs) {
      const before = bytes;
      for (const [key, entry] of entries) if (entry.until <= nowMs) drop(key, entry);
      return before - bytes;
    },
    size: () => ({ values: entries.size, bytes }),
  };
  caches.add(new WeakRef(cache));
  return cache;
}
