import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get, request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { hostsWaiting } from "#domain/deliveries/delivery.ts";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { readBackup } from "../../src/backup/read-backup.ts";
import { exampleAuthority } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { startRemoteServer, type RemoteActor } from "../remote-server.ts";
import { ask } from "../whole/ask.ts";
import { settled } from "../whole/torg.ts";
import { startProcesses, type Server } from "./several-torgs.ts";

const scope = fileScope();
const { db, servers, host, command } = await startProcesses(scope, { serving: 2, working: 2 });
const [first, second] = servers as [Server, Server];
const { authority, office, person } = await exampleAuthority(db, { domain: host });
const { id } = authority;
const remote = await startRemoteServer();
scope.after(() => remote.stop());
const made = await db.as(id, (tx) =>
  makeAccessToken(tx, id, { person, account: office.id, scopes: ["read", "write"] }),
);
assert.equal(made.outcome, "made");
const authorization = `Bearer ${made.token}`;
const everyone = { to: ["https://www.w3.org/ns/activitystreams#Public"] };

test("what comes in by either process is kept once, and what goes out is sent once", async () => {
  const neighbour = await remote.actor("granne");
  const actor = `http://${host}/ap/accounts/${office.id}`;
  const follow = { id: `${remote.origin}/follow`, type: "Follow", actor: neighbour.uri, object: actor };
  await handIn(second, follow, neighbour);
  await settled(db);
  const posts = await Promise.all(
    Array.from({ length: 20 }, (_, n) => say(servers[n % 2] ?? first, `Nummer ${n}`)),
  );
  const notes = Array.from({ length: 60 }, (_, n) => {
    const note = {
      id: `${remote.origin}/notes/${n}`,
      type: "Note",
      attributedTo: neighbour.uri,
      content: `<p>${n}</p>`,
    };
    const object = { ...note, inReplyTo: posts[n % posts.length]?.uri, ...everyone };
    return { id: `${note.id}#create`, type: "Create", actor: neighbour.uri, object, ...everyone };
  });
  // As a peer that has lost an answer: some are handed in at both.
  await Promise.all(
    notes.flatMap((note, n) =>
      (n % 3 === 0 ? servers : [servers[n % 2] ?? first]).map((server) => handIn(server, note, neighbour)),
    ),
  );
  await settled(db);
  // A job of deliveries begins their rounds and is done.
  await waitFor(async () => (await db.system(hostsWaiting)).length === 0, { what: "what goes out" });
  const sent = remote.asked
    .filter(({ method, body }) => method === "POST" && body.includes('"Create"'))
    .map(({ body }) => (JSON.parse(body) as { object: { id: string } }).object.id);
  assert.deepEqual(sent.toSorted(), posts.map((post) => post.uri).toSorted());
  const kept = await db.system(
    (tx) => tx<{ uri: string; times: number }[]>`
      select uri, count(*)::int as times from journal join post on post.authority = journal.authority and post.id = journal.post
      where journal.kind = 'post-received' group by uri`,
  );
  assert.equal(kept.length, notes.length);
  assert.deepEqual(
    kept.filter(({ times }) => times !== 1),
    [],
  );
});

test("a live line at either process gets what came in by the other", async () => {
  for (const [at, by] of [
    [first, second],
    [second, first],
  ] as const) {
    const line = get({
      port: at.port,
      host: "127.0.0.1",
      path: "/api/v1/streaming/user",
      headers: { host, authorization },
      agent: false,
    });
    const [answer] = (await once(line, "response")) as [IncomingMessage];
    assert.equal(answer.statusCode, 200);
    let heard = "";
    answer.setEncoding("utf8").on("data", (text: string) => (heard += text));
    const words = `Hört vid ${at.port}`;
    await say(by, words);
    await waitFor(() => heard.includes(words), { what: "what was said at the other" });
    line.destroy();
  }
});

test("a backup taken beside them holds what each has written", async () => {
  const said = await Promise.all(
    servers.map((server) => say(server, `Före säkerhetskopian, ${server.port}`)),
  );
  const folder = await mkdtemp(join(tmpdir(), "torg-backup-"));
  scope.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "all.torg");
  const written = await command("backup", file);
  assert.equal(written.code, 0, written.stderr);
  let posts = "";
  await readBackup(file, {
    async table(table, lines) {
      if (table === "post") posts += lines.toString();
    },
  });
  for (const { uri } of said)
    assert.match(posts, new RegExp(`"id":${uri.slice(uri.lastIndexOf("/") + 1)}\\b`));
});

test("a process told to stop answers what it has begun, takes nothing new, and the other goes on", async () => {
  const body = new URLSearchParams({ status: "Sagt medan den stannade" }).toString();
  const begun = request({
    port: first.port,
    host: "127.0.0.1",
    path: "/api/v1/statuses",
    method: "POST",
    agent: false,
    headers: {
      host,
      authorization,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": body.length,
    },
  });
  begun.write(body.slice(0, 10));
  await waitFor(async () => (await ask(first.port, host, "/healthz")).status === 200, {
    what: "a sign of life",
  });
  first.kill("SIGTERM");
  await first.line(/"message":"stopping"/);
  await waitFor(
    () =>
      ask(first.port, host, "/healthz").then(
        () => false,
        () => true,
      ),
    { what: "a closed door" },
  );
  begun.end(body.slice(10));
  const [answer] = (await once(begun, "response")) as [IncomingMessage];
  assert.equal(answer.statusCode, 200);
  answer.resume();
  assert.deepEqual(await first.exited, { code: 0, signal: null });
  assert.equal((await ask(second.port, host, "/")).status, 200);
  const home = await ask(second.port, host, "/api/v1/timelines/home", { headers: { authorization } });
  assert.match(home.text, /Sagt medan den stannade/);
});

async function say(server: Server, status: string): Promise<{ id: string; uri: string }> {
  const answer = await ask(server.port, host, "/api/v1/statuses", {
    method: "POST",
    headers: { authorization },
    form: { status },
  });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text) as { id: string; uri: string };
}

/** At one of the two, as the proxy before them would pass it on: signed for the address that both have. */
async function handIn(server: Server, activity: object, as: RemoteActor) {
  const body = JSON.stringify(activity);
  const headers = { "content-type": "application/activity+json" };
  const { keyId, privateKeyPem } = as;
  const url = new URL(`http://${host}/ap/inbox`);
  const date = Temporal.Now.instant();
  const signed = signCavage({ method: "POST", url, headers, body, keyId, privateKeyPem, date });
  const answer = await ask(server.port, host, url.pathname, {
    method: "POST",
    body,
    headers: { ...headers, ...signed },
  });
  assert.equal(answer.status, 202, answer.text);
}
