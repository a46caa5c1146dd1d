import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { forPostgresJs } from "./postgres/socket-address.ts";

const folder = new URL("../../migrations/", import.meta.url);
/** Any number, the same in every process: one migrates, the others wait. */
const lock = 7_467_001;

export class MigrationError extends Error {}

/**
 * Brings the database to this version: each SQL file once, in order, in a transaction of its own, under a lock.
 * Given `only`, it goes no further than those: a backup is restored into the tables it was taken from.
 * @throws MigrationError when the server is too old, a file that has run was changed, or the database is newer.
 */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void = () => {},
  only?: ReadonlySet<string>,
): Promise<void> {
  const { url, options } = forPostgresJs(databaseUrl);
  const sql = postgres(url, {
    ...options,
    max: 1,
    onnotice: () => {},
    // After a power cut the last ones may run once more; whatever is committed later brings them to the disk with it.
    connection: { synchronous_commit: "off" },
  });
  const reading = readMigrations();
  reading.catch(() => {}); // Awaited below.
  let queue: Promise<void> | undefined;
  try {
    const [server] = await sql<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`;
    if (!server || server.version < 180_000)
      throw new MigrationError("Torg needs PostgreSQL 18 or newer; DATABASE_URL leads to an older server.");
    await sql`select pg_advisory_lock(${lock})`;
    await sql`create table if not exists migration (
      name text primary key, checksum text not null, at timestamptz not null default clock_timestamp())`;
    const done = new Map(
      (await sql<{ name: string; checksum: string }[]>`select name, checksum from migration`).map((row) => [
        row.name,
        row.checksum,
      ]),
    );
    const files = await reading;
    refuseUnknown([...done.keys()], files);
    // The queue's tables are its own, and nothing of ours names them: both at the same time.
    queue = runMigrations({ connectionString: withoutWaiting(databaseUrl) });
    queue.catch(() => {}); // Awaited below.
    for (const file of files) {
      const before = done.get(file.name);
      if (before !== undefined && before !== file.checksum)
        throw new MigrationError(
          `migrations/${file.name} was changed after it had run. Restore the file; add a new one for a change.`,
        );
      if (before !== undefined || only?.has(file.name) === false) continue;
      log(`migrating: ${file.name}`);
      await sql.begin(async (tx) => {
        await tx.unsafe(file.text);
        await tx`insert into migration (name, checksum) values (${file.name}, ${file.checksum})`;
      });
    }
    await queue;
  } finally {
    await queue?.catch(() => {});
    await sql.end();
  }
}

function withoutWaiting(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}options=${encodeURIComponent("-c synchronous_commit=off")}`;
}

async function readMigrations(): Promise<{ name: string; text: string; checksum: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

function refuseUnknown(done: string[], files: { name: string }[]): void {
  const known = new Set(files.map((file) => file.name));
  const unknown = done.find((name) => !known.has(name));
  if (unknown)
    throw new MigrationError(
      `The database was migrated by a newer Torg (${unknown}). Use that version, or restore a backup.`,
    );
}
