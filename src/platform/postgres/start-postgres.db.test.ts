import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { findRunningServer } from "./attach-to-server.ts";
import { WrongPostgresVersion } from "./initialise-cluster.ts";
import { forPostgresJs } from "./socket-address.ts";
import { DataFolderInUse, type EmbeddedPostgres, startEmbeddedPostgres } from "./start-postgres.ts";

const base = mkdtempSync(join(tmpdir(), "torg test "));
const running = new Set<EmbeddedPostgres>();

after(async () => {
  for (const server of running) await server.stop();
  rmSync(base, { recursive: true, force: true });
});

test("what was written is there at the second start, which needs no recovery", async () => {
  const folder = join(base, "keeps", "long".repeat(50));
  const first = await start(folder);
  await query(first.server, "create table kept as select 1 as one");
  await first.server.stop();
  const second = await start(folder);
  assert.deepEqual(await query(second.server, "select one from kept"), [{ one: 1 }]);
  assert.doesNotMatch(second.log.join("\n"), /recover|interrupted|not properly shut down/);
  await second.server.stop();
});

test("the owner is bound by row-level security, may clone databases, and sorts by code point", async () => {
  const { server } = await start(join(base, "owner"));
  assert.deepEqual(
    await query(
      server,
      `select current_user::text as name, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, datlocprovider::text,
         datlocale, pg_encoding_to_char(encoding) as encoding, pg_get_userbyid(datdba)::text as owner
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    ),
    [
      {
        name: "torg",
        rolsuper: false,
        rolbypassrls: false,
        rolcreatedb: true,
        rolcreaterole: false,
        datlocprovider: "b",
        datlocale: "C.UTF-8",
        encoding: "UTF8",
        owner: "torg",
      },
    ],
  );
  await query(server, "create table walled as select 1 as one");
  await query(server, "alter table walled enable row level security");
  await query(server, "alter table walled force row level security");
  assert.deepEqual(await query(server, "select one from walled"), []);
  assert.deepEqual(
    await query(
      server,
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit')",
    ),
    [
      { name: "fsync", setting: "on" },
      { name: "synchronous_commit", setting: "on" },
    ],
  );
  await server.stop();
});

test("the job runner connects by the same address", async () => {
  const { server } = await start(join(base, "owner"));
  await runMigrations({ connectionString: server.url });
  const tables = "select count(*)::int > 0 as made from pg_tables where schemaname = 'graphile_worker'";
  assert.deepEqual(await query(server, tables), [{ made: true }]);
  await server.stop();
});

test("a second start is refused by name, and the first lives on", async () => {
  const { server } = await start(join(base, "shared"));
  await assert.rejects(start(join(base, "shared")), (error) => {
    assert.ok(error instanceof DataFolderInUse);
    assert.equal(error.pid, process.pid);
    assert.match(error.message, new RegExp(`in use by Torg \\(process ${process.pid}\\)\\.$`));
    return true;
  });
  assert.deepEqual(await query(server, "select 1 as one"), [{ one: 1 }]);
  await server.stop();
});

test("a command uses the running server, and leaves it running", async () => {
  const { server } = await start(join(base, "shared"));
  const attached = await startEmbeddedPostgres({
    dataFolder: join(base, "shared"),
    log: () => {},
    attachIfRunning: true,
  });
  assert.equal(attached.startedByUs, false);
  assert.equal(attached.url, server.url);
  await attached.stop();
  assert.deepEqual(await query(server, "select 1 as one"), [{ one: 1 }]);
  await server.stop();
});

test("a command starts the server where none runs", async () => {
  const server = await startEmbeddedPostgres({
    dataFolder: join(base, "shared"),
    log: () => {},
    attachIfRunning: true,
  });
  assert.equal(server.startedByUs, true);
  await server.stop();
});

test("two starts in the same moment give one server", async () => {
  const starts = await Promise.allSettled([start(join(base, "race")), start(join(base, "race"))]);
  assert.deepEqual(starts.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  for (const each of starts) if (each.status === "fulfilled") await each.value.server.stop();
});

test("what an interrupted first start left is cleared away", async () => {
  const folder = join(base, "interrupted");
  mkdirSync(join(folder, "postgres", "base"), { recursive: true });
  writeFileSync(join(folder, "postgres", "PG_VERSION"), "18\n");
  writeFileSync(join(folder, "postgres.unfinished"), String(statSync(join(folder, "postgres")).ino));
  const { server } = await start(folder);
  assert.deepEqual(readdirSync(folder).sort(), ["postgres", "torg.lock", "torg.pid"]);
  await server.stop();
});

test("another cluster in the place of an interrupted one is left alone, even if its folder got the same number", async () => {
  const folder = join(base, "renumbered");
  const cluster = join(folder, "postgres");
  const mark = join(folder, "postgres.unfinished");
  const failing = { dataFolder: folder, log: () => {}, prepare: () => Promise.reject(new Error("no room")) };
  await assert.rejects(startEmbeddedPostgres(failing), /no room/);
  rmSync(cluster, { recursive: true });
  mkdirSync(cluster);
  writeFileSync(join(cluster, "PG_VERSION"), "17\n");
  // Where a clock ticks slowly, it was changed in the moment of its birth, and shows none.
  for (let at = 1; statSync(cluster).birthtimeMs === statSync(cluster).ctimeMs; at++)
    utimesSync(cluster, at, at);
  writeFileSync(mark, readFileSync(mark, "utf8").replace(/^\d+/, String(statSync(cluster).ino)));
  await assert.rejects(start(folder), WrongPostgresVersion);
  assert.deepEqual(readdirSync(cluster), ["PG_VERSION"]);
});

test("a new database is prepared before anybody is told of it; where that fails, it is made anew", async () => {
  const folder = join(base, "prepared");
  const failing = { dataFolder: folder, log: () => {}, prepare: () => Promise.reject(new Error("no room")) };
  await assert.rejects(startEmbeddedPostgres(failing), /no room/);
  const server = await startEmbeddedPostgres({
    dataFolder: folder,
    log: () => {},
    async prepare(url) {
      assert.ok(existsSync(join(folder, "postgres.unfinished")), "it is still being made");
      assert.equal(await findRunningServer(join(folder, "postgres")), undefined);
      await query({ url }, "create table prepared as select 1 as one");
    },
  });
  running.add(server);
  assert.ok(!existsSync(join(folder, "postgres.unfinished")));
  assert.ok(await findRunningServer(join(folder, "postgres")));
  assert.deepEqual(await query(server, "select one from prepared"), [{ one: 1 }]);
  await server.stop();
});

test("a database that was put in the place of an interrupted one is left as it is", async () => {
  const folder = join(base, "replaced");
  mkdirSync(join(folder, "postgres"), { recursive: true });
  writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");
  writeFileSync(join(folder, "postgres.unfinished"), "1");
  await assert.rejects(start(folder), WrongPostgresVersion);
  assert.deepEqual(readdirSync(join(folder, "postgres")), ["PG_VERSION"]);
});

test("a folder of another major version is refused with advice, untouched", async () => {
  const folder = join(base, "older");
  mkdirSync(join(folder, "postgres"), { recursive: true });
  writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");
  await assert.rejects(start(folder), (error) => {
    assert.ok(error instanceof WrongPostgresVersion);
    assert.equal(error.found, "17");
    assert.match(error.message, /torg backup.*torg restore/);
    return true;
  });
  assert.deepEqual(readdirSync(join(folder, "postgres")), ["PG_VERSION"]);
});

test("a folder that holds something else is refused, untouched", async () => {
  const folder = join(base, "foreign");
  mkdirSync(join(folder, "postgres"), { recursive: true });
  writeFileSync(join(folder, "postgres", "letter.txt"), "");
  await assert.rejects(start(folder), /holds something other than a database/);
  assert.deepEqual(readdirSync(join(folder, "postgres")), ["letter.txt"]);
});

test("a server that cannot start says why, and frees the folder", async () => {
  const folder = join(base, "shared");
  await assert.rejects(
    startEmbeddedPostgres({ dataFolder: folder, log: () => {}, settings: { shared_buffers: "many" } }),
    /shared_buffers/,
  );
  const { server } = await start(folder);
  await server.stop();
});

async function start(dataFolder: string): Promise<{ server: EmbeddedPostgres; log: string[] }> {
  const log: string[] = [];
  const server = await startEmbeddedPostgres({ dataFolder, log: (line) => log.push(line) });
  running.add(server);
  return { server, log };
}

async function query(server: Pick<EmbeddedPostgres, "url">, text: string): Promise<postgres.Row[]> {
  const { url, options } = forPostgresJs(server.url);
  const sql = postgres(url, { ...options, max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}
