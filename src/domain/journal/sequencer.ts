import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import type { Entry } from "./entry.ts";
import type { JournalFollower } from "./follow-journal.ts";
import { startReader, type Reader } from "./subscription-reader.ts";
import type { Subscription } from "./subscription.ts";

/** Any number, the same in every process: whoever holds the lock numbers the journal. */
export const sequencerLock = 7_467_002;
const backstopMs = 1_000;
const lookAgainMs = 60_000;
const batch = 1_000;
/** The channel that tells every process how far the journal has been numbered. */
export const numberedChannel = "torg_numbered";
/** The channel on which a process without the sequencer says that it has written. */
export const writtenChannel = "torg_written";

/** What a process without the sequencer calls after each commit: many in a row are told of once. */
export function sayWritten(db: Database): () => void {
  let saying = false;
  let more = false;
  return function say() {
    more = saying;
    if (saying) return;
    saying = true;
    db.sql
      .notify(writtenChannel, "")
      .catch(() => {})
      .finally(() => {
        saying = false;
        // It may have left before the later commits.
        if (more) say();
      });
  };
}

type Connection = ReturnType<Database["alone"]>;

export type Sequencer = { stop(): Promise<void> };

/**
 * Numbers committed entries and hands them to the subscriptions. Any process may run one: an advisory lock lets
 * one work, the others stand by. Only committed rows are seen, and one at a time numbers them, so a reader that
 * follows the numbers can miss nothing.
 */
export function startSequencer(options: {
  db: Database;
  subscriptions: Subscription[];
  log: Log;
  /** Of this process: it is handed what is numbered here. Others hear from the database that there is something. */
  follower?: Pick<JournalFollower, "lead" | "hear">;
}): Sequencer {
  const { db, log } = options;
  const stopping = new AbortController();
  let wake = () => {};
  let woken = false;
  let leading = false;
  const tellLeader = sayWritten(db);
  const ping = () => {
    woken = true;
    wake();
  };
  db.afterCommit(() => (leading ? ping() : tellLeader()));
  const listening = db.sql.listen(writtenChannel, ping);
  listening.catch(() => {}); // Awaited when it stops; until it is heard, it looks by itself.

  // By itself, for it holds the lock, and works for the system: numbering is one statement and its own transaction then.
  const connection = db.alone();
  const lead = async (): Promise<void> => {
    const [row] = await connection<{ locked: boolean }[]>`
      select pg_try_advisory_lock(${sequencerLock}) as locked, set_config('torg.authority', '0', false)`;
    if (!row?.locked) return;
    leading = true;
    options.follower?.lead(true);
    const readers = options.subscriptions.map((subscription) => startReader({ db, subscription, log, ping }));
    const tryAgain = (due: ReadonlySet<string>) => {
      for (const reader of readers) if (due.has(reader.name)) reader.tryAgain();
    };
    // If the connection is lost, whoever numbers hears of it.
    const looking = setInterval(() => void namesDue(connection).then(tryAgain, () => {}), lookAgainMs);
    try {
      const behind = await namesBehind(connection, options.subscriptions);
      for (const reader of readers) if (behind.has(reader.name)) reader.wake();
      tryAgain(await namesDue(connection, "all"));
      while (!stopping.signal.aborted) {
        woken = false;
        const { entries, unconcerned } = await number(connection, options.subscriptions);
        options.follower?.hear(entries);
        if (entries.length > 0)
          for (const reader of readers) if (!unconcerned.has(reader.name)) reader.wake();
        if (entries.length === batch || woken) continue;
        await pause();
      }
    } finally {
      clearInterval(looking);
      leading = false;
      options.follower?.lead(false);
      await Promise.all(readers.map((reader: Reader) => reader.stop()));
      await connection`select pg_advisory_unlock_all()`.catch(() => {});
    }
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      if (woken || stopping.signal.aborted) return resolve();
      const timer = setTimeout(resolve, backstopMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await lead().catch((error: unknown) => log.error("the sequencer stumbled and starts again", { error }));
      woken = false;
      await pause();
    }
  })();
  return {
    async stop() {
      stopping.abort();
      wake();
      await running;
      await connection.end({ timeout: 1 }).catch(() => {});
      await listening.then((listener) => listener.unlisten()).catch(() => {});
    },
  };
}

/** Who has something to read that was numbered before. The others need no session of their own to find nothing. */
async function namesBehind(
  connection: Connection,
  subscriptions: readonly Subscription[],
): Promise<ReadonlySet<string>> {
  const rows = await connection<{ name: string }[]>`
    select name from unnest(${subscriptions.map(({ name }) => name)}::text[]) as known (name)
    left join subscription using (name)
    where coalesce(position, 0) < (select number from journal_head)`;
  return new Set(rows.map(({ name }) => name));
}

/** Who has set something aside that is due; when Torg starts all that is ever tried again is: it may be another version. */
async function namesDue(connection: Connection, which: "all" | "due" = "due"): Promise<ReadonlySet<string>> {
  const rows =
    which === "all"
      ? await connection<{ name: string }[]>`
          update subscription_failure set again_at = least(again_at, clock_timestamp())
          where again_at is not null returning name`
      : await connection<{ name: string }[]>`
          select name from subscription_failure where again_at <= clock_timestamp()`;
  return new Set(rows.map(({ name }) => name));
}

type Said = { moved: string[]; leads: boolean };

/**
 * Numbers what has been committed, in the session that holds the lock, and tells every process. Subscriptions that
 * nothing of it concerns are moved past it as well, if they had come so far: that spares each of them a transaction. One
 * statement, for it is made after each commit of anybody's. Returns the entries, committed, and whose turn it is not.
 */
async function number(
  connection: Connection,
  subscriptions: readonly Subscription[],
): Promise<{ entries: Entry[]; unconcerned: ReadonlySet<string> }> {
  const wishes = JSON.stringify(subscriptions.map(({ name, kinds }) => ({ name, kinds })));
  // One row for each entry; one with nothing but the rest when there is none.
  const rows = await connection<(Said & (Entry | { id: null }))[]>`
    with fresh as materialized (
      select authority, id, row_number() over (order by id) as step
      from (select authority, id from journal where number is null order by id limit ${batch}) unnumbered),
    numbered as (
      update journal set number = (select number from journal_head) + fresh.step from fresh
      where journal.authority = fresh.authority and journal.id = fresh.id
      returning journal.authority, journal.id, number, at, direction, kind, account, channel, person, post, subject, facts),
    head as (
      update journal_head set number = (select max(number) from numbered)
      where exists (select from numbered) returning number),
    unconcerned as (
      select name from jsonb_to_recordset(${wishes}::text::jsonb) as wish (name text, kinds text[])
      where not exists (select from numbered where kind = any(wish.kinds))),
    moved as (
      update subscription set position = head.number from head where name in (
        select name from subscription join unconcerned using (name)
        where position = (select min(number) - 1 from numbered) for update of subscription skip locked)
      returning name)
    select numbered.*, said.* from (
      select array(select name from moved) as moved, (select pg_notify(${numberedChannel}, number::text) from head),
        current_setting('torg.authority', true) = '0' as leads) said
    left join numbered on true order by numbered.number`;
  const [row] = rows;
  if (!row?.leads) throw new Error("the session that held the sequencer's lock has ended");
  return { entries: rows.flatMap((row) => (row.id === null ? [] : row)), unconcerned: new Set(row.moved) };
}
