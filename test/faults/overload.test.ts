import assert from "node:assert/strict";
import { once } from "node:events";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { promisify } from "node:util";
import { postUri, siteOf } from "#context.ts";
import { readConfig } from "#config.ts";
import { openSession } from "#domain/people/session.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { exampleAuthority } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { ask } from "../whole/ask.ts";
import { startProcesses } from "./several-torgs.ts";
import { startFlood } from "./start-flood.ts";

const scope = fileScope();
const { db, servers, origin, host } = await startProcesses(scope, { serving: 1, working: 1 });
const [{ port, pid } = { port: 0, pid: 0 }] = servers;
const { authority, office, person } = await exampleAuthority(db, { domain: host });
const { id } = authority;

const replies = 1_000;
const mostMemory = 700 * 1024 * 1024;

test("a flood is slowed and nothing of it is lost, while pages, decks and operators are answered", async (t) => {
  const said = await db.as(id, (tx) =>
    publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Vad saknas?",
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        visibility: "public",
        capacity: "office",
      },
      Temporal.Now.instant(),
    ),
  );
  assert.equal(said.outcome, "published");
  const post = postUri(siteOf(readConfig({ TORG_URL: origin }), authority), said.id);
  const flood = await startFlood(scope);
  await flood.prepare(replies, { inbox: `${origin}/ap/inbox`, post });
  const deck = await openDeck();
  const flooding = new AbortController();
  const readers = [`/@${office.handle}/${said.id}`, "/", "/healthz", "/readyz"].map((path) =>
    readUntil(flooding.signal, path),
  );
  // The database is slow at first, so that it is surely too much, however quick the machine.
  const slow = await holdUpStoring();
  const sending = flood.send({ port, connections: 1_500, shortestMs: 3_000, longestMs: 30_000 });
  try {
    await waitFor(wasRefused, { what: "a refusal", timeoutMs: 60_000 });
  } finally {
    await slow.end();
  }
  const flooded = await sending;
  flooding.abort();
  const read = await Promise.all(readers);
  t.diagnostic(
    `${JSON.stringify(flooded.answers)} in ${Math.round(flooded.ms)} ms, ${read.join()} pages read; ${Math.round((await memoryOf(pid)) / 2 ** 20)} MiB`,
  );

  const { 202: taken = 0, 429: tooMany = 0, 503: busy = 0, ...others } = flooded.answers;
  assert.ok(taken > 0, "some were taken");
  assert.ok(tooMany + busy > 0, "some were refused for now");
  // A connection may end between two requests of a peer that is slow itself: it sends again, as for a refusal.
  assert.deepEqual(
    Object.keys(others).filter((answer) => answer !== "broken off"),
    [],
    "nothing else was answered",
  );
  assert.equal(flooded.withoutTime, 0, "each refusal said when to come back");
  assert.ok(read.every((times) => times > 0));
  const memory = await memoryOf(pid);
  assert.ok(memory < mostMemory, `${memory} bytes`);

  const kept = () =>
    db.system((tx) => tx<{ uri: string }[]>`select uri from post where uri is not null order by uri`);
  await waitFor(async () => isSubset(flooded.accepted, await kept()), {
    what: "all that was accepted",
    timeoutMs: 120_000,
  });
  const uris = (await kept()).map(({ uri }) => uri);
  assert.equal(uris.length, new Set(uris).size, "nothing twice");
  await waitFor(() => deck.heard() > 0, {
    what: "something new in the open deck, or that it must read anew",
  });
});

function isSubset(accepted: string[], kept: readonly { uri: string }[]): boolean {
  return new Set(accepted).isSubsetOf(new Set(kept.map(({ uri }) => uri)));
}

/** Nothing that comes in can be kept until the end of it. */
async function holdUpStoring(): Promise<{ end: () => Promise<void> }> {
  const begun = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const holding = db.as(id, async (tx) => {
    await tx`lock table activity_seen in share row exclusive mode`;
    begun.resolve();
    await over.promise;
  });
  await Promise.race([begun.promise, holding]);
  return {
    end: () => {
      over.resolve();
      return holding;
    },
  };
}

async function wasRefused(): Promise<boolean> {
  const { text } = await ask(port, host, "/metrics");
  return /^torg_inbox_refused_total\{reason="too-(busy|many)"\} [1-9]/m.test(text);
}

/** Asks again and again; how often it was answered. */
async function readUntil(over: AbortSignal, path: string): Promise<number> {
  let times = 0;
  while (!over.aborted) {
    const answer = await ask(port, host, path);
    assert.equal(answer.status, 200, path);
    times += 1;
  }
  return times;
}

/** The most that a process has ever held, or, where that is not told, holds now; in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const kilobytes = status
    ? /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
    : (await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)])).stdout;
  return Number(kilobytes) * 1024;
}

async function openDeck(): Promise<{ heard(): number }> {
  const { secret } = await db.as(id, (tx) => openSession(tx, id, person, "test", Temporal.Now.instant()));
  const cookie = `torg_session=${secret}`;
  // Made when it is first looked at.
  assert.equal((await ask(port, host, "/deck", { cookie })).status, 200);
  const line = get({
    port,
    host: "127.0.0.1",
    path: "/deck/stream",
    headers: { host, cookie },
    agent: false,
  });
  scope.after(() => void line.destroy());
  const [answer] = (await once(line, "response")) as [IncomingMessage];
  assert.equal(answer.statusCode, 200);
  let posts = 0;
  // A line on which more waits than it holds is ended; a browser comes back, and is told to read anew.
  let ended = false;
  answer
    .setEncoding("utf8")
    .on("data", (text: string) => (posts += text.split(/data-post|event: reload|"stale"/).length - 1))
    .on("error", () => {})
    .on("close", () => (ended = true));
  return { heard: () => posts + (ended ? 1 : 0) };
}
