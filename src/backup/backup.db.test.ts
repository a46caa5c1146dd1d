import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { saveRemoteMedia } from "#domain/media/save-remote-media.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { openDatabase, type Database, type Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { BackupRefused } from "./backup-refused.ts";
import { listTables } from "./list-tables.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

const folder = mkdtempSync(join(tmpdir(), "torg-backup-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const source = await testDatabase({ after });
/** Backup and restore work as the owner of the tables, as they do outside tests. */
const owner = openDatabase(source.ownerUrl, { connections: 3 });
after(() => owner.close());
const mediaStore = folderMediaStore(join(folder, "media"));
const now = Temporal.Instant.from("2026-03-03T07:48:00Z");
const { authority, office, person } = await exampleAuthority(source.db);
await exampleAuthority(source.db);
const picture = await storeUpload(source.db, mediaStore, authority.id, { bytes: await drawing(), person });
await source.db.as(authority.id, async (tx) => {
  await saveRemoteMedia(tx, authority.id, "https://social.example/face.png");
  const delivery = { entry: null, account: office.id, post: null, body: "{}" };
  await queueDeliveries(tx, authority.id, delivery, ["https://social.example/inbox"]);
});

const publish = (words: string) =>
  source.db.as(authority.id, (tx) =>
    publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: words,
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        visibility: "public",
        capacity: "office",
      },
      now,
    ),
  );

test("a backup under write load, restored into an empty installation, is equal row by row", async (t) => {
  for (let index = 0; index < 50; index++)
    await publish(`Före ${index}: tabb\t, bakstreck \\ och\nny rad 🌲`);
  const file = join(folder, "load.torg");
  const enough = new AbortController();
  let written = 0;
  const writers = Array.from({ length: 3 }, async () => {
    for (; !enough.signal.aborted; written++) await publish(`Under tiden ${written} #simhallen`);
  });
  let before: Record<string, string> = {};
  let during = 0;
  const done = await writeBackup({
    db: owner,
    mediaStore,
    file,
    now,
    async onSnapshot(snapshot) {
      before = await owner.sql.begin("isolation level repeatable read read only", async (sql) => {
        await sql.unsafe(`set transaction snapshot '${snapshot}'`);
        return sumsOf(sql as Transaction);
      });
      during = written;
    },
  });
  const after = written;
  enough.abort();
  await Promise.all(writers);
  assert.ok(after > during, "nothing was written while the backup ran");
  assert.equal(done.files, 2);

  const target = await emptyTarget(t, "load");
  const restored = await restoreBackup({ ...target, file });
  assert.equal(restored.rows, done.rows);
  assert.deepEqual(await target.db.system(sumsOf), before);
  assert.notDeepEqual(await source.db.system(sumsOf), before);

  assert.equal(picture.outcome, "stored");
  const copy = folderMediaStore(join(folder, "media-load"));
  if (picture.outcome === "stored")
    for (const variant of ["full", "small"] as const)
      assert.deepEqual(
        await copy.read(authority.id, picture.id, variant),
        await mediaStore.read(authority.id, picture.id, variant),
      );
});

test("after a restore the authorities are kept apart, new ids follow the old, and what waited is in the queue", async (t) => {
  const file = join(folder, "whole.torg");
  await writeBackup({ db: owner, mediaStore, file, now });
  const target = await emptyTarget(t, "whole");
  await restoreBackup({ ...target, file });
  const { db } = target;
  const unguarded = await db.sql`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity`;
  assert.equal(unguarded.length, 0);
  const others = await db.read(authority.id, (tx) => tx`select from post where authority <> ${authority.id}`);
  assert.equal(others.length, 0);
  const jobs = await db.sql<{ task: string }[]>`
    select identifier as task from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id order by 1`;
  assert.deepEqual(
    jobs.map((job) => job.task),
    ["deliver", "fetch-media"],
  );
  const [last] = await db.system((tx) => tx<{ id: string }[]>`select max(id) as id from post`);
  const [next] = await db.sql<{ id: string }[]>`select next_id() as id`;
  assert.ok(last && next && BigInt(next.id) > BigInt(last.id));
});

test("a truncated, altered or foreign file is refused and changes nothing", async (t) => {
  const file = join(folder, "spoilt.torg");
  await writeBackup({ db: owner, mediaStore, file, now });
  const target = await emptyTarget(t, "spoilt");
  const empty = await target.db.system(sumsOf);
  const refused = async (code: BackupRefused["code"]) => {
    await assert.rejects(
      restoreBackup({ ...target, file }),
      (error) => error instanceof BackupRefused && error.code === code,
    );
    assert.deepEqual(await target.db.system(sumsOf), empty);
  };
  const whole = readFileSync(file);

  for (const kept of [0, 100, Math.floor(whole.length / 2), whole.length - 1]) {
    writeFileSync(file, whole);
    truncateSync(file, kept);
    await refused("file-damaged");
  }

  const flipped = Buffer.from(whole);
  flipped.writeUInt8(flipped.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
  writeFileSync(file, flipped);
  await refused("file-damaged");

  const plain = zstdDecompressSync(whole);
  plain.write("Efter", plain.indexOf("Exempelkommun"));
  writeFileSync(file, zstdCompressSync(plain));
  await refused("file-damaged");

  writeFileSync(file, "hej");
  await refused("not-a-backup");

  rmSync(file);
  await refused("file-unreadable");
});

test("an installation in use is left as it is", async () => {
  const file = join(folder, "used.torg");
  await writeBackup({ db: owner, mediaStore, file, now });
  const before = await source.db.system(sumsOf);
  await assert.rejects(
    restoreBackup({ db: owner, databaseUrl: source.ownerUrl, mediaStore, file }),
    (error) => error instanceof BackupRefused && error.code === "not-empty",
  );
  assert.deepEqual(await source.db.system(sumsOf), before);
});

test("a backup replaces a file only when told to, and only its owner may read it", async () => {
  const file = join(folder, "kept.torg");
  writeFileSync(file, "något annat");
  await assert.rejects(
    writeBackup({ db: owner, mediaStore, file, now }),
    (error) => error instanceof BackupRefused && error.code === "file-exists",
  );
  assert.equal(readFileSync(file, "utf8"), "något annat");
  await writeBackup({ db: owner, mediaStore, file, now, force: true });
  assert.ok(statSync(file).size > 1000);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

/** A sum over each table's rows in a fixed order; two databases with equal sums hold equal rows. */
async function sumsOf(tx: Transaction): Promise<Record<string, string>> {
  await tx`select set_config('torg.authority', '0', true)`;
  const sums: Record<string, string> = {};
  for (const { name } of await listTables(tx)) {
    const hash = createHash("sha256");
    const rows = await tx<
      { row: string }[]
    >`select row_to_json(one)::text as row from ${tx(name)} one order by 1`;
    for (const { row } of rows) hash.update(`${row}\n`);
    sums[name] = `${rows.length} ${hash.digest("hex")}`;
  }
  return sums;
}

async function emptyTarget(scope: { after(cleanup: () => Promise<void>): void }, name: string) {
  const target = await testDatabase(scope);
  const db: Database = openDatabase(target.ownerUrl, { connections: 3 });
  // Before the database is dropped: cleanups run in the order they were asked for.
  scope.after(() => db.close());
  return { db, databaseUrl: target.ownerUrl, mediaStore: folderMediaStore(join(folder, `media-${name}`)) };
}

async function drawing(): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return sharp({ create: { width: 40, height: 30, channels: 3, background: "#0b5c5f" } })
    .png()
    .toBuffer();
}
