import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../../src/open-store.ts";
import { environment } from "../environment.ts";
import { startRemoteServer } from "../remote-server.ts";
import { settled } from "../whole/torg.ts";
import { killableTorg } from "./killable-torg.ts";
import { pause, streamReplies } from "./reply-stream.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const torg = await killableTorg(scope);
const remote = await startRemoteServer();
scope.after(() => remote.stop());

/** It is then one of four that is killed, and the others go on taking in what comes. */
const shared = environment.shape === "two-and-two";
const rounds = shared ? 10 : 50;
const pauseMs = shared ? 150 : 40;
/** Every so many rounds it is the database that is killed; Torg then ends by itself. */
const databaseEvery = shared ? 5 : 10;
const handledWithinMs = 15_000;

test(`killed ${rounds} times between 202 and handling, Torg has every reply that it accepted exactly once`, async (t) => {
  await torg.setUp();
  const { id } = await torg.command("post", "exempelkommun", "När öppnar simhallen?");
  const actors = await Promise.all(Array.from({ length: 8 }, (_, index) => remote.actor(`boende${index}`)));
  const origin = torg.config.url.origin;
  await torg.start();
  const stream = streamReplies(remote, {
    inbox: `${origin}/ap/inbox`,
    post: `${origin}/ap/posts/${String(id)}`,
    actors,
    pauseMs,
  });
  const random = seeded(20261122);
  const kills: Temporal.Instant[] = [];
  for (let round = 1; round <= rounds; round++) {
    // Now and then a life is long enough for its batches to be committed.
    const patience = round % 7 === 0 ? 150 : 24;
    await stream.nextAccepted(1 + Math.floor(random() * patience));
    // Every other time at once, while it is surely not handled; else at some moment on the way.
    if (round % 2 === 0) await pause(random() * 30);
    kills.push(Temporal.Now.instant());
    await torg.kill(round % databaseEvery === 0 ? "database" : "torg", shared ? random() : 0);
    await torg.start();
  }
  const restarted = performance.now();
  const store = await torg.openStore();
  try {
    await Promise.all([stream.finish(), settled(store.db)]);
    await settled(store.db);
    const handledMs = Math.round(performance.now() - restarted);
    t.diagnostic(
      `${stream.accepted.size} replies accepted, all handled ${handledMs} ms after the last restart`,
    );
    assert.ok(handledMs < handledWithinMs, `handled after ${handledMs} ms`);
    assert.deepEqual(stream.accepted, stream.sent, "what was not answered was sent again until it was");
    await assertEachOnce(store, stream.accepted);
    const between = await countHandledByTheNext(store, kills);
    t.diagnostic(`${between} of them were killed between 202 and handling`);
    assert.ok(between >= rounds, "the moments were well chosen");
  } finally {
    await store.close();
  }
  await torg.stop();
});

async function assertEachOnce(store: Store, accepted: Set<string>): Promise<void> {
  const found = await store.db.system(async (tx) => ({
    posts: await tx<{ uri: string; times: number }[]>`
      select uri, count(*)::int as times from post where uri is not null group by uri`,
    received: await tx<{ uri: string; times: number }[]>`
      select split_part(facts->>'id', '#', 1) as uri, count(*)::int as times from journal
      where kind = 'activity-received' group by 1`,
    kept: await tx<{ uri: string; times: number }[]>`
      select uri, count(*)::int as times from journal join post on post.authority = journal.authority and post.id = journal.post
      where journal.kind = 'post-received' group by uri`,
    addressed: await tx<{ uri: string; times: number }[]>`
      select uri, count(*)::int as times from addressed join post on post.authority = addressed.authority and post.id = addressed.post
      group by uri`,
    answering: await tx<{ uri: string; times: number }[]>`
      select uri, count(*)::int as times from post join post_version version on version.authority = post.authority and version.post = post.id
      where post.in_reply_to is not null group by uri`,
  }));
  for (const [what, rows] of Object.entries(found)) {
    assert.deepEqual(new Set(rows.map((row) => row.uri)), accepted, what);
    assert.deepEqual(
      rows.filter((row) => row.times !== 1),
      [],
      `${what} more than once`,
    );
  }
  const failures = await store.db.system((tx) => tx`select name, error from subscription_failure`);
  assert.deepEqual([...failures], []);
  const numbers = await store.db.system((tx) => tx`select number from journal order by number`);
  assert.equal(numbers.length, Number(numbers.at(-1)?.["number"]), "the journal is numbered without a gap");
}

/** How many replies were accepted before a kill and handled after it. */
async function countHandledByTheNext(store: Store, kills: Temporal.Instant[]): Promise<number> {
  const pairs = await store.db.system(
    (tx) => tx<{ accepted: Temporal.Instant; handled: Temporal.Instant }[]>`
      select received.at as accepted, kept.at as handled from journal kept
      join journal received on received.authority = kept.authority and received.id = (kept.facts->>'entry')::bigint
      where kept.kind = 'post-received'`,
  );
  const isBetween = (kill: Temporal.Instant, { accepted, handled }: (typeof pairs)[number]) =>
    Temporal.Instant.compare(accepted, kill) < 0 && Temporal.Instant.compare(kill, handled) < 0;
  return pairs.filter((pair) => kills.some((kill) => isBetween(kill, pair))).length;
}

/** The same moments each time (mulberry32), so that a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
