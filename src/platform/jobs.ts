import { EventEmitter } from "node:events";
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from "graphile-worker";
import type { Database, Transaction } from "./database.ts";
import type { Log } from "./log.ts";
import { withSetting } from "./postgres/socket-address.ts";

/** What is done apart from a request: it may fail and is tried again, so it must bear repetition. Carries ids only. */
export type JobHandler = (payload: Record<string, string>) => Promise<void>;
export type JobOptions = {
  /** One waiting job a key: a later one replaces it. */
  key?: string;
  runAt?: Temporal.Instant;
  maxAttempts?: number;
  /** Waits for all others: what strangers make us do must not keep what we say from being delivered. */
  yielding?: boolean;
};

/** Queues a job in the caller's transaction: it exists if the transaction commits, and not otherwise. */
export async function addJob(
  tx: Transaction,
  name: string,
  payload: Record<string, string>,
  options: JobOptions = {},
): Promise<void> {
  await tx`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::text::json,
    run_at => ${options.runAt ?? null}::timestamptz, job_key => ${options.key ?? null},
    max_attempts => ${options.maxAttempts ?? 10}::int, priority => ${options.yielding ? 10 : 0}::int)`;
}

/** Queues many of one kind at once; no two under the same key. By key in one order everywhere, so that two never wait for each other. */
export async function addJobs(
  tx: Transaction,
  name: string,
  jobs: readonly { payload: Record<string, string>; key?: string; runAt?: Temporal.Instant | undefined }[],
  { maxAttempts = 10, yielding = false }: Pick<JobOptions, "maxAttempts" | "yielding"> = {},
): Promise<void> {
  if (jobs.length === 0) return;
  const specs = jobs
    .map(({ payload, key, runAt }) => ({ payload, key: key ?? null, runAt: runAt?.toString() ?? null }))
    .toSorted((one, other) => compare(one.key ?? "", other.key ?? ""));
  await tx`select count(*) from graphile_worker.add_jobs(array(
    select row(${name}::text, payload, null, "runAt", ${maxAttempts}::int, key, ${yielding ? 10 : 0}::int, null)
      ::graphile_worker.job_spec
    from jsonb_to_recordset(${JSON.stringify(specs)}::text::jsonb)
      as spec (payload json, key text, "runAt" timestamptz)))`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

export type Worker = { stop(): Promise<void> };

/** Namespace of the advisory locks by which a living worker is known. */
const lockSpace = 7_467;
const sweepMs = 10_000;

/**
 * Works on queued jobs until stopped. A worker holds an advisory lock as long as it lives; jobs of one whose lock
 * is gone are freed at the start and every ten seconds (the library's own time-out is four hours).
 */
export async function startWorker(options: {
  db: Database;
  /** Same database; a role may be given as for postgres.js. */
  databaseUrl: string;
  role?: string;
  handlers: Record<string, JobHandler>;
  /** Lines of "minute hour day month weekday task", as cron has them. */
  crontab?: string;
  concurrency?: number;
  log: Log;
}): Promise<Worker> {
  const { db, log } = options;
  let worker: string | undefined;
  let locked: Promise<unknown> = Promise.resolve();
  // Taking what one has changes nothing.
  const live = async () => {
    if (worker !== undefined)
      await connection`select pg_advisory_lock(${lockSpace}, hashtext(${worker})) where not exists (
        select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and classid = ${lockSpace}::bigint::oid)`;
  };
  // A session that was cut is followed by one that lives as well: else others would do its jobs a second time.
  const connection = db.alone(() => {
    live().catch(() => {}); // The sweep tries again.
  });
  await freeJobsOfTheDead(connection);
  const events = new EventEmitter() as WorkerEvents;
  events.on("pool:create", ({ workerPool }) => {
    worker = workerPool.id;
    locked = live();
    locked.catch(() => {}); // Awaited below, unless the database is lost before that.
  });
  const runner: Runner = await run({
    connectionString: options.role
      ? withSetting(options.databaseUrl, `role=${options.role}`)
      : options.databaseUrl,
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    pollInterval: 2_000,
    maxPoolSize: 4,
    preset: { worker: { localQueue: { size: 16 }, completeJobBatchDelay: 5 } },
    crontab: options.crontab ?? "",
    taskList: tasks(options.handlers),
    events,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log.warn(`jobs: ${message}`);
    }),
  });
  await locked;
  const timer = setInterval(() => {
    live()
      .then(() => freeJobsOfTheDead(connection))
      .catch((error: unknown) => log.warn("jobs of dead workers could not be freed", { error }));
  }, sweepMs);
  return {
    async stop() {
      clearInterval(timer);
      await runner.stop();
      // Its connections close after that: the database must not be stopped under them.
      await runner.promise;
      worker = undefined;
      await connection.end({ timeout: 1 }).catch(() => {});
    },
  };
}

function tasks(handlers: Record<string, JobHandler>): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (payload: unknown) => handle((payload ?? {}) as Record<string, string>),
    ]),
  );
}

async function freeJobsOfTheDead(connection: ReturnType<Database["alone"]>): Promise<void> {
  const dead = await connection<{ worker: string }[]>`
    select distinct locked_by as worker from graphile_worker._private_jobs
    where locked_by is not null and locked_at < clock_timestamp() - interval '1 second' and not exists (
      select from pg_locks where locktype = 'advisory' and classid = ${lockSpace}::bigint::oid
      and objid = (hashtext(locked_by)::bigint & 4294967295)::oid)`;
  if (dead.length > 0)
    await connection`select graphile_worker.force_unlock_workers(${dead.map((row) => row.worker)}::text[])`;
}
