// What an open deck costs: queries (begin and commit among them), milliseconds and bytes of one received post, a burst,
// a batch with many decks open, the deck's page, and what a composer asks while somebody writes. All in one run, so
// that the rows may be compared with one another. node bench/deck.ts [rounds]
import { addColumn } from "#domain/decks/change-columns.ts";
import { ensureOwnDeck } from "#domain/decks/change-decks.ts";
import type { ColumnDefinition } from "#domain/decks/deck.ts";
import { openSession } from "#domain/people/session.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { hubOf } from "#adapters/deck/live/hub.ts";
import type { Line } from "#adapters/deck/live/line.ts";
import type { Seat } from "#adapters/deck/seat.ts";
import { siteOf } from "#context.ts";
import { exampleIncoming, exampleRemote } from "#test/example.ts";
import { startWholeTorg } from "#test/interop/whole-torg.ts";
import { settled } from "#test/whole/torg.ts";

const rounds = Number(process.argv[2] ?? 100);
const whole = await startWholeTorg({ name: "localhost", address: "127.0.0.1" });
const { authority, office, voice, person, origin } = whole;
if (!whole.torg) throw new Error("this measures one process");
const { services } = whole.torg;
const { db, clock } = services;
const asa = await exampleRemote(db, authority, "asa", "social.test");
const asker = { person, admin: true };
const deck = await db.as(authority.id, (tx) => ensureOwnDeck(tx, authority.id, asker));
const { secret } = await db.as(authority.id, (tx) => openSession(tx, authority.id, person, "bench", clock()));
const headers = { cookie: `torg_session=${secret}`, origin };

let heard = 0;

/** Every statement sent, by its words. Counting costs time, so it is done apart. */
const said = new Map<string, number>();
const count = (_: number, words: string) => void said.set(words, (said.get(words) ?? 0) + 1);

await hear(40);
await quiet();

const lines: FakeLine[] = [openLine([])];
lines.push(await joined(openLine(columnsOf(0).slice(0, 3))));
await measure("one post to us, one deck of 3 columns", rounds, () => heardBy(1));
await measure("… 100 of them in one transaction", 5, () => heardBy(100));
for (const decks of [1, 10, 100]) {
  while (lines.length - 2 < decks) lines.push(await joined(openLine(columnsOf(lines.length))));
  await measure(`one post to us, ${decks} more decks of 6 columns`, Math.ceil(rounds / 2), () => heardBy(1));
}
for (const line of lines.splice(0)) hubOf(services).leave(line);
await pageOf(3);
for (const column of columnsOf(1).slice(1)) await add(column);
for (const tag of ["d", "e", "f", "g"]) await add({ kind: "tag", subject: { tags: [tag] }, filters: {} });
await pageOf(12);
const form = () => ({ text: "Hej! Vi öppnar simhallen på måndag.", account: office.id, language: "sv" });
const once = crypto.randomUUID();
let kept = 0;
await measure("autosave", rounds, () =>
  ask("/deck/drafts", { ...form(), once, text: `Hej! Vi öppnar simhallen på måndag. ${kept++}` }),
);
await measure("checks while writing", rounds, () => ask("/deck/compose/checks", form()));
process.exit(0);

type FakeLine = Line & { until: (post: string) => Promise<void> };

/** Milliseconds until it is done, and what it takes of the processor and of queries until nothing is left to do. */
async function measure(name: string, times: number, work: () => Promise<number>): Promise<void> {
  const ms: number[] = [];
  let bytes = 0;
  await work();
  await quiet();
  const cpu = process.cpuUsage();
  for (let round = 0; round < times; round++) {
    const begin = performance.now();
    bytes = await work();
    ms.push(performance.now() - begin);
    await quiet();
  }
  const used = process.cpuUsage(cpu);
  const each = (used.user + used.system) / 1_000 / times;
  const queries: number[] = [];
  Reflect.set(db.sql.options, "debug", count);
  for (let round = 0; round < 5; round++) {
    said.clear();
    await work();
    await pause();
    queries.push([...said.values()].reduce((sum, one) => sum + one, 0));
  }
  Reflect.set(db.sql.options, "debug", false);
  console.log(
    `${name.padEnd(46)} median ${at(ms, 0.5)} ms  p95 ${at(ms, 0.95)} ms  queries ${at(queries, 0.5)}  processor ${each.toFixed(1).padStart(6)} ms${bytes > 0 ? `  ${(bytes / 1024).toFixed(1)} kB` : ""}`,
  );
  if (process.env["TORG_BENCH_WORDS"])
    for (const [words, count] of [...said].toSorted((a, b) => b[1] - a[1]))
      console.log(`  ${count} × ${words.replaceAll(/\s+/g, " ").slice(0, 220)}`);
}

