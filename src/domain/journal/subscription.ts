import { bind, type Database, type Transaction, type TenantId } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { entriesAfter, type Entry } from "./entry.ts";

/** Something that follows from facts. Its effects commit together with its position, so each entry counts once. */
export type Subscription = {
  /** Names the position; never change it. */
  name: string;
  /** Only entries of these kinds are handed over. */
  kinds: readonly string[];
  /** Entries of one authority, in order, in a transaction bound to it. Opens no socket. */
  handle(tx: Transaction, authority: TenantId, entries: Entry[]): Promise<void>;
};

export type Reader = { wake(): void; stop(): Promise<void> };

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
      while (!stopping.signal.aborted && (await step(options))) options.ping();
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
    wake,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Handles one batch; true when there may be more. */
async function step({ db, subscription, log, patience }: ReaderOptions): Promise<boolean> {
  try {
    return await db.system((tx) => digest(tx, subscription, batch));
  } catch (error) {
    log.warn("a batch of journal entries failed and is taken one by one", {
      subscription: subscription.name,
      error,
    });
  }
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
      return true;
    }
  }
}

async function digest(tx: Transaction, subscription: Subscription, limit: number): Promise<boolean> {
  const position = await readPosition(tx, subscription.name);
  const entries = await entriesAfter(tx, position, limit);
  const last = entries.at(-1);
  if (!last) return false;
  const wanted = entries.filter((entry) => subscription.kinds.includes(entry.kind));
  for (const run of runsOfOneAuthority(wanted)) {
    await bind(tx, run.authority);
    await subscription.handle(tx, run.authority, run.entries);
  }
  await move(tx, subscription.name, last.number);
  return true;
}

async function setAside(tx: Transaction, subscription: Subscription, error: unknown): Promise<void> {
  const position = await readPosition(tx, subscription.name);
  const [entry] = await entriesAfter(tx, position, 1);
  if (!entry) return;
  await tx`insert into subscription_failure (name, number, error, at)
    values (${subscription.name}, ${entry.number}, ${String(error)}, clock_timestamp()) on conflict do nothing`;
  await move(tx, subscription.name, entry.number);
}

async function readPosition(tx: Transaction, name: string): Promise<string> {
  const [row] = await tx<
    { position: string }[]
  >`select position from subscription where name = ${name} for update`;
  return row?.position ?? "0";
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
