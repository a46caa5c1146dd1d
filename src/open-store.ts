import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import { startEmbeddedPostgres } from "#platform/postgres/start-postgres.ts";
import type { Config } from "./config.ts";

export type Store = {
  db: Database;
  url: string;
  /** Called when the database ends without being asked to. */
  onLoss(listener: (detail: string) => void): void;
  close(): Promise<void>;
};

/** The connections are bound to no tenant: row-level security would not be in force. */
export class UnsafeDatabaseRole extends Error {
  override name = "UnsafeDatabaseRole";
}

/**
 * Opens the database and brings it to this version: the one of DATABASE_URL, else the embedded one.
 * A command beside a running Torg attaches to its server; otherwise PostgreSQL starts now and stops on close.
 */
export async function openStore(
  config: Config,
  options: {
    log: Log;
    attachIfRunning?: boolean;
    /** False for backup and restore, which leave the database at the version that it has. */
    migrate?: boolean;
    role?: string;
    connections?: number;
    postgresSettings?: Record<string, string>;
  },
): Promise<Store> {
  const { log } = options;
  // Read while the database starts, and is made the first time.
  const later = Promise.all([import("#platform/migrate.ts"), import("#platform/database.ts")]);
  const prepare = async (url: string) => {
    const [{ migrate }] = await later;
    if (options.migrate ?? true) await migrate(url, (line) => log.info(line));
  };
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({
        dataFolder: config.data,
        log: (line) => log.debug(`postgres: ${line}`),
        attachIfRunning: options.attachIfRunning ?? false,
        settings: options.postgresSettings ?? {},
        prepare,
      });
  const url = embedded?.url ?? config.databaseUrl ?? "";
  try {
    if (!embedded) await prepare(url);
    const [, { openDatabase }] = await later;
    const db = openDatabase(url, {
      ...(options.connections ? { connections: options.connections } : {}),
      ...(options.role ? { role: options.role } : {}),
    });
    await refuseUnsafeRole(db);
    return {
      db,
      url,
      onLoss: (listener) => embedded?.onExit(listener),
      async close() {
        await db.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function refuseUnsafeRole(db: Database): Promise<void> {
  const [role] = await db.sql<{ name: string; unsafe: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user`;
  if (!role?.unsafe) return;
  await db.close();
  throw new UnsafeDatabaseRole(
    `The role ${role.name} of DATABASE_URL passes by row-level security, which keeps authorities apart. ` +
      `Use one that owns the database but is neither superuser nor BYPASSRLS: ` +
      `create role torg login password '…'; alter database … owner to torg;`,
  );
}
