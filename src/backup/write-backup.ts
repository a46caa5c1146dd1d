import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { MediaStore } from "#domain/media/media-store.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { version } from "../version.ts";
import { BackupRefused } from "./backup-refused.ts";
import { listTables } from "./list-tables.ts";
import {
  formatVersion,
  headName,
  manifestName,
  tablePiece,
  type Head,
  type Manifest,
  type Sum,
} from "./manifest.ts";
import { tarEnd, tarFile } from "./tar.ts";

export type BackupOptions = {
  db: Database;
  mediaStore: MediaStore;
  file: string;
  now: Temporal.Instant;
  /** Lets an existing file be replaced, once the new one is whole. */
  force?: boolean;
  /** Told the snapshot that is copied: whoever imports it sees the same. */
  onSnapshot?: (snapshot: string) => Promise<void>;
};

export type BackedUp = { file: string; bytes: number; rows: number; files: number; missingMedia: number };

/**
 * Writes everything that this installation holds to one file: a tar of rows as lines of JSON, and of pictures, compressed with
 * zstd. All of it is from one snapshot, so a Torg may go on writing; the memory used does not grow with the data.
 */
export async function writeBackup(options: BackupOptions): Promise<BackedUp> {
  const { db, file } = options;
  if (!options.force && existsSync(file))
    throw new BackupRefused(
      "file-exists",
      `${file} exists and was left as it is. Choose another name, or replace it with --force.`,
    );
  const part = `${file}.part`;
  const handle = await open(part, "w", 0o600).catch((error: unknown) => {
    throw new BackupRefused(
      "file-unreadable",
      `${file} cannot be written: ${whyNot(error)}. Nothing was changed.`,
    );
  });
  try {
    const done = await db.sql.begin("isolation level repeatable read read only", async (sql) => {
      const tx = sql as Transaction;
      // 0 is the system: it sees every authority's rows.
      const [row] = await tx<{ snapshot: string }[]>`
        select set_config('torg.authority', '0', true), pg_export_snapshot() as snapshot`;
      await options.onSnapshot?.(row?.snapshot ?? "");
      const counts = { rows: 0, files: 0, missingMedia: 0 };
      const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
      await pipeline(
        Readable.from(archive(tx, options, counts), { objectMode: false }),
        compress,
        async (packed) => {
          for await (const bytes of packed as AsyncIterable<Buffer>) await handle.appendFile(bytes);
        },
      );
      return counts;
    });
    await handle.sync();
    const { size } = await handle.stat();
    await handle.close();
    await rename(part, file);
    await syncFolder(dirname(file));
    return { file, bytes: size, ...done };
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    throw error;
  }
}

type Counts = { rows: number; files: number; missingMedia: number };

async function* archive(tx: Transaction, options: BackupOptions, counts: Counts): AsyncGenerator<Buffer> {
  const head = Buffer.from(JSON.stringify(await describe(tx, options.now), null, 2));
  yield tarFile(headName, head);
  const { tables } = JSON.parse(head.toString()) as Head;
  const manifest: Manifest = {
    head: { sha256: createHash("sha256").update(head).digest("hex") },
    tables: {},
    media: { count: 0, bytes: 0, sha256: "" },
    sequences: {},
    missingMedia: 0,
  };
  for (const table of tables) {
    const sum = yield* rowsOut(tx, table);
    manifest.tables[table.name] = sum;
    counts.rows += sum.count;
  }
  manifest.media = yield* mediaOut(tx, options.mediaStore, counts);
  counts.files = manifest.media.count;
  manifest.missingMedia = counts.missingMedia;
  const sequences = await tx<
    { name: string }[]
  >`select sequencename as name from pg_sequences where schemaname = 'public'`;
  for (const { name } of sequences) {
    const [row] = await tx<
      { value: string; called: boolean }[]
    >`select last_value as value, is_called as called from ${tx(name)}`;
    if (row) manifest.sequences[name] = { ...row };
  }
  yield tarFile(manifestName, Buffer.from(JSON.stringify(manifest, null, 2)));
  yield tarEnd;
}

async function describe(tx: Transaction, now: Temporal.Instant): Promise<Head> {
  const [server] = await tx<{ version: string }[]>`select current_setting('server_version') as version`;
  const migrations = await tx<
    { name: string; checksum: string }[]
  >`select name, checksum from migration order by name`;
  return {
    format: formatVersion,
    torg: version,
    postgres: server?.version ?? "",
    at: now.toString(),
    migrations: migrations.map((row) => ({ ...row })),
    tables: await listTables(tx),
  };
}

/** A tar header says how long its file is before the file comes, so a table travels in pieces of about this size. */
const pieceBytes = 1 << 20;

/**
 * A table as lines of JSON. Not COPY: the database library leaves its connection paused for good when a reader
 * is slower than the server (porsager/postgres#499), and COPY cannot fill a table under forced row-level security.
 */
async function* rowsOut(tx: Transaction, table: Head["tables"][number]): AsyncGenerator<Buffer, Sum> {
  const rows = tx<{ line: string }[]>`
    select row_to_json(one)::text as line from (select ${tx(table.columns)} from ${tx(table.name)}) one`;
  const hash = createHash("sha256");
  const sum = { count: 0, bytes: 0 };
  let index = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const batch of rows.cursor(200)) {
    const lines = Buffer.from(batch.map(({ line }) => `${line}\n`).join(""));
    hash.update(lines);
    sum.count += batch.length;
    sum.bytes += lines.length;
    waiting.push(lines);
    size += lines.length;
    if (size < pieceBytes) continue;
    yield tarFile(tablePiece(table.name, index++), Buffer.concat(waiting));
    waiting = [];
    size = 0;
  }
  if (size > 0) yield tarFile(tablePiece(table.name, index), Buffer.concat(waiting));
  return { ...sum, sha256: hash.digest("hex") };
}

async function* mediaOut(tx: Transaction, store: MediaStore, counts: Counts): AsyncGenerator<Buffer, Sum> {
  const hash = createHash("sha256");
  const sum = { count: 0, bytes: 0 };
  const pictures = tx<{ authority: AuthorityId; id: MediaId }[]>`
    select authority, id from media where state = 'ready' order by authority, id`;
  for await (const batch of pictures.cursor(500))
    for (const { authority, id } of batch)
      for (const variant of ["full", "small"] as const) {
        const bytes = await store.read(authority, id, variant);
        if (!bytes) {
          counts.missingMedia++;
          continue;
        }
        const name = `media/${authority}/${id}-${variant}.webp`;
        hash.update(`${name} ${bytes.length}\n`).update(bytes);
        sum.count++;
        sum.bytes += bytes.length;
        yield tarFile(name, bytes);
      }
  return { ...sum, sha256: hash.digest("hex") };
}

function whyNot(error: unknown): string {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such folder";
  if (code === "EACCES" || code === "EROFS") return "this user may not write in that folder";
  return error instanceof Error ? error.message : String(error);
}

/** So that the new name itself survives a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
