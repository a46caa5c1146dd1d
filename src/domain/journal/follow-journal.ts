import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { entriesAfter, journalHead, type Entry } from "./entry.ts";
import { numberedChannel } from "./sequencer.ts";

const backstopMs = 1_000;
const batch = 500;

export type JournalFollower = {
  /** The last number handed out; decks resume from it. */
  position(): string;
  onEntries(listener: (entries: Entry[]) => void): () => void;
  stop(): Promise<void>;
};

/**
 * Hands every entry numbered from now on to this process's listeners, in order: decks and caches. Told by the
 * sequencer's notification; looks by itself each second, and after a lost connection, so that none is missed.
 */
export async function followJournal(options: { db: Database; log: Log }): Promise<JournalFollower> {
  const { db, log } = options;
  const listeners = new Set<(entries: Entry[]) => void>();
  let position = await db.system(journalHead);
  let running: Promise<void> | undefined;
  let again = false;
  const stopping = new AbortController();
  const read = async () => {
    do {
      again = false;
      const entries = await db.system((tx) => entriesAfter(tx, position, batch));
      const last = entries.at(-1);
      if (!last) continue;
      position = last.number;
      for (const listener of listeners) listener(entries);
      // Whatever is numbered meanwhile is told of.
      again ||= entries.length === batch;
    } while (again && !stopping.signal.aborted);
  };
  const look = () => {
    again = true;
    running ??= read()
      .catch((error: unknown) => log.warn("the journal could not be followed for a moment", { error }))
      .finally(() => (running = undefined));
  };
  const listening = await db.sql.listen(numberedChannel, look, look);
  const timer = setInterval(look, backstopMs);
  return {
    position: () => position,
    onEntries(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await listening.unlisten().catch(() => {});
      await running;
    },
  };
}
