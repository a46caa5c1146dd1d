// What many open streams cost: 1,000 of them on 50 accounts, half as events and half over sockets, hear of one post.
// Beside it the same message to as many bare connections. Both ends are in one process, so the rows may be compared with
// one another and with nothing else. node bench/streaming.ts [rounds] [streams] [accounts]
import { createServer, get, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { startWholeTorg } from "#test/interop/whole-torg.ts";
import { settled } from "#test/whole/torg.ts";

const rounds = Number(process.argv[2] ?? 20);
const streams = Number(process.argv[3] ?? 1_000);
const accounts = Number(process.argv[4] ?? 50);

const whole = await startWholeTorg({ name: "localhost", address: "127.0.0.1" });
const { authority, office, person, origin } = whole;
if (!whole.torg) throw new Error("this measures one process");
const { db, clock } = whole.torg.services;
const id = authority.id;
const keys = await newKeyPair();

/** When each connection has heard something that holds a text. */
const ears: { hear(text: string): void }[] = [];
let size = 0;

const tokens: string[] = [];
for (let n = 0; n < accounts; n++) tokens.push(await tokenOf(await follower(n)));
await settled(db);
await Promise.all(
  Array.from({ length: streams }, (_, n) =>
    open(n % 2 === 0 ? "events" : "socket", tokens[n % accounts] ?? "", n),
  ),
);

let said = 0;
await measure(`one post, ${streams} streams on ${accounts} accounts`, say);
const queries = new Map<string, number>();
Reflect.set(
  db.sql.options,
  "debug",
  (_: number, words: string) => void queries.set(words, (queries.get(words) ?? 0) + 1),
);
const last = Promise.all(ears.map((ear) => new Promise<void>((resolve) => (ear.hear = () => resolve()))));
await say();
await last;
Reflect.set(db.sql.options, "debug", false);
console.log(`  queries until all have heard: ${[...queries.values()].reduce((sum, one) => sum + one, 0)}`);
if (process.env["TORG_BENCH_WORDS"])
  for (const [words, count] of [...queries].toSorted((a, b) => b[1] - a[1]))
    console.log(`  ${count} × ${words.replaceAll(/\s+/g, " ").slice(0, 160)}`);

ears.length = 0;
const bare = await bareFanOut();
await measure(`the same message over ${streams} bare connections`, bare);
process.exit(0);

async function measure(name: string, tell: () => Promise<string>): Promise<void> {
  const ms: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begin = performance.now();
    const heard: Promise<number>[] = ears.map(
      (ear) =>
        new Promise((resolve) => {
          const since = begin;
          ear.hear = () => resolve(performance.now() - since);
        }),
    );
    await tell();
    const all = await Promise.all(heard);
    // The first round warms up.
    if (round > 0) ms.push(...all);
    await settled(db);
  }
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1).padStart(8);
  console.log(
    `${name.padEnd(48)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  last ${at(1)} ms  ${(size / 1024).toFixed(1)} kB each`,
  );
}

async function say(): Promise<string> {
  const source = `Simhallen öppnar igen på måndag, nummer ${++said}. Välkomna!`;
  return db.as(id, async (tx) => {
    const published = await publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source,
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        visibility: "public",
        capacity: "office",
      },
      clock(),
    );
    if (published.outcome !== "published") throw new Error(published.outcome);
    return published.id;
  });
}

/** One account more that follows the office. */
async function follower(n: number): Promise<Account> {
  return db.as(id, async (tx) => {
    const wish = { handle: `namnd${n}`, name: `Nämnd ${n}`, kind: "office", role: "Nämnd" } as const;
    const created = await createAccount(tx, authority, wish, keys, undefined);
    if (created.outcome !== "created") throw new Error(created.outcome);
    await grantAccount(tx, id, { person, account: created.id }, undefined);
    await requestFollow(tx, id, { follower: created.id, followed: office, person });
    const account = await findAccount(tx, id, created.id);
    if (!account) throw new Error("no account");
    return account;
  });
}

async function tokenOf(account: Account): Promise<string> {
  const wanted = { person, account: account.id, scopes: ["read"] };
  const made = await db.as(id, (tx) => makeAccessToken(tx, id, wanted));
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made.token;
}

/** Each comes from an address of its own, as through a proxy. */
async function open(kind: "events" | "socket", token: string, n: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": `10.1.${n >> 8}.${n & 255}` };
  if (kind === "events") return listen(`${origin}/api/v1/streaming/user`, headers);
  const ear = earOf();
  const socket = new WebSocket(`${origin.replace("http", "ws")}/api/v1/streaming?stream=user`, { headers });
  socket.on("message", (data: Buffer) => ear(data.toString()));
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
}

async function listen(url: string, headers: Record<string, string>): Promise<void> {
  const ear = earOf();
  await new Promise<void>((resolve, reject) => {
    get(url, { headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.setEncoding("utf8").on("data", ear);
      return resolve();
    }).on("error", reject);
  });
}

function earOf(): (text: string) => void {
  const ear: (typeof ears)[number] = { hear: () => {} };
  ears.push(ear);
  return (text) => {
    if (!text.includes("update")) return;
    size = text.length;
    ear.hear(text);
  };
}

/** What merely writing it to everybody costs. */
async function bareFanOut(): Promise<() => Promise<string>> {
  const open: ServerResponse[] = [];
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    open.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const message = `event: update\ndata: ${"x".repeat(size)}\n\n`;
  await Promise.all(Array.from({ length: streams }, () => listen(`http://127.0.0.1:${port}/`, {})));
  return () => {
    for (const response of open) response.write(message);
    return Promise.resolve("");
  };
}
