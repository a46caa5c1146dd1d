import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import { BackupRefused } from "./backup-refused.ts";
import { formatVersion, readEntryName, type Head, type Manifest, type Sum } from "./manifest.ts";
import { BadTar, readTar } from "./tar.ts";

/** What a reader of a backup does with what it finds; everything is handed over in the order of the file. */
export type Use = {
  head?: (head: Head) => Promise<void>;
  /** Some whole rows of a table, a line of JSON each. */
  table?: (table: string, bytes: Buffer) => Promise<void>;
  media?: (
    picture: { authority: string; media: string; variant: "full" | "small" },
    bytes: Buffer,
  ) => Promise<void>;
};

/**
 * Reads a backup once through, checking every sum on the way. It throws at the end at the latest if anything is
 * not as it was written, so whoever changes something on the way must be able to take it back.
 */
export async function readBackup(file: string, use: Use = {}): Promise<{ head: Head; manifest: Manifest }> {
  try {
    return await read(file, use);
  } catch (error) {
    if (isCode(error, /^ZSTD_error_prefix_unknown$/))
      throw new BackupRefused("not-a-backup", `${file} is not a backup of Torg. Nothing was changed.`);
    if (error instanceof BadTar || error instanceof SyntaxError || isCode(error, /^(ZSTD_|Z_)/))
      throw new BackupRefused(
        "file-damaged",
        `${file} is damaged or cut short (${(error as Error).message}). Nothing was changed. Use another copy of the backup.`,
      );
    if (isCode(error, /^E[A-Z]+$/))
      throw new BackupRefused(
        "file-unreadable",
        `${file} cannot be read: ${(error as Error).message}. Nothing was changed.`,
      );
    throw error;
  }
}

async function read(file: string, use: Use): Promise<{ head: Head; manifest: Manifest }> {
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const plain = createZstdDecompress();
  source.on("error", (error) => plain.destroy(error));
  source.pipe(plain);
  const sums = startSums();
  let head: Head | undefined;
  let headSum = "";
  let manifest: Manifest | undefined;
  try {
    for await (const entry of readTar(plain as AsyncIterable<Buffer>)) {
      const bytes = Buffer.concat(await Array.fromAsync(bounded(entry.size, entry.body)));
      const known = readEntryName(entry.name);
      if (!head && known?.kind !== "head")
        throw new BackupRefused("not-a-backup", `${file} is not a backup of Torg. Nothing was changed.`);
      if (known?.kind === "head") {
        head = readHead(file, bytes);
        headSum = createHash("sha256").update(bytes).digest("hex");
        await use.head?.(head);
      } else if (known?.kind === "table") {
        sums.table(known.table, bytes);
        await use.table?.(known.table, bytes);
      } else if (known?.kind === "media") {
        sums.media(entry.name, bytes);
        await use.media?.(known, bytes);
      } else if (known?.kind === "manifest") manifest = JSON.parse(bytes.toString()) as Manifest;
    }
  } finally {
    source.destroy();
    plain.destroy();
  }
  if (!head || !manifest) throw new BadTar("its last part is missing");
  const wrong = sums.differences(manifest, head);
  if (manifest.head.sha256 !== headSum) wrong.unshift("the head");
  if (wrong.length > 0)
    throw new BackupRefused(
      "file-damaged",
      `${file} has been altered: ${wrong.join(", ")} is not as it was written. Nothing was changed. Use another copy of the backup.`,
    );
  return { head, manifest };
}

const largestEntry = 1 << 30;

function bounded(size: number, body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (size > largestEntry) throw new BadTar("a part is too large");
  return body;
}

function readHead(file: string, bytes: Buffer): Head {
  const head = JSON.parse(bytes.toString()) as Head;
  if (head.format > formatVersion)
    throw new BackupRefused(
      "newer-backup",
      `${file} was written by a newer Torg (${head.torg}). Nothing was changed. Restore it with that version or a newer one.`,
    );
  return head;
}

function startSums() {
  type Running = { hash: ReturnType<typeof createHash>; count: number; bytes: number };
  const start = (): Running => ({ hash: createHash("sha256"), count: 0, bytes: 0 });
  const tables = new Map<string, Running>();
  const media = start();
  const same = (running: Running, sum: Sum | undefined) =>
    sum !== undefined &&
    running.count === sum.count &&
    running.bytes === sum.bytes &&
    running.hash.digest("hex") === sum.sha256;
  return {
    table(name: string, bytes: Buffer) {
      const running = tables.get(name) ?? start();
      tables.set(name, running);
      running.hash.update(bytes);
      running.bytes += bytes.length;
      for (const byte of bytes) if (byte === 10) running.count++;
    },
    media(name: string, bytes: Buffer) {
      media.hash.update(`${name} ${bytes.length}\n`).update(bytes);
      media.count++;
      media.bytes += bytes.length;
    },
    /** What is not as the manifest says. */
    differences(manifest: Manifest, head: Head): string[] {
      const names = new Set([
        ...head.tables.map((table) => table.name),
        ...tables.keys(),
        ...Object.keys(manifest.tables),
      ]);
      const wrong = [...names].filter((name) => !same(tables.get(name) ?? start(), manifest.tables[name]));
      return [
        ...wrong.map((name) => `the table ${name}`),
        ...(same(media, manifest.media) ? [] : ["a picture"]),
      ];
    },
  };
}

function isCode(error: unknown, pattern: RegExp): boolean {
  return pattern.test((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}
