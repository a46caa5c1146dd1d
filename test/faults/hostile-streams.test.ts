import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { streamingHubOf } from "#adapters/api/streaming/hub.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { testDatabase } from "../database.ts";
import { startClientWorld } from "../client-world.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { openEventsEar, openSocketEar } from "../stream-ear.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, origin } = world;
const token = await world.token(["read"]);
const hub = streamingHubOf(world.services);
const open = () => [...hub.open()].length;
const bearer = (one: string) => ({ authorization: `Bearer ${one}` });

/** A socket spoken to byte by byte, for what no library would send; resolves when it has been taken. */
async function rawSocket(as: string, path = "/api/v1/streaming"): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Authorization: Bearer ${as}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (!answer.toString().startsWith("HTTP/1.1 101")) socket.destroy();
  assert.match(answer.toString(), /^HTTP\/1.1 101/);
  return socket;
}

/** A text frame, masked as from a client. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  assert.ok(body.length < 126);
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

test("many sockets asked for in the same moment are no more than one after another", async () => {
  const as = await world.token(["read"]);
  const ears = await Promise.all(
    Array.from({ length: 90 }, () => openSocketEar(origin, { headers: bearer(as) })),
  );
  const opened = ears.filter(({ status }) => status === 101);
  assert.equal(opened.length, 40);
  assert.ok(ears.every(({ status }) => status === 101 || status === 429));
  for (const ear of opened) ear.cut();
  await Promise.all(opened.map(({ ended }) => ended));
});

test("whoever pings without end and reads nothing is cut, before it costs memory", async () => {
  const socket = await rawSocket(token);
  socket.pause();
  const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
  const many = Buffer.concat(Array.from({ length: 500 }, () => ping));
  let sent = 0;
  for (; !socket.destroyed && sent < 64 * 1024 * 1024; sent += many.length)
    await new Promise<void>((resolve) => socket.write(many, () => resolve()));
  assert.ok(socket.destroyed, `${sent} bytes of pings were taken`);
});

test("whoever asks more than can be answered is asked to leave, and hears no more", async () => {
  const before = open();
  const socket = await rawSocket(token);
  const closed = once(socket, "close");
  socket.resume();
  socket.write(
    Buffer.concat(
      Array.from({ length: 5_000 }, () => frame('{"type":"subscribe","stream":"list","list":"1"}')),
    ),
  );
  await closed;
  await waitFor(() => Promise.resolve(open() === before), { what: "the end of the connection" });
});

test("frames that are none, too large or in pieces close their socket and nothing else", async () => {
  const ear = await openSocketEar(origin, { headers: bearer(token), query: { stream: "user" } });
  const masked = (first: number, length: number[]) => Buffer.from([first, ...length, 0, 0, 0, 0]);
  const bad = [
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    // Unmasked, and a length of 2^62.
    Buffer.from([0x81, 0x01, 0x61]),
    masked(0x81, [0xff, 0x40, 0, 0, 0, 0, 0, 0, 0]),
    // 1 MB announced.
    masked(0x81, [0xff, 0, 0, 0, 0, 0, 0x10, 0, 0]),
    // Bytes that are no UTF-8.
    Buffer.concat([masked(0x81, [0x82]), Buffer.from([0xff, 0xfe])]),
  ];
  for (const bytes of bad) {
    const socket = await rawSocket(token);
    const closed = once(socket, "close");
    socket.resume();
    socket.write(bytes);
    await closed;
  }
  assert.equal((await ear.ask({ type: "subscribe", stream: "nothing" }))?.status, 400);
  ear.cut();
  await ear.ended;
});

test("a socket is opened by each way that leads to it, and by none beside", async () => {
  for (const path of ["/api/v1/streaming/", "/api/v1/streaming/?stream=user", "/en/api/v1/streaming"])
    (await rawSocket(token, path)).destroy();
  for (const path of ["/api/v1/streaming//", "/api/v1/streaming/user/", "/api/v1/timelines/home"])
    await assert.rejects(rawSocket(token, path), /HTTP\/1.1 (200|404)/);
});

test("what is asked over a socket is taken for what it is", async () => {
  const ear = await openSocketEar(origin, { headers: bearer(token) });
  const odd: [unknown, number][] = [
    ["", 400],
    ["[]", 400],
    ["null", 400],
    [{ type: "subscribe", stream: "__proto__" }, 400],
    [{ type: "subscribe", stream: "list", list: "9223372036854775808" }, 400],
    [{ type: "subscribe", stream: "list", list: "9223372036854775807" }, 404],
    [{ type: "subscribe", stream: "hashtag", tag: "x".repeat(10_000) }, 400],
    [{ type: "subscribe", stream: "user:notification" }, 200],
  ];
  for (const [message, status] of odd)
    assert.equal((await ear.ask(message))?.status ?? 200, status, JSON.stringify(message));
  ear.cut();
  await ear.ended;
});

test("nothing stays open for whoever has no right to it", async () => {
  const port = Number(new URL(origin).port);
  for (const path of ["/api/v1/streaming", "/api/v1/streaming/user", "/api/v1/streaming?access_token=x"]) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    const [answer] = (await once(socket, "data")) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1.1 401/, path);
    socket.destroy();
  }
  await waitFor(() => Promise.resolve(open() === 0), { what: "nobody listening" });
});

test("a colleague of another office hears nothing of what is confided to this one", async () => {
  const bo = await world.addColleague();
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person: bo, account: voice.id }, undefined),
  );
  const as = bearer(await world.token(["read"], { person: bo, account: voice }));
  const ears = await Promise.all(
    ["user", "user/notification", "public", "direct", "hashtag?tag=hemlig"].map((path) =>
      openEventsEar(origin, path, as),
    ),
  );
  const list = await world.api<{ id: string }>("POST", "/api/v1/lists", {
    token: await world.token(["write"]),
    json: { title: "Vår" },
  });
  assert.equal((await openEventsEar(origin, `list?list=${list.body.id}`, as)).status, 404);
  await world.hear("I förtroende #hemlig", { visibility: "direct" });
  await world.say(office, "För våra följare #hemlig", { visibility: "followers" });
  // Told in order: what each hears first is the first that it may hear.
  await world.hear("Hej alla #hemlig", { mentioned: [voice.id] });
  await world.hear("I förtroende med de andra", { visibility: "direct", mentioned: [voice.id] });
  await world.say(voice, "Vårt eget");
  const first = await Promise.all(ears.map(async (ear) => (await ear.next()).payload ?? ""));
  for (const payload of first) assert.match(payload, /Hej alla|med de andra|Vårt eget/);
  for (const ear of ears) ear.cut();
  await Promise.all(ears.map(({ ended }) => ended));
});

test("what is said cannot be made an event of its own", async () => {
  const ear = await openEventsEar(origin, "public", bearer(token));
  const text = "Rad ett\n\nevent: delete\ndata: 1\n\n\u2028id: 2\r\rretry: 1";
  await world.say(office, text);
  const heard = await ear.next();
  assert.equal(heard.event, "update");
  assert.match((JSON.parse(heard.payload ?? "") as { content: string }).content, /event: delete/);
  await world.say(office, "Efteråt");
  assert.match((await ear.next()).payload ?? "", /Efteråt/);
  ear.cut();
  await ear.ended;
});
