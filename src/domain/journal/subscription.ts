import type { Transaction, TenantId } from "#platform/database.ts";
import type { Entry } from "./entry.ts";

/** Something that follows from facts. Its effects commit together with its position, so each entry counts once. */
export type Subscription = {
  /** Names the position; never change it. */
  name: string;
  /** Only entries of these kinds are handed over. */
  kinds: readonly string[];
  /** Awaited before each batch: it gives way to what is more urgent, for a while. */
  turn?(): Promise<void> | undefined;
  /** Entries of one authority, in order, in a transaction bound to it. Opens no socket. */
  handle(tx: Transaction, authority: TenantId, entries: Entry[]): Promise<void>;
  /** When an entry that was set aside may be handled after those behind it; where nothing is said, never. */
  late?(entry: Entry): Late | undefined;
};

/** always: what comes of it is as things then stand. Else if nothing behind it was of its account, or in its thread. */
export type Late = "always" | "if-account-rests" | "if-thread-rests";
