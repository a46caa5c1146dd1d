import { spawn } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findRemoteAccount, type AccountId } from "#domain/accounts/account.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { addPerson } from "#domain/people/person.ts";
import { openSession } from "#domain/people/session.ts";
import { postUri, siteOf } from "#context.ts";
import { settled } from "#test/whole/torg.ts";
import { publish } from "../publish.ts";
import type { Asked } from "../load.ts";
import type { Bench, Row } from "../row.ts";
import { startReplier } from "../signed-replies.ts";
import { startBenchTorg, type BenchTorg } from "../start-torg.ts";
import { median } from "../table.ts";

const decks = 1_000;
const accounts = 50;
const times = 60;
const question = "Öppnar simhallen före påsk? Barnens simskola har fått vänta sedan i höstas.";

/**
 * A signed reply is posted to the inbox; each of a thousand people has a deck of three columns open, twenty for each
 * account. All accounts follow whoever writes, so that all decks have something to show. Whoever listens does so from
 * a process of its own, in both cases.
 */
export const live: Row = {
  name: "live",
  work: "a signed reply, from its POST until 1,000 open decks on 50 accounts have it; p99",
  limit: "a NOTIFY, until 1,000 bare connections have as many bytes; p99",
  target: { ratio: { atMost: 3 } },
  async measure(bench) {
    const whole = await startBenchTorg(bench);
    const { db } = whole.torg.services;
    const replier = await startReplier(bench, whole.origin, await ask(whole));
    const reply = (mark: string) => replier.reply(`${question} ${mark}`);
    await reply("mark-0-");
    await settled(db);
    // Now it is known who writes.
    const cookies = await fillHouse(whole, replier.uri);
    await settled(db);
    const open = cookies.map((cookie) => ({ url: `${whole.origin}/deck/stream`, headers: { cookie } }));
    const ours = await listen(bench, open);
    await settled(db);
    const sample = await told(ours, "mark-1-", reply);
    await settled(db);
    const { url, tell } = await bareFanOut(bench, whole, sample.bytes);
    const bare = await listen(
      bench,
      Array.from({ length: decks }, () => ({ url })),
    );
    await told(bare, "mark-1-", tell);

    let serial = 1;
    const all = { ours: [] as number[], limits: [] as number[] };
    const p99 = { ours: [] as number[], limits: [] as number[] };
    for (let round = -1; round < bench.rounds; round++) {
      const some = { ours: [] as number[], limits: [] as number[] };
      for (let n = 0; n < times; n++) {
        const mark = `mark-${++serial}-`;
        some.limits.push((await told(bare, mark, tell)).ms);
        some.ours.push((await told(ours, mark, reply)).ms);
        await settled(db);
      }
      // The first round warms up.
      if (round < 0) continue;
      for (const key of ["ours", "limits"] as const) {
        all[key].push(...some[key]);
        p99[key].push(at(some[key], 0.99));
      }
    }
    const halves = [median(all.ours), median(all.limits)].map((ms) => ms.toFixed(1));
    const note = `p50 ${halves.join(" to ")} ms; ${sample.bytes} bytes to each`;
    return [{ unit: "ms", ...p99, note }];
  },
};

type Heard = { mark: string; all: string; bytes: number };
type Listeners = { heard(mark: string): Promise<Heard> };

/** Milliseconds from the telling until all have heard. */
async function told(
  listeners: Listeners,
  mark: string,
  tell: (mark: string) => Promise<unknown>,
): Promise<{ ms: number; bytes: number }> {
  const heard = listeners.heard(mark);
  const begin = process.hrtime.bigint();
  const [{ all, bytes }] = await Promise.all([heard, tell(mark)]);
  return { ms: Number(BigInt(all) - begin) / 1e6, bytes };
}

async function listen(bench: Bench, asked: readonly Asked[]): Promise<Listeners> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../listeners.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  bench.after(() => void child.kill());
  const waiting = new Map<string, (heard: Heard) => void>();
  const opened = Promise.withResolvers<void>();
  child.on("exit", () => opened.reject(new Error("the listeners have left")));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line) as { open: number } | Heard;
    if ("open" in said) return opened.resolve();
    waiting.get(said.mark)?.(said);
    waiting.delete(said.mark);
  });
  child.stdin.end(JSON.stringify(asked));
  await opened.promise;
  return { heard: (mark) => new Promise((resolve) => waiting.set(mark, resolve)) };
}

/** Accounts that follow the writer, and people who speak for one each and are signed in: their cookies. */
async function fillHouse({ torg, authority, office }: BenchTorg, writer: string): Promise<string[]> {
  const { db, clock } = torg.services;
  const { id } = authority;
  const keys = await newKeyPair();
  return db.as(id, async (tx) => {
    const author = await findRemoteAccount(tx, id, writer);
    if (!author) throw new Error("nobody has written");
    const voices: AccountId[] = [office.id];
    for (let n = 1; n < accounts; n++) {
      const wish = { handle: `namnd${n}`, name: `Nämnd ${n}`, kind: "office", role: "Nämnd" } as const;
      const created = await createAccount(tx, authority, wish, keys, undefined);
      if (created.outcome !== "created") throw new Error(created.outcome);
      voices.push(created.id);
    }
    await tx`
      insert into follow (authority, follower, followed, state)
      select ${id}, one, ${author.id}, 'accepted' from unnest(${voices}::bigint[]) one`;
    const cookies: string[] = [];
    for (let n = 0; n < decks; n++) {
      const colleague = {
        name: `Kollega ${n}`,
        email: `kollega${n}@example.se`,
        roles: [],
        language: "sv" as const,
      };
      const added = await addPerson(tx, id, colleague, undefined);
      const voice = voices[n % accounts];
      if (added.outcome !== "added" || !voice) throw new Error(added.outcome);
      await grantAccount(tx, id, { person: added.id, account: voice }, undefined);
      const { secret } = await openSession(tx, id, added.id, "bench", clock());
      cookies.push(`torg_session=${secret}`);
    }
    return cookies;
  });
}

/** A question of the office's, by its name on the network. */
async function ask(ours: BenchTorg): Promise<string> {
  const { torg, authority } = ours;
  return postUri(siteOf(torg.services.config, authority), await publish(ours, "Vad vill ni?"));
}

/** What telling as many bytes to everybody costs, when nothing has to be read or made: in the process that Torg is in. */
async function bareFanOut(bench: Bench, { torg }: BenchTorg, size: number) {
  const { sql } = torg.services.db;
  const open: ServerResponse[] = [];
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": hello\n\n");
    open.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  bench.after(() => {
    server.close().closeAllConnections();
  });
  await sql.listen("bench", (mark) => {
    const message = Buffer.from(`event: changes\ndata: ${mark.padEnd(size - 23, "x")}\n\n`);
    for (const response of open) response.write(message);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    tell: (mark: string) => sql.notify("bench", mark),
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
