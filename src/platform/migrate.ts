import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { forPostgresJs, withSetting } from "./postgres/socket-address.ts";

const folder = new URL("../../migrations/", import.meta.url);
/** Any number, the same in every process: one migrates, the others wait. */
const lock = 7_467_001;
const waitMs = 100;
/** An index that is built while others go on writing, which is possible in no transaction. */
const aside = /^create index concurrently (\w+)/;

export class MigrationError extends Error {}

/**
 * Brings the database to this version: each SQL file once, in order, in a transaction of its own, under a lock.
 * A file of nothing but `create index concurrently` is the exception: its indexes are built while others write.
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
    fetch_types: false,
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
    // Asked again and again: whoever waits within a statement would be waited for by an index that is built aside.
    while (!(await sql<{ ours: boolean }[]>`select pg_try_advisory_lock(${lock}) as ours`)[0]?.ours)
      await wait(waitMs);
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
    queue = runMigrations({ connectionString: withSetting(databaseUrl, "synchronous_commit=off") });
    queue.catch(() => {}); // Awaited below.
    for (const file of files) {
      const before = done.get(file.name);
      if (before !== undefined && before !== file.checksum)
        throw new MigrationError(
          `migrations/${file.name} was changed after it had run. Restore the file; add a new one for a change.`,
        );
      if (before !== undefined || only?.has(file.name) === false) continue;
      log(`migrating: ${file.name}`);
      // Nobody writes to a database that is only being made.
      if (done.size > 0 && statementsOf(file.text).some((statement) => aside.test(statement)))
        await buildAside(sql, file);
      else
        await sql.begin(async (tx) => {
          await tx.unsafe(file.text.replaceAll("index concurrently", "index"));
          await noteDone(tx, file);
        });
    }
    await queue;
  } finally {
    await queue?.catch(() => {});
    await sql.end();
  }
}

/** Begun anew as often as it takes: what was broken off leaves an index that nobody may use. */
async function buildAside(sql: postgres.Sql, file: Migration): Promise<void> {
  for (const statement of statementsOf(file.text)) {
    const [, index] = aside.exec(statement) ?? [];
    if (!index)
      throw new MigrationError(`migrations/${file.name} mixes indexes built aside with other statements.`);
    await sql.unsafe(`drop index concurrently if exists ${index}`);
    await sql.unsafe(statement);
  }
  await noteDone(sql, file);
}

async function noteDone(sql: postgres.ISql, { name, checksum }: Migration): Promise<void> {
  await sql`insert into migration (name, checksum) values (${name}, ${checksum})`;
}

/** Of a file without functions and without text that holds a semicolon. */
function statementsOf(text: string): string[] {
  const bare = text.replaceAll(/^--.*$/gm, "");
  return bare.split(";").flatMap((statement) => statement.trim() || []);
}

type Migration = { name: string; text: string; checksum: string };

async function readMigrations(): Promise<Migration[]> {
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
