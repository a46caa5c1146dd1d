import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { journalHead } from "#domain/journal/entry.ts";
import { writtenChannel } from "#domain/journal/sequencer.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { receiveEdit } from "#domain/posts/receive-change.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import type { Transaction } from "#platform/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { ask } from "../whole/ask.ts";
import { startProcesses, type Server } from "./several-torgs.ts";

const scope = fileScope();
const { db, servers, host } = await startProcesses(scope, { serving: 2, working: 1 });
const { authority, office, person } = await exampleAuthority(db, { domain: host });
const { id } = authority;
const neighbour = await exampleRemote(db, authority, "granne", "grannar.example");
const made = await db.as(id, (tx) =>
  makeAccessToken(tx, id, { person, account: office.id, scopes: ["read"] }),
);
assert.equal(made.outcome, "made");
const authorization = `Bearer ${made.token}`;
const now = () => Temporal.Now.instant();

const rounds = 5;
/** What is to be read of each text: its newest mark, or nothing. */
const marks = new Map<string, (string | null)[]>();
/** From which of those on each process has heard. */
const heard = new Map<Server, Map<string, number>>(servers.map((server) => [server, new Map()]));
const stale: string[] = [];
let areRead = false;
let answers = 0;
let given = 0;

test("whatever a process has heard of is never answered as it was before", { timeout: 60_000 }, async (t) => {
  const root = await publish("fraga");
  const answer = await hear("svar", root);
  const changed = await hear("rattat", root);
  const reading = new AbortController();
  areRead = true;
  const readers = servers.flatMap((server) =>
    pathsOf(root).flatMap((path) => [0, 1].map(() => read(server, path, reading.signal))),
  );
  for (let round = 0; round < rounds; round++) {
    await edit(root, "fraga");
    const short = await publish(`kort${round}`);
    await change(`kort${round}`, null, (tx) =>
      deletePost(tx, id, { id: short, account: office.id, person }, now()),
    );
    await decide(answer.post, "hide");
    await decide(answer.post, "unhide");
    await change("rattat", "", (tx, mark) =>
      receiveEdit(tx, id, { ...changed.said, ...wordsOf(mark), editedAt: now() }),
    );
  }
  // Its author shows it to followers alone from now on.
  await change("rattat", null, (tx) =>
    receiveEdit(tx, id, {
      ...changed.said,
      ...wordsOf("bara till er"),
      visibility: "followers",
      editedAt: now(),
    }),
  );
  reading.abort();
  await Promise.all(readers);
  t.diagnostic(`${answers} answers while ${given} changes were heard of`);
  assert.deepEqual(stale.slice(0, 5), []);
  assert.ok(answers > 1_000, `${answers} answers are too few to have seen anything`);
});

function pathsOf(root: PostId): string[] {
  const api = "/api/v1";
  return [
    "/",
    `/@${office.handle}`,
    `/@${office.handle}/${root}`,
    "/feed.atom",
    `${api}/timelines/home`,
    `${api}/timelines/public`,
    `${api}/statuses/${root}/context`,
    `${api}/accounts/${office.id}/statuses`,
  ];
}

/** Which texts stand on a page is known from the first answer that held them: the others say nothing there. */
async function read(server: Server, path: string, signal: AbortSignal): Promise<void> {
  const stood = new Set<string>();
  const headers: Record<string, string> = path.startsWith("/api") ? { authorization } : {};
  while (!signal.aborted) {
    const from = new Map(heard.get(server));
    const { status, text } = await ask(server.port, host, path, { headers });
    assert.equal(status, 200, `${path} ${text.slice(0, 200)}`);
    answers += 1;
    server.reads += 1;
    const seen = new Map(
      [...text.matchAll(/m-([a-z]+\d*)-(\d+)-m/g)].map(([mark, name = ""]) => [name, mark]),
    );
    for (const name of seen.keys()) stood.add(name);
    for (const [name, since] of from) {
      const mark = seen.get(name) ?? null;
      if (mark === null && !stood.has(name)) continue;
      const may = marks.get(name)?.slice(since) ?? [];
      if (!may.includes(mark)) stale.push(`${path} at ${server.port}: ${mark}, not one of ${may.join()}`);
    }
  }
}

/** Commits a change and goes on when both processes have heard of it and have been read for a while since. */
async function change<T>(
  name: string,
  words: string | null,
  work: (tx: Transaction, mark: string) => Promise<T>,
): Promise<T> {
  const known = marks.get(name) ?? [];
  marks.set(name, known);
  const mark = `m-${name}-${known.length}-m`;
  // From now on it may be seen, and from when it has been heard of it must.
  known.push(words === "" ? mark : words);
  const at = known.length - 1;
  const result = await db.as(id, (tx) => work(tx, mark));
  await db.sql.notify(writtenChannel, "");
  await waitFor(
    () => db.system(async (tx) => !(await tx`select from journal where number is null limit 1`).length),
    {
      what: "a number",
    },
  );
  const head = Number(await db.system(journalHead));
  for (const server of servers)
    await waitFor(async () => (await server.position()) >= head, { what: "a process that has heard" });
  for (const server of servers) heard.get(server)?.set(name, at);
  given += 1;
  for (const server of areRead ? servers : []) {
    const before = server.reads;
    await waitFor(() => server.reads >= before + 40, { what: "readers" });
  }
  return result;
}

function wordsOf(source: string) {
  return { source, blocks: blocksFromPlain(source) };
}

const written = (source: string) => ({
  kind: "note" as const,
  sourceType: "plain" as const,
  source,
  language: "sv",
  attachments: [],
  account: office.id,
  person,
});

async function publish(name: string): Promise<PostId> {
  const done = await change(name, "", (tx, mark) =>
    publishPost(tx, authority, { ...written(mark), visibility: "public", capacity: "office" }, now()),
  );
  if (done.outcome !== "published") throw new Error(done.outcome);
  return done.id;
}

async function edit(post: PostId, name: string): Promise<void> {
  const done = await change(name, "", (tx, mark) =>
    editPost(tx, authority, { ...written(mark), post, reason: "Rättat" }, now()),
  );
  assert.equal(done.outcome, "edited");
}

async function hear(name: string, root: PostId): Promise<{ post: PostId; said: IncomingPost }> {
  const said = (mark: string) =>
    exampleIncoming({
      uri: `https://grannar.example/notes/${name}`,
      author: neighbour,
      ...wordsOf(mark),
      inReplyTo: { uri: `http://${host}/ap/posts/${root}`, own: root },
    });
  const done = await change(name, "", (tx, mark) => receivePost(tx, id, said(mark)));
  if (done.outcome !== "received") throw new Error(done.outcome);
  return { post: done.id, said: said("") };
}

async function decide(post: PostId, action: "hide" | "unhide"): Promise<void> {
  const shown = marks.get("svar")?.[0] ?? null;
  const done = await change("svar", action === "hide" ? null : shown, (tx) =>
    decideOnPost(tx, id, { action, post, person, rule: 1, reason: "Namnger någon" }, now()),
  );
  assert.equal(done.outcome, "decided");
}
