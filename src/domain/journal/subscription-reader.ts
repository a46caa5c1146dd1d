import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { failAgain, setAside, tryAgain } from "./subscription-failures.ts";
import { isOfSurroundings } from "./subscription-fault.ts";
import { digest, type Done } from "./subscription-position.ts";
import type { Subscription } from "./subscription.ts";

/** `tryAgain` wakes it, too: something that it has set aside is due. */
export type Reader = { name: string; wake(): void; tryAgain(): void; stop(): Promise<void> };

const batch = 200;
/** So many set aside one after the other may be the fault of us who handle them: each is then given time as well. */
const suspicious = 5;
const longestPauseMs = 15_000;

type ReaderOptions = { db: Database; subscription: Subscription; log: Log; ping: () => void };
type Reading = ReaderOptions & { stopping: AbortSignal; setAsideInARow: number };

export function startReader(options: ReaderOptions): Reader {
  const { subscription, log } = options;
  const stopping = new AbortController();
  const reading: Reading = { ...options, stopping: stopping.signal, setAsideInARow: 0 };
  let wanted = false;
  let again = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (wanted && !stopping.signal.aborted) {
      wanted = false;
      for (let more = true; more && !stopping.signal.aborted;) {
        await subscription.turn?.();
        ({ more } = await step(reading));
      }
      // One at a time: what has come meanwhile goes first.
      if (!again || stopping.signal.aborted) continue;
      again = await tryOneAgain(reading);
      wanted ||= again;
    }
  };
  const wake = () => {
    wanted = true;
    running ??= run()
      .catch((error: unknown) =>
        log.error("a reader of the journal stumbled", { subscription: subscription.name, error }),
      )
      .finally(() => {
        running = undefined;
        if (wanted && !stopping.signal.aborted) wake();
      });
  };
  return {
    name: subscription.name,
    wake,
    tryAgain() {
      again = true;
      wake();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function step(reading: Reading): Promise<Done> {
  const { db, subscription, log, stopping } = reading;
  try {
    return told(reading, await db.system((tx) => digest(tx, subscription, batch)));
  } catch (error) {
    log.warn("a batch of journal entries failed and is taken one by one", {
      subscription: subscription.name,
      error,
    });
  }
  // As many as the batch had, or up to the one that it failed by: after each of them it would only fail anew.
  for (let n = 1; ; n++) {
    const done = await digestOne(reading);
    if (n === batch || done.wasSetAside || !done.more || stopping.aborted) return done;
  }
}

function told(reading: Reading, done: Done): Done {
  if (done.handled) {
    reading.setAsideInARow = 0;
    reading.ping();
  }
  return done;
}

/** Whatever it takes until the next entry is handled or, if it fails by its own fault and again, set aside. */
async function digestOne(reading: Reading): Promise<Done & { wasSetAside?: true }> {
  const { db, subscription, log, ping, stopping } = reading;
  const held: { number?: string } = {};
  let failed: { number: string; error: unknown } | undefined;
  let tries = reading.setAsideInARow < suspicious ? 2 : 3;
  for (let waits = 0; !stopping.aborted;) {
    try {
      if (failed && tries === 0) {
        const { number, error } = failed;
        const isAside = await db.system((tx) => setAside(tx, subscription, { number, error }));
        if (!isAside) return { handled: false, more: true };
        log.error("a journal entry was set aside", { subscription: subscription.name, number, error });
        reading.setAsideInARow++;
        ping();
        return { handled: true, more: true, wasSetAside: true };
      }
      delete held.number;
      return told(
        reading,
        await db.system((tx) => digest(tx, subscription, 1, (number) => (held.number = number))),
      );
    } catch (error) {
      if (tries > 0 && held.number !== undefined && !isOfSurroundings(error)) {
        failed = { number: held.number, error };
        // The last of three.
        if (--tries === 1 && reading.setAsideInARow >= suspicious)
          await rest(reading, reading.setAsideInARow - suspicious);
        continue;
      }
      log.warn("a reader of the journal waits", { subscription: subscription.name, error });
      await rest(reading, waits++);
    }
  }
  return { handled: false, more: false };
}

/** Longer each time. */
async function rest({ stopping }: Reading, time: number): Promise<void> {
  await pause(Math.min(50 * 2 ** time, longestPauseMs), undefined, { signal: stopping }).catch(() => {});
}

/** Tries the first of what is due; says whether there may be another. */
async function tryOneAgain({ db, subscription, log, ping }: Reading): Promise<boolean> {
  const { name } = subscription;
  const held: { number?: string } = {};
  try {
    const tried = await db.system((tx) => tryAgain(tx, subscription, (number) => (held.number = number)));
    if (tried?.outcome === "handled") {
      log.info("a journal entry that was set aside has been handled", { subscription: name, ...tried });
      ping();
    } else if (tried)
      log.warn("a journal entry stays set aside: others went before it", { subscription: name, ...tried });
    return tried !== undefined;
  } catch (error) {
    const { number } = held;
    log.warn("a journal entry that was set aside failed again", { subscription: name, number, error });
    // It is due as before, and is tried when it is next looked for.
    if (number === undefined || isOfSurroundings(error)) return false;
    return db
      .system((tx) => failAgain(tx, name, { number, error }))
      .then(
        () => true,
        () => false,
      );
  }
}
