import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { revokeToken } from "#domain/accounts/access-token.ts";
import { findToken } from "#domain/accounts/find-token.ts";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { systemClock } from "#platform/clock.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { openEventsEar, openSocketEar, type Heard, type StreamEar } from "#test/stream-ear.ts";
import { streamingHubOf } from "./hub.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { office, person, origin } = world;
const id = world.authority.id;
const token = await world.token(["read"]);

type Status = { id: string };
const status = (heard: Heard | undefined) => JSON.parse(heard?.payload ?? "{}") as Status;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const events = (path: string, secret = token) => openEventsEar(origin, path, bearer(secret));
const sockets = (query: Record<string, string> = {}, secret = token) =>
  openSocketEar(origin, { query, headers: bearer(secret) });

test("whoever asks whether streams are served hears that they are", async () => {
  const answer = await fetch(`${origin}/api/v1/streaming/health`);
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), "OK");
});

test("a token may come in the query or as the protocol, which is spoken then; a cookie never opens a stream", async () => {
  const asProtocol = await openSocketEar(origin, { protocol: token });
  assert.deepEqual([asProtocol.status, asProtocol.protocol], [101, token]);
  const inQuery = await openSocketEar(origin, { query: { access_token: token } });
  assert.equal(inQuery.status, 101);
  const { header } = await world.signIn();
  const byCookie = await openSocketEar(origin, { headers: { cookie: header } });
  assert.equal(byCookie.status, 401);
  assert.equal((await openEventsEar(origin, "user", { cookie: header })).status, 401);
  assert.equal((await openSocketEar(origin, { headers: bearer("nothing") })).status, 401);
  asProtocol.cut();
  inQuery.cut();
});

test("a stream that there is not, or not for this token, is refused in JSON", async () => {
  const narrow = await world.token(["read:notifications"]);
  assert.equal((await events("user", narrow)).status, 403);
  const unknown = await events("everything");
  assert.deepEqual([unknown.status, JSON.parse(unknown.body)], [400, { error: "Unknown channel requested" }]);
  assert.equal((await events("hashtag")).status, 400);
  assert.equal((await world.api("GET", "/api/v1/streaming", { token })).status, 404);
  const ear = await sockets();
  assert.deepEqual(await ear.ask({ type: "subscribe", stream: "everything" }), {
    error: "Unknown stream type",
    status: 400,
  });
  ear.cut();
});

test("what is no message is answered and harms nothing; what is too large ends the connection", async () => {
  const ear = await sockets({ stream: "public" });
  for (const text of ["{", "[]", "null", "5"])
    assert.deepEqual(await ear.ask(text), { error: "The message is no JSON object", status: 400 });
  const post = await world.say(office, "Allt är som förut");
  assert.equal(status(await ear.next()).id, post);
  void ear.ask(" ".repeat(20_000)).catch(() => {});
  assert.equal(await ear.ended, 1009);
});

test("whoever wants to speak another protocol is answered in this one", async () => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "" };
    get(`${origin}/api/v1/streaming/health`, { headers }, resolve).on("error", reject);
  });
  assert.equal(answer.statusCode, 200);
  answer.resume();
});

test("one token opens so many streams and no more, and again as they end", async () => {
  const many = await world.token(["read"]);
  const ears: StreamEar[] = [];
  for (let n = 0; n < 40; n++) ears.push(await events("user", many));
  assert.ok(ears.every((ear) => ear.status === 200));
  assert.equal((await events("user", many)).status, 429);
  assert.equal((await sockets({}, many)).status, 429);
  for (const ear of ears) ear.cut();
  await waitFor(
    async () => {
      const ear = await events("user", many);
      ear.cut();
      return ear.status === 200;
    },
    { what: "room for one more" },
  );
});

test("who leaves before the answer has come leaves nothing open", async () => {
  const many = await world.token(["read"]);
  const isOpen = () =>
    [...streamingHubOf(world.services).open()].some(({ caller }) => caller.scopes.includes("write"));
  const marked = await world.token(["read", "write"]);
  for (let n = 0; n < 20; n++) {
    const request = get(`${origin}/api/v1/streaming/user`, { headers: bearer(marked) }).on("error", () => {});
    await new Promise<void>((resolve) => request.on("finish", resolve));
    if (n % 2 === 0)
      await (await fetch(`${origin}/api/v1/streaming/user`, { headers: bearer(many) })).body?.cancel();
    request.destroy();
  }
  await waitFor(() => !isOpen(), { what: "an empty square" });
});

test("what is no frame, sent along with the request, ends its own connection and nothing else", async () => {
  const { hostname, port } = new URL(origin);
  const line = connect(Number(port), hostname);
  const key = Buffer.alloc(16).toString("base64");
  const head = `GET /api/v1/streaming HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
  line.write(Buffer.concat([Buffer.from(head), Buffer.alloc(300, 0xff)]));
  line.on("error", () => {});
  await new Promise<void>((resolve) => line.on("close", () => resolve()).resume());
  assert.equal((await fetch(`${origin}/api/v1/streaming/health`)).status, 200);
});

test("whoever may no longer speak for the account is shown out at once, and so is a revoked token", async () => {
  const bo = await world.addColleague();
  const grant = { person: bo, account: office.id };
  await db.as(id, (tx) => grantAccount(tx, id, grant, person));
  const secret = await world.token(["read"], { person: bo });
  const [socket, event] = [await sockets({ stream: "user" }, secret), await events("user", secret)];
  const stays = await sockets({ stream: "user" });
  await db.as(id, (tx) => revokeGrant(tx, id, grant, person));
  assert.equal(await socket.ended, 1001);
  await event.ended;
  const lost = await world.token(["read"]);
  const ear = await events("user", lost);
  await db.as(id, async (tx) => {
    const found = await findToken(tx, id, lost);
    assert.ok(found);
    await revokeToken(tx, id, found.id, person, systemClock());
  });
  await ear.ended;
  const post = await world.say(office, "Vi andra är kvar");
  assert.equal(status((await stays.until("update")).at(-1)).id, post);
  stays.cut();
});
