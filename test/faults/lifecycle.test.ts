import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { readBackup } from "../../src/backup/read-backup.ts";
import { runTorgCommand, startTorgProcess, type TorgProcess } from "#test/torg-process.ts";

const root = mkdtempSync(join(tmpdir(), "torg-lifecycle-"));
const dataFolder = join(root, "data");
after(() => rmSync(root, { recursive: true, force: true }));

test("an empty installation says where it serves and prints the link that sets it up", async (t) => {
  const torg = await started(t);
  await torg.line(/\/set-up\/[\w-]{40,}/);
  assert.equal((await fetch(`${torg.url}/`)).status, 200);
  assert.equal((await fetch(`${torg.url}/readyz`)).status, 200);
  torg.kill("SIGTERM");
  assert.deepEqual(await torg.exited, { code: 0, signal: null });
  assert.doesNotMatch(torg.output(), /"level":"(warn|error)"/);
});

test("a command alone starts the database, does its work and leaves nothing running", async (t) => {
  const said = await torgCommand("setup", "--json", ...exampleSetup);
  assert.equal(said.code, 0, said.stderr);
  const answer = JSON.parse(said.stdout) as { link: string; account: string };
  assert.match(answer.link, /^http:\/\/torg\.example\/sign-in\//);
  assert.equal(answer.account, "@exempelkommun@torg.example");
  const free = await started(t);
  await stop(free);
});

test("a second start on one data folder says so and leaves the first alone", async (t) => {
  const first = await started(t);
  const second = await startTorgProcess({ dataFolder });
  assert.deepEqual(await second.exited, { code: 1, signal: null });
  assert.match(second.output(), new RegExp(`in use by Torg \\(process ${first.pid}\\)`));
  assert.doesNotMatch(second.output(), /^ +at /m);
  assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
  await stop(first);
});

test("a command beside a running server uses its database, and what it writes is on the page", async (t) => {
  const torg = await started(t);
  const said = await torgCommand("post", "exempelkommun", "Skrivet vid sidan av", "--json");
  assert.equal(said.code, 0, said.stderr);
  const { id } = JSON.parse(said.stdout) as { id: string };
  assert.match(await pageOf(torg, `/@exempelkommun/${id}`), /Skrivet vid sidan av/);
  await stop(torg);
});

for (const signal of ["SIGTERM", "SIGINT"] as const)
  test(`${signal} stops Torg and its database cleanly`, async (t) => {
    const torg = await started(t);
    const database = postmaster();
    torg.kill(signal);
    assert.deepEqual(await torg.exited, { code: 0, signal: null });
    assert.match(torg.output(), /"message":"stopped"/);
    assert.doesNotMatch(torg.output(), /"level":"(warn|error)"/);
    assert.throws(() => process.kill(database, 0), { code: "ESRCH" });
  });

test("after kill -9 of Torg the next start works and everything committed is there", async (t) => {
  const before = await started(t);
  const id = await postOne("Före kill -9");
  before.kill("SIGKILL");
  await before.exited;
  const next = await started(t);
  assert.ok((await postIds()).includes(id));
  await stop(next);
});

test("after kill -9 of the database Torg ends with words, and the next start works with everything committed", async (t) => {
  const torg = await started(t);
  const id = await postOne("Innan databasen dog");
  process.kill(postmaster(), "SIGKILL");
  assert.deepEqual(await torg.exited, { code: 1, signal: null });
  assert.match(torg.output(), /The database ended by itself \(SIGKILL\), so Torg stops/);
  const next = await started(t);
  assert.ok((await postIds()).includes(id));
  await stop(next);
});

test("a backup taken beside a running server fills an empty folder, and is refused by one in use", async (t) => {
  const torg = await started(t);
  const ids = await postIds();
  const file = join(root, "all.torg");
  const written = await torgCommand("backup", file);
  assert.equal(written.code, 0, written.stderr);
  await stop(torg);

  const refused = await torgCommand("restore", file, "--json");
  assert.equal(refused.code, 1);
  assert.equal((JSON.parse(refused.stdout) as { error: { code: string } }).error.code, "not-empty");

  const other = join(root, "other");
  const restored = await runTorgCommand({ dataFolder: other, args: ["restore", file] });
  assert.equal(restored.code, 0, restored.stderr);
  assert.deepEqual(await postIds(other), ids);
});

test("wrong use is answered with words and exit code 2", async () => {
  for (const args of [
    ["dance"],
    ["post", "exempelkommun"],
    ["token", "--sko"],
    ["account", "add", "x", "--name", "X", "--kind", "shop"],
  ]) {
    const said = await torgCommand(...args);
    assert.equal(said.code, 2, `${args.join(" ")}: ${said.stderr}`);
    assert.match(said.stderr, /Nothing was done/);
    assert.doesNotMatch(said.stderr, /^ +at /m);
  }
});

const exampleSetup =
  "--authority Exempelkommun --municipality 0000 --language sv --admin anna@example.se --domain torg.example".split(
    " ",
  );

async function started(t: TestContext): Promise<TorgProcess> {
  const torg = await startTorgProcess({ dataFolder });
  t.after(() => {
    torg.kill("SIGTERM");
    return torg.exited;
  });
  await torg.ready;
  return torg;
}

async function stop(torg: TorgProcess): Promise<void> {
  torg.kill("SIGTERM");
  assert.deepEqual(await torg.exited, { code: 0, signal: null });
}

function torgCommand(...args: string[]) {
  return runTorgCommand({ dataFolder, args });
}

/** The authority answers at its own host name only, which fetch cannot say. */
async function pageOf(torg: TorgProcess, path: string): Promise<string> {
  const { hostname, port } = new URL(torg.url);
  const request = get({ hostname, port, path, headers: { host: "torg.example" } });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  assert.equal(response.statusCode, 200);
  return Buffer.concat(await response.toArray()).toString();
}

async function postOne(words: string): Promise<string> {
  const said = await torgCommand("post", "exempelkommun", words, "--json");
  assert.equal(said.code, 0, said.stderr);
  return (JSON.parse(said.stdout) as { id: string }).id;
}

/** Through the front door of the database: a backup lists every post. */
async function postIds(folder = dataFolder): Promise<string[]> {
  const file = join(root, `ids-${crypto.randomUUID()}.torg`);
  const said = await runTorgCommand({ dataFolder: folder, args: ["backup", file] });
  assert.equal(said.code, 0, said.stderr);
  const ids: string[] = [];
  await readBackup(file, {
    async table(table, lines) {
      if (table !== "post") return;
      for (const line of lines.toString().trimEnd().split("\n")) ids.push(/"id":(\d+)/.exec(line)?.[1] ?? "");
    },
  });
  return ids.toSorted();
}

function postmaster(): number {
  return Number(readFileSync(join(dataFolder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}
