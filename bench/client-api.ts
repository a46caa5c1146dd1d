// How near the client API is to the limit of the machine: home, notifications, a conversation and an account's posts on
// 100,000 posts, as a ratio to a bare server that sends the same bytes, taking turns in one run. Needs wrk.
// node bench/client-api.ts [posts]
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readConfig } from "#config.ts";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { createLineWriter } from "#platform/line-writer.ts";
import { createLog } from "#platform/log.ts";
import { exampleAuthority } from "#test/example.ts";
import { startTorg } from "../src/start.ts";
import { seedSquare } from "./seed-square.ts";

const posts = Number(process.argv[2] ?? 100_000);
const rounds = 5;
const seconds = 2;
const port = 3999;
const origin = `http://localhost:${port}`;
const data = await mkdtemp(join(tmpdir(), "torg-bench-"));
const file = createWriteStream(join(data, "log"));
const lines = createLineWriter((text) => void file.write(text));
const torg = await startTorg({
  config: readConfig({ TORG_URL: origin, TORG_PORT: String(port), TORG_DATA: data, TORG_API_RATE: "100000" }),
  log: createLog({
    level: "info",
    now: () => Temporal.Now.instant(),
    write: lines.write,
  }),
});
const { db } = torg.services;
const { authority, office, person } = await exampleAuthority(db, { domain: `localhost:${port}` });
const { thread, neighbour } = await seedSquare(db, authority, office.id, posts);
await db.sql.unsafe("analyze");
const made = await db.as(authority.id, (tx) =>
  makeAccessToken(tx, authority.id, { person, account: office.id, scopes: ["read"] }),
);
if (made.outcome !== "made") throw new Error(made.outcome);
const authorization = `Bearer ${made.token}`;

console.log(`${posts} posts; wrk with 8 connections, ${rounds} rounds of ${seconds} s, medians`);
console.log(
  "row".padEnd(18),
  "bytes".padStart(7),
  "a second".padStart(9),
  "bare".padStart(9),
  "ratio".padStart(6),
  "made anew, ms".padStart(14),
);
await row("home", "/api/v1/timelines/home");
await row("notifications", "/api/v1/notifications");
await row("grouped", "/api/v2/notifications");
await row("context, 50 replies", `/api/v1/statuses/${thread}/context`);
await row("account statuses", `/api/v1/accounts/${neighbour}/statuses`);
await torg.stop();
await rm(data, { recursive: true, force: true });

async function row(name: string, path: string): Promise<void> {
  const body = await ask(path);
  const anew: number[] = [];
  for (let n = 0; n < 60; n++) {
    // A commit, whatever it says, empties what is kept.
    await db.as(authority.id, async (tx) => void (await tx`select 1`));
    const begin = performance.now();
    await ask(path);
    anew.push(performance.now() - begin);
  }
  const bare = await startBare(body);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let n = 0; n < rounds; n++) {
    ours.push(await load(origin + path));
    theirs.push(await load(`http://127.0.0.1:${bare.port}/`));
  }
  bare.stop();
  const [rate, limit] = [median(ours), median(theirs)];
  console.log(
    name.padEnd(18),
    String(body.length).padStart(7),
    rate.toFixed(0).padStart(9),
    limit.toFixed(0).padStart(9),
    (rate / limit).toFixed(2).padStart(6),
    median(anew.slice(10)).toFixed(1).padStart(14),
  );
}

async function ask(path: string): Promise<Buffer> {
  const answer = await fetch(origin + path, { headers: { authorization } });
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${body.toString().slice(0, 200)}`);
  return body;
}

/** Requests a second. */
async function load(url: string): Promise<number> {
  const run = await promisify(execFile)("wrk", [
    "-t1",
    "-c8",
    `-d${seconds}s`,
    "-H",
    `Authorization: ${authorization}`,
    url,
  ]);
  if (/Non-2xx/.test(run.stdout)) throw new Error(run.stdout);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(run.stdout)?.[1]);
}

async function startBare(body: Buffer): Promise<{ port: number; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "bare-server.ts")]);
  child.stdin.end(body);
  const [told] = (await new Promise((resolve) => child.stdout.once("data", (...data) => resolve(data)))) as [
    Buffer,
  ];
  return { port: Number(String(told)), stop: () => void child.kill() };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
