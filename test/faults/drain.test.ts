import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { exampleAuthority, exampleRemote } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { openEventsEar, openSocketEar } from "../stream-ear.ts";
import type { TorgProcess } from "../torg-process.ts";
import { ask } from "../whole/ask.ts";
import { settled } from "../whole/torg.ts";
import { startProcesses, type Server } from "./several-torgs.ts";

const scope = fileScope();
const { db, servers, workers, host, origin } = await startProcesses(scope, { serving: 2, working: 2 });
const [first, second] = servers as [Server, Server];
const [one, other] = workers as [TorgProcess, TorgProcess];
const { authority, office, person } = await exampleAuthority(db, { domain: host });
const { id } = authority;
const made = await db.as(id, (tx) =>
  makeAccessToken(tx, id, { person, account: office.id, scopes: ["read", "write"] }),
);
assert.equal(made.outcome, "made");
const authorization = `Bearer ${made.token}`;
const peer = await startPeer();
await follow();
await settled(db);

test("when one of two that work stops, the other takes over, and each thing is done once", async () => {
  const before = await Promise.all(Array.from({ length: 10 }, (_, n) => say(`Före ${n}`)));
  one.kill("SIGTERM");
  const after = await Promise.all(Array.from({ length: 10 }, (_, n) => say(`Efter ${n}`)));
  assertStoppedWell(one, await one.exited);
  const all = before.length + after.length;
  await waitFor(() => peer.said().length >= all, { what: "everything said" });
  await settled(db);
  assert.deepEqual(peer.said().toSorted(), [...before, ...after].toSorted());
});

test("what is on its way when the last that works stops arrives once, and is known to have arrived", async () => {
  peer.hold();
  const uri = await say("Sagt i sista stund");
  await waitFor(() => peer.said().includes(uri), { what: "the delivery's arrival" });
  other.kill("SIGTERM");
  await other.line(/"message":"stopping"/);
  peer.release();
  assertStoppedWell(other, await other.exited);
  assert.equal(peer.said().filter((said) => said === uri).length, 1);
  const states = await db.read(
    id,
    (tx) => tx<{ state: string }[]>`
      select state from delivery join outgoing on outgoing.id = delivery.outgoing
      where outgoing.body like ${`%${uri}%`}`,
  );
  assert.deepEqual([...states], [{ state: "delivered" }]);
});

test("a process that stops says goodbye to whoever listens, and the other goes on", async () => {
  const headers = { authorization };
  const events = await openEventsEar(origin, "user", headers);
  const socket = await openSocketEar(origin, { query: { stream: "user" }, headers });
  assert.deepEqual([events.status, socket.status], [200, 101]);
  first.kill("SIGTERM");
  assert.equal(await socket.ended, 1001);
  await events.ended;
  assertStoppedWell(first, await first.exited);
  assert.equal((await ask(second.port, host, "/")).status, 200);
});

function assertStoppedWell(torg: TorgProcess, end: { code: number | null; signal: string | null }): void {
  assert.deepEqual(end, { code: 0, signal: null });
  assert.match(torg.output(), /"message":"stopped"/);
  assert.doesNotMatch(torg.output(), /"level":"(warn|error)"/);
}

async function say(status: string): Promise<string> {
  const answer = await ask(second.port, host, "/api/v1/statuses", {
    method: "POST",
    headers: { authorization },
    form: { status },
  });
  assert.equal(answer.status, 200, answer.text);
  return (JSON.parse(answer.text) as { uri: string }).uri;
}

/** Somebody at the peer's follows the office. */
async function follow(): Promise<void> {
  const follower = await exampleRemote(db, authority, "granne", "grannar.example");
  await db.as(id, async (tx) => {
    await tx`update account set inbox = ${peer.inbox}, shared_inbox = null where authority = ${id} and id = ${follower}`;
    const uri = "https://grannar.example/follow";
    await receiveFollow(tx, id, { network: "fediverse", uri, follower, followed: office, entry: null });
  });
}

/** A server that can be slow to answer what is delivered to it. */
async function startPeer() {
  const bodies: string[] = [];
  const held: ServerResponse[] = [];
  let holding = false;
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      bodies.push(Buffer.concat(chunks as Buffer[]).toString());
      if (holding) held.push(response);
      else response.writeHead(202).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    inbox: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbox`,
    /** The posts that have arrived. */
    said: () =>
      bodies
        .map((body) => JSON.parse(body) as { type: string; object: { id: string } })
        .filter(({ type }) => type === "Create")
        .map(({ object }) => object.id),
    hold: () => void (holding = true),
    release() {
      holding = false;
      for (const response of held) response.writeHead(202).end();
    },
  };
}
