import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { entriesAfter, journalHead, type Entry } from "./entry.ts";
import { numberedChannel } from "./sequencer.ts";

const backstopMs = 1_000;
/** Whoever numbers here says so each second. Unheard for longer, its session may be cut without its knowing. */
const longestUnheard = 3;
const batch = 500;
/** Whoever gives way to the listeners does so for no longer than this. */
const patienceMs = 100;

export type JournalListener = (entries: Entry[]) => Promise<void> | undefined;

export type JournalFollower = {
  /** The last number handed out; decks resume from it. */
  position(): string;
  /** A listener whom somebody waits for says when it is done. */
  onEntries(listener: JournalListener): () => void;
  /** Resolves when the listeners are done with what they have been handed, or after a while in any case. */
  told(): Promise<void>;
  /** Whether this process numbers the journal: then it is handed what it numbers, and need not ask for it. */
  lead(leads: boolean): void;
  /** Whoever numbers calls it each second, also with nothing. */
  hear(numbered: readonly Entry[]): void;
  stop(): Promise<void>;
};

/**
 * Hands every entry numbered from now on to this process's listeners, in order: decks and caches. Told by the
 * sequencer's notification; looks by itself each second where another process numbers, where nothing is heard of
 * numbering here, and after a lost connection or a look that failed, so that none is missed.
 */
export async function followJournal(options: { db: Database; log: Log }): Promise<JournalFollower> {
  const { db, log } = options;
  const listeners = new Set<JournalListener>();
  let position = await db.system(journalHead);
  let running: Promise<void> | undefined;
  let again = false;
  let leading = false;
  let unheard = 0;
  let telling: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const isFresh = (number: string) => BigInt(number) > BigInt(position);
  const tell = async (listener: JournalListener, entries: Entry[]) => {
    try {
      await listener(entries);
    } catch (error) {
      log.error("a listener of the journal stumbled", { error });
    }
  };
  /** Numbers have no gaps: whatever follows a number that was handed out can be handed out, wherever it came from. */
  const handOut = (entries: readonly Entry[]) => {
    const fresh = entries.filter((entry) => isFresh(entry.number));
    const last = fresh.at(-1);
    if (!last) return;
    position = last.number;
    telling = Promise.all([...listeners].map((listener) => tell(listener, fresh)));
  };
  const read = async () => {
    do {
      again = false;
      const entries = await db.system((tx) => entriesAfter(tx, position, batch));
      handOut(entries);
      // Whatever is numbered meanwhile is told of.
      again ||= entries.length === batch;
    } while (again && !stopping.signal.aborted);
  };
  const look = () => {
    again = true;
    running ??= read()
      .catch((error: unknown) => {
        again = true;
        log.warn("the journal could not be followed for a moment", { error });
      })
      .finally(() => (running = undefined));
  };
  const lead = (leads: boolean) => {
    leading = leads;
    // What another numbered before, or we ourselves without having heard of it.
    look();
  };
  const hear = (numbered: readonly Entry[]) => {
    unheard = 0;
    const [first] = numbered;
    if (!first || stopping.signal.aborted) return;
    if (BigInt(first.number) > BigInt(position) + 1n) look();
    else handOut(numbered);
  };
  const listening = await db.sql.listen(
    numberedChannel,
    (number) => {
      if (!leading && isFresh(number)) look();
    },
    look,
  );
  // A session that is asked each second would never rest, and keep what it has grown to.
  const timer = setInterval(() => {
    unheard += 1;
    if (!leading || unheard > longestUnheard || again) look();
  }, backstopMs);
  return {
    position: () => position,
    onEntries(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    told: () => atMost(patienceMs, telling),
    lead,
    hear,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await listening.unlisten().catch(() => {});
      await running;
    },
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
