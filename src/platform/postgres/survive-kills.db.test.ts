import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import postgres from "postgres";
import { readPostmasterFile } from "./read-postmaster-file.ts";
import { forPostgresJs } from "./socket-address.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "torg-kills-"));
const cluster = join(folder, "postgres");
const torgs = new Set<ChildProcess>();
let written = 0;

before(async () => {
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
  await query(server, "create table facts (number int)");
  await server.stop();
});

after(() => {
  for (const torg of torgs) torg.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("a killed database is reported, and the next start recovers what was committed", async () => {
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
  const ended = Promise.withResolvers<string>();
  server.onExit(ended.resolve);
  await writeFact(server);
  process.kill(postmaster(), "SIGKILL");
  assert.equal(await ended.promise, "SIGKILL");
  await expectFactsAtNextStart();
});

test("a killed Torg takes its database along cleanly, and the next start works at once", async () => {
  const { torg } = await torgProcess();
  torg.kill("SIGKILL");
  await once(torg, "exit");
  const log = await expectFactsAtNextStart();
  assert.doesNotMatch(log, /not properly shut down/);
});

test("after both were killed the next start works", async () => {
  const { torg } = await torgProcess();
  // The database first, while its parent is stopped and cannot reap it: its number then names a zombie.
  torg.kill("SIGSTOP");
  process.kill(postmaster(), "SIGKILL");
  torg.kill("SIGKILL");
  await once(torg, "exit");
  await expectFactsAtNextStart();
});

test("a pid file that names a stranger is set aside", async () => {
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
  await once(stranger, "spawn");
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
  const file = readFileSync(join(cluster, "postmaster.pid"), "utf8");
  await server.stop();
  writeFileSync(join(cluster, "postmaster.pid"), file.replace(/^\d+/, String(stranger.pid)));
  await expectFactsAtNextStart();
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
  stranger.kill();
});

test("a pid file that names a zombie is set aside", async () => {
  const parent = spawn("sh", ["-c", "true & echo $!; exec sleep 60"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [zombie] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
  writeFileSync(join(cluster, "postmaster.pid"), `${zombie}\n${cluster}\n`);
  await expectFactsAtNextStart();
  parent.kill();
});

for (const moment of ["Making a new database", "ready to accept connections", "it is being prepared"]) {
  test(`a Torg killed while it makes its database ("${moment}") leaves a folder that starts`, async () => {
    const dataFolder = join(folder, `unfinished at ${moment.length}`);
    const { torg } = await torgProcess(dataFolder, moment, "await new Promise(() => {});");
    torg.kill("SIGKILL");
    await once(torg, "exit");
    const server = await startEmbeddedPostgres({ dataFolder, log: () => {} });
    assert.deepEqual(await query(server, "select current_user::text as name"), [{ name: "torg" }]);
    await server.stop();
    assert.deepEqual(readdirSync(dataFolder).sort(), ["postgres", "torg.lock"]);
  });
}

test("an empty pid file, as a power cut leaves it, is no obstacle", async () => {
  writeFileSync(join(cluster, "postmaster.pid"), "");
  await expectFactsAtNextStart();
});

test("a database that outlived its Torg is stopped first", async () => {
  const { torg } = await torgProcess();
  const orphan = postmaster();
  // Stopped, it cannot obey the signal that its parent's death sends: the start must wake and end it.
  process.kill(orphan, "SIGSTOP");
  torg.kill("SIGKILL");
  await once(torg, "exit");
  const started = expectFactsAtNextStart();
  await new Promise((resolve) => setImmediate(resolve));
  process.kill(orphan, "SIGCONT");
  assert.match(await started, new RegExp(`process ${orphan}\\) outlived its Torg`));
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} to a Torg that stops its database leaves nothing to recover`, async () => {
    const { torg } = await torgProcess();
    torg.kill(signal);
    const [code] = (await once(torg, "exit")) as [number | null];
    assert.equal(code, 0);
    assert.doesNotMatch(await expectFactsAtNextStart(), /recover|interrupted|not properly shut down/);
  });
}

/** Another process that starts the database as Torg does, and stops it when asked to end. */
async function torgProcess(
  dataFolder = folder,
  until = "Torg is ready",
  prepare = "",
): Promise<{ torg: ChildProcess }> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve("./start-postgres.ts"))});
    const server = await startEmbeddedPostgres({
      dataFolder: ${JSON.stringify(dataFolder)},
      log: console.log,
      async prepare() {
        console.log("it is being prepared");
        ${prepare}
      },
    });
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, async () => {
      await server.stop();
      process.exit(0);
    });
    console.log("Torg is ready");`;
  const torg = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  torgs.add(torg);
  for await (const line of createInterface({ input: torg.stdout })) {
    if (line.includes(until)) return { torg };
  }
  return assert.fail("it ended before it was ready");
}

async function expectFactsAtNextStart(): Promise<string> {
  const log: string[] = [];
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: (line) => log.push(line) });
  try {
    await writeFact(server);
    assert.deepEqual(await query(server, "select count(*)::int as facts from facts"), [{ facts: written }]);
  } finally {
    await server.stop();
  }
  return log.join("\n");
}

async function writeFact(server: EmbeddedPostgres): Promise<void> {
  await query(server, `insert into facts values (${++written})`);
}

function postmaster(): number {
  return readPostmasterFile(cluster)?.pid ?? assert.fail("no postmaster.pid");
}

async function query(server: EmbeddedPostgres, text: string): Promise<postgres.Row[]> {
  const { url, options } = forPostgresJs(server.url);
  const sql = postgres(url, { ...options, max: 1, connection: { application_name: "test" } });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}
