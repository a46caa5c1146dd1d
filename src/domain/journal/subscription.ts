import { bind, type Database, type Transaction, type TenantId } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { entriesAfter, type Entry } from "./entry.ts";

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
};

export type Reader = { name: string; wake(): void; stop(): Promise<void> };

const batch = 200;

type ReaderOptions = {
  db: Database;
  subscription: Subscription;
  log: Log;
  ping: () => void;
  patience: number;
};

export function startReader(options: ReaderOptions): Reader {
  const { subscription, log } = options;
  const stopping = new AbortController();
  let wanted = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (wanted && !stopping.signal.aborted) {
      wanted = false;
      for (let more = true; more && !stopping.signal.aborted;) {
        await subscription.turn?.();
        ({ more } = await step(options, stopping.signal));
      }
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
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** `handled`: something may have followed from it; `more`: the batch was full, so that more may wait. */
type Done = { handled: boolean; more: boolean };

async function step(options: ReaderOptions, stopping: AbortSignal): Promise<Done> {
  const { db, subscription, log } = options;
  try {
    return told(options, await db.system((tx) => digest(tx, subscription, batch)));
  } catch (error) {
    log.warn("a batch of journal entries failed and is taken one by one", {
      subscription: subscription.name,
      error,
    });
  }
  // As many as the batch had, or up to the one that it failed by: after each of them it would only fail anew.
  for (let n = 1; ; n++) {
    const done = told(options, await digestOne(options));
    if (n === batch || done.wasSetAside || !done.more || stopping.aborted) return done;
  }
}

function told<Digested extends Done>({ ping }: ReaderOptions, done: Digested): Digested {
  if (done.handled) ping();
  return done;
}

async function digestOne({
  db,
  subscription,
  log,
  patience,
}: ReaderOptions): Promise<Done & { wasSetAside?: boolean }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.system((tx) => digest(tx, subscription, 1));
    } catch (error) {
      if (attempt < patience) {
        await new Promise((resolve) => setTimeout(resolve, 50 * 4 ** attempt));
        continue;
      }
      await db.system((tx) => setAside(tx, subscription, error));
      log.error("a journal entry was set aside", { subscription: subscription.name, error });
      return { handled: true, more: true, wasSetAside: true };
    }
  }
}

async function digest(tx: Transaction, subscription: Subscription, limit: number): Promise<Done> {
  const entries = await holdEntries(tx, subscription.name, limit);
  const last = entries.at(-1);
  if (!last) return { handled: false, more: false };
  const wanted = entries.filter((entry) => subscription.kinds.includes(entry.kind));
  for (const run of runsOfOneAuthority(wanted)) {
    // The binding travels with the first query, and is there before it.
    await Promise.all([bind(tx, run.authority), subscription.handle(tx, run.authority, run.entries)]);
  }
  await move(tx, subscription.name, last.number);
  return { handled: wanted.length > 0, more: entries.length === limit };
}

async function setAside(tx: Transaction, subscription: Subscription, error: unknown): Promise<void> {
  const [entry] = await holdEntries(tx, subscription.name, 1);
  if (!entry) return;
  await tx`insert into subscription_failure (name, number, error, at)
    values (${subscription.name}, ${entry.number}, ${String(error)}, clock_timestamp()) on conflict do nothing`;
  await move(tx, subscription.name, entry.number);
}

/** The next entries of a subscription, whose position is held so that no other reader takes them too. */
async function holdEntries(tx: Transaction, name: string, limit: number): Promise<Entry[]> {
  const [, entries] = await Promise.all([
    tx`select from subscription where name = ${name} for update`,
    // Sent with the first, but its snapshot is taken when that holds the row.
    entriesAfter(tx, tx`coalesce((select position from subscription where name = ${name}), 0)`, limit),
  ]);
  return entries;
}

async function move(tx: Transaction, name: string, position: string): Promise<void> {
  await tx`insert into subscription (name, position) values (${name}, ${position})
    on conflict (name) do update set position = excluded.position`;
}

function runsOfOneAuthority(entries: Entry[]): { authority: TenantId; entries: Entry[] }[] {
  const runs: { authority: TenantId; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.authority === entry.authority) run.entries.push(entry);
    else runs.push({ authority: entry.authority, entries: [entry] });
  }
  return runs;
}