/** Some posts are received, and every open deck has heard of the last. */
async function heardBy(count: number): Promise<number> {
  const last = await hear(count);
  await Promise.all(lines.slice(1).map((line) => line.until(last)));
  return 0;
}

async function hear(count: number): Promise<string> {
  return db.as(authority.id, async (tx) => {
    let last = "";
    for (let n = 0; n < count; n++) {
      const uri = `https://social.test/posts/${++heard}`;
      const source = `Fråga ${heard}: öppnar simhallen före påsk? Barnens simskola har fått vänta sedan i höstas.`;
      const received = await receivePost(
        tx,
        authority.id,
        exampleIncoming({ uri, author: asa, source, publishedAt: clock(), mentioned: [office.id] }),
      );
      if (received.outcome !== "received") throw new Error(received.outcome);
      last = received.id;
    }
    return last;
  });
}

function openLine(columns: readonly ColumnDefinition[]): FakeLine {
  const seat: Seat = {
    site: siteOf(services.config, authority),
    language: "sv",
    accounts: [voice, office],
    acting: office,
    moderator: true,
    admin: true,
    person,
  };
  const waiting = new Map<string, () => void>();
  const seen = new Set<string>();
  return {
    seat,
    session: "1" as Line["session"],
    person: "1",
    deck: undefined,
    columns: columns.map((column, index) => ({ ...column, id: `${index}` })),
    sent: 0n,
    send(event) {
      // What a real line does with it.
      const text = event.json ?? JSON.stringify(event.data);
      if (event.kind !== "changes") return;
      for (const change of JSON.parse(text) as { post?: string }[]) {
        if (!change.post) continue;
        seen.add(change.post);
        waiting.get(change.post)?.();
      }
    },
    close: () => {},
    until: (post) => new Promise((resolve) => (seen.has(post) ? resolve() : waiting.set(post, resolve))),
  };
}

async function joined(line: FakeLine): Promise<FakeLine> {
  await hubOf(services).join(line, undefined);
  return line;
}

/** Six columns, some of them of its own. */
function columnsOf(n: number): ColumnDefinition[] {
  return [
    { kind: "inbox", subject: {}, filters: {} },
    { kind: "home", subject: {}, filters: {} },
    { kind: "account", subject: {}, filters: {} },
    { kind: "inbox", subject: {}, filters: { unanswered: true } },
    { kind: "tag", subject: { tags: [`nr${n}`] }, filters: {} },
    { kind: "search", subject: { query: `simhallen fråga ${n}` }, filters: {} },
  ];
}

async function add(column: ColumnDefinition): Promise<void> {
  await db.as(authority.id, (tx) => addColumn(tx, authority.id, deck.id, asker, column));
}

function pageOf(columns: number): Promise<void> {
  return measure(`GET /deck with ${columns} columns`, rounds, () => ask("/deck"));
}

async function ask(path: string, body?: Record<string, string>): Promise<number> {
  const answer = await fetch(origin + path, {
    headers,
    ...(body ? { method: "POST", body: new URLSearchParams(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`);
  return text.length;
}

/** Long enough for what follows; asking whether it has would be counted too. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

/** Until what follows has followed. */
async function quiet(): Promise<void> {
  await settled(db);
}

function at(values: number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return (Number.isInteger(value) ? String(value) : value.toFixed(1)).padStart(7);
}
