import type { AuthorityId } from "#domain/authorities/authority.ts";
import { hostsWaiting, queueHosts } from "#domain/deliveries/delivery.ts";
import { sequencerLock } from "#domain/journal/sequencer.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { MediaStore } from "#domain/media/media-store.ts";
import { queueWaitingMedia } from "#domain/media/save-remote-media.ts";
import { bind, type Database, type Transaction } from "#platform/database.ts";
import { migrate } from "#platform/migrate.ts";
import { BackupRefused } from "./backup-refused.ts";
import { listTables } from "./list-tables.ts";
import type { Head, Manifest } from "./manifest.ts";
import { readBackup } from "./read-backup.ts";

export type RestoreOptions = {
  db: Database;
  /** The same database, as its tables' owner. */
  databaseUrl: string;
  mediaStore: MediaStore;
  file: string;
};

export type Restored = { head: Head; rows: number; files: number };

/**
 * Fills an empty installation from a backup, and brings it to this version. The file is read twice: once to check
 * every sum before anything is changed, once to load it in one transaction.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { db, file } = options;
  const checked = await readBackup(file);
  await refuseUnlessEmpty(db);
  await makeSchema(options, checked.head);
  const { head, manifest } = await db.sql.begin(async (sql) => {
    const tx = sql as Transaction;
    const [row] = await tx<{ locked: boolean }[]>`
      select set_config('torg.authority', '0', true), pg_try_advisory_xact_lock(${sequencerLock}) as locked`;
    if (!row?.locked) throw inUse();
    return load(tx, options);
  });
  await migrate(options.databaseUrl);
  await queueWhatWaits(db);
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.count, 0);
  return { head, rows, files: manifest.media.count };
}

async function refuseUnlessEmpty(db: Database): Promise<void> {
  const [table] = await db.sql<
    { there: boolean }[]
  >`select to_regclass('public.authority') is not null as there`;
  if (!table?.there) return;
  const [row] = await db.sql`select from authority limit 1`;
  if (row)
    throw new BackupRefused(
      "not-empty",
      "This installation is in use: an authority has been set up. It was left as it is. Restore into an empty one: set TORG_DATA to a new folder, or DATABASE_URL to an empty database.",
    );
}

function inUse(): BackupRefused {
  return new BackupRefused(
    "in-use",
    "A Torg works on this database. Nothing was changed. Stop it, then restore.",
  );
}

/** The tables as they were when the backup was written; an empty installation of another version makes way. */
async function makeSchema({ db, databaseUrl }: RestoreOptions, head: Head): Promise<void> {
  const names = head.migrations.map((migration) => migration.name);
  const before = await ranMigrations(db);
  if (before.some((migration) => !names.includes(migration.name))) {
    const [other] = await db.sql`
      select from pg_class where relnamespace = 'public'::regnamespace and relowner <> current_user::regrole limit 1`;
    if (other)
      throw new BackupRefused(
        "not-empty",
        "The database holds tables of others. Nothing was changed. Restore into an empty database.",
      );
    await db.sql`drop schema public cascade`;
    await db.sql`create schema public`;
  }
  await migrate(databaseUrl, () => {}, new Set(names));
  const after = new Map((await ranMigrations(db)).map((migration) => [migration.name, migration.checksum]));
  const strange = head.migrations.find((migration) => after.get(migration.name) !== migration.checksum);
  if (strange)
    throw new BackupRefused(
      "newer-backup",
      `The backup was written by a Torg (${head.torg}) whose ${strange.name} this one does not have. The installation is still empty. Restore with that version or a newer one.`,
    );
}

async function ranMigrations(db: Database): Promise<Head["migrations"]> {
  const [table] = await db.sql<
    { there: boolean }[]
  >`select to_regclass('public.migration') is not null as there`;
  return table?.there ? db.sql<Head["migrations"]>`select name, checksum from migration order by name` : [];
}

/** Leaves the database as it was unless every sum is right once more: the file may have changed since the check. */
async function load(
  tx: Transaction,
  { file, mediaStore }: RestoreOptions,
): Promise<{ head: Head; manifest: Manifest }> {
  const present = await listTables(tx);
  // What a new database begins with, and a set-up link that may have been printed.
  for (const { name } of present.toReversed()) await tx`delete from ${tx(name)}`;
  const columns = new Map<string, string[]>();
  const done = await readBackup(file, {
    async head(head) {
      for (const table of head.tables) columns.set(table.name, table.columns);
    },
    async table(table, lines) {
      const into = columns.get(table) ?? [];
      const rows = `[${lines.toString().trimEnd().replaceAll("\n", ",")}]`;
      await tx`
        insert into ${tx(table)} (${tx(into)})
        select ${tx(into)} from json_populate_recordset(null::${tx(table)}, ${rows}::text::json)`;
    },
    async media({ authority, media, variant }, bytes) {
      await mediaStore.write(authority as AuthorityId, media as MediaId, variant, bytes);
    },
  });
  for (const [name, { value, called }] of Object.entries(done.manifest.sequences))
    await tx`select setval(${name}::text::regclass, ${value}::bigint, ${called})`;
  return done;
}

/** The queue is not part of a backup: what was waiting is put into it again. */
async function queueWhatWaits(db: Database): Promise<void> {
  await db.system(async (tx) => {
    await queueWaitingMedia(tx);
    for (const { authority, host } of await hostsWaiting(tx)) {
      await bind(tx, authority);
      await queueHosts(tx, authority, [host]);
    }
  });
}
