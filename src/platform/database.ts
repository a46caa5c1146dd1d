import postgres from "postgres";
import type { Id } from "./id.ts";
import { forPostgresJs } from "./postgres/socket-address.ts";
import { transaction } from "./transaction.ts";

/** Whose rows a transaction sees. */
export type TenantId = Id<"tenant">;

/** A connection inside a transaction that is bound to one authority (or to the system). */
export type Transaction = postgres.TransactionSql<Types>;
type Types = { instant: Temporal.Instant };
/** A part of a query, as `tx` gives it. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** PostgreSQL: the only way to a query is a transaction bound to an authority, so that none can be forgotten. */
export type Database = {
  /** Runs work for one authority; commits when it returns, rolls back when it throws. */
  as<T>(authority: TenantId, work: (tx: Transaction) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Reads for one authority on one snapshot; cannot write. */
  read<T>(authority: TenantId, work: (tx: Transaction) => Promise<T>, options?: ReadOptions): Promise<T>;
  /** Work that is nobody's or everybody's: sequencer, host look-up, backup. Few may; a test names them. */
  system<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Called after each commit of `as`: the sequencer listens here, so that facts travel at once. */
  afterCommit(listener: (commit: { changes: Changes }) => void): void;
  /** The bare connections, for LISTEN, advisory locks and COPY. */
  sql: postgres.Sql<Types>;
  /**
   * One connection by itself, for what lives as long as a session does: a lock, a setting. After it has been cut the
   * next query is another session's, where neither is: `onEnd` is called whenever a session ends. Whoever asked for it
   * ends it.
   */
  alone(onEnd?: () => void): postgres.Sql<Types>;
  close(): Promise<void>;
};

/** not-yet: what is only kept to be handled later, so that nobody reads anything else than before. */
export type Changes = "what-is-read" | "not-yet";
export type WriteOptions = { changes?: Changes };
export type ReadOptions = {
  /**
   * kept: each query is planned once a connection and not anew for what is asked this time. For large queries that go
   * by index whatever is asked, where planning takes longer than reading; never for searches.
   */
  plans?: "kept";
};
export type DatabaseOptions = { connections?: number; role?: string; applicationName?: string };

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const server = forPostgresJs(url);
  const settings = {
    ...server.options,
    max: options.connections ?? 10,
    onnotice: () => {},
    // Each idle connection costs the server 3 MiB. They are used in turn, so that whoever looks once a second would
    // keep ten of them alive with a longer time.
    idle_timeout: 1,
    connection: {
      application_name: options.applicationName ?? "torg",
      TimeZone: "UTC",
      ...(options.role ? { role: options.role } : {}),
    },
    types: {
      instant: {
        to: 1184,
        from: [1184],
        serialize: (instant: unknown) => String(instant),
        parse: parseInstant,
      },
    },
  };
  const sql = postgres(server.url, settings);
  const bound = <T>(
    mode: string,
    authority: string,
    work: (tx: Transaction) => Promise<T>,
    { plans }: ReadOptions = {},
  ): Promise<T> =>
    transaction(sql as postgres.Sql<Types>, mode, (tx) => {
      const plan = plans && tx`, set_config('plan_cache_mode', 'force_generic_plan', true)`;
      // Not awaited: it travels in one packet with the first query of the work.
      const binding = tx`select set_config('torg.authority', ${authority}, true)${plan ?? tx``}`.execute();
      return Promise.all([work(tx), binding]).then(([result]) => result);
    });
  const listeners: ((commit: { changes: Changes }) => void)[] = [];
  return {
    as: async (authority, work, { changes = "what-is-read" } = {}) => {
      const result = await bound("", authority, work);
      for (const listener of listeners) listener({ changes });
      return result;
    },
    afterCommit: (listener) => void listeners.push(listener),
    read: (authority, work, options) =>
      bound("isolation level repeatable read read only", authority, work, options),
    system: (work) => bound("", "0", work),
    sql: sql as postgres.Sql<Types>,
    alone: (onEnd = () => {}) => {
      const kept = { ...settings, max: 1, idle_timeout: undefined, max_lifetime: null, onclose: onEnd };
      return postgres(server.url, kept) as postgres.Sql<Types>;
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Binds what follows in a system transaction to one authority. */
export async function bind(tx: Transaction, authority: TenantId): Promise<void> {
  await tx`select set_config('torg.authority', ${authority}, true)`;
}

/** "2026-11-22 03:33:32.123456+00", as PostgreSQL writes it with the session's zone set to UTC. */
function parseInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(" ", "T"));
}

/** A value for a jsonb column. */
export function json(tx: Transaction, value: unknown): postgres.Parameter {
  return tx.json(value as postgres.JSONValue);
}
