import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { closeGently, createBoundedServer, type ServerBounds } from "./bounded-server.ts";

const short = { head: 200, request: 10_000, silence: 300, idle: 300, look: 50, connections: 20 };
const much = Buffer.alloc(64 * 1024 * 1024);

test("slow, stuck and silent clients are let go, and others are answered meanwhile", async (t) => {
  const { port, server } = await started(t, (request, response) => {
    if (request.url === "/much") return void response.end(much);
    request.resume().on("end", () => response.end("here"));
  });
  const stuck = {
    "says nothing": "",
    "never ends its head": "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a",
    "never sends its body": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
    "never reads its answer": "GET /much HTTP/1.1\r\nHost: x\r\n\r\n",
  };
  const sockets = await Promise.all(Object.values(stuck).map((said) => opened(port, said)));
  for (let n = 0; n < 5; n++) assert.equal(await asked(port), "here");
  await none(server);
  for (const socket of sockets) socket.destroy();
});

test("whoever has asked and waits for us is not let go, however long we take", async (t) => {
  const { port, server } = await started(t, (request, response) => {
    if (request.url === "/live") response.write("so far, ");
    const wait = once(server, "patience");
    void wait.then(() => response.end("at last"));
  });
  const asking = asked(port);
  const hearing = asked(port, false, "/live");
  const silent = await opened(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
  silent.resume();
  const [later] = await Promise.all([
    opened(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    once(silent, "close"),
  ]);
  await once(server, "timeout");
  server.emit("patience");
  assert.deepEqual(await Promise.all([asking, hearing]), ["at last", "so far, at last"]);
  later.destroy();
});

test("a head that comes drop by drop has no longer than one that does not come", async (t) => {
  const { port, server } = await started(t, (_, response) => response.end());
  const socket = await opened(port, "GET / HTTP/1.1\r\n");
  const drops = setInterval(() => socket.write("X-Drop: 1\r\n"), 20);
  t.after(() => clearInterval(drops));
  await none(server);
});

test("there are no more connections than there may be", async (t) => {
  const { port, server } = await started(t, (_, response) => response.end("here"));
  const dropped = once(server, "drop");
  const sockets = await Promise.all(Array.from({ length: 60 }, () => opened(port, "")));
  await dropped;
  assert.ok((await open(server)) <= short.connections);
  await none(server);
  assert.equal(await asked(port), "here");
  for (const socket of sockets) socket.destroy();
});

test("a connection is kept for longer than any usual proxy keeps it, so that no request meets its end", async (t) => {
  const { port } = await started(t, (_, response) => response.end("here"), "usual");
  const agent = new Agent({ keepAlive: true });
  const [answer] = (await once(get({ port, host: "127.0.0.1", agent }), "response")) as [IncomingMessage];
  agent.destroy();
  const [, seconds] = /timeout=(\d+)/.exec(String(answer.headers["keep-alive"])) ?? [];
  assert.ok(Number(seconds) > 120, `${seconds} seconds`);
});

test("what is only kept open never takes the place of those who come", async (t) => {
  const { port, server } = await started(t, (_, response) => response.end("here"), {
    ...short,
    idle: 60_000,
  });
  const agent = new Agent({ keepAlive: true });
  await Promise.all(Array.from({ length: short.connections }, () => asked(port, agent)));
  while ((await open(server)) === short.connections) await new Promise(setImmediate);
  for (let n = 0; n < short.connections; n++) assert.equal(await asked(port), "here");
  assert.ok((await open(server)) > short.connections / 2, "others are kept");
  agent.destroy();
});

test("a server that closes answers what was begun, and lets each connection go with its answer", async (t) => {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const { port, server } = await started(t, (_, response) => {
    begun.resolve();
    void answer.promise.then(() => response.end("late"));
  });
  const agent = new Agent({ keepAlive: true });
  const asking = asked(port, agent);
  await begun.promise;
  const closed = closeGently(server, 60_000);
  answer.resolve();
  assert.equal(await asking, "late");
  await closed;
  agent.destroy();
});

test("what is asked on an open connection while the server closes is answered, as the last", async (t) => {
  const { port, server } = await started(t, (request, response) => {
    if (request.url === "/first") setImmediate(() => response.end("first"));
    else response.end("second");
  });
  const socket = await opened(port, "GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(server, "request");
  const closed = closeGently(server, 60_000);
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  let heard = "";
  socket
    .setEncoding("utf8")
    .on("data", (text: string) => (heard += text))
    .resume();
  await once(socket, "close");
  assert.match(heard, /first/);
  if (heard.includes("second")) assert.match(heard, /connection: close/i);
  await closed;
});

test("a long answer that is still being read when the server closes arrives whole", async (t) => {
  const { port, server } = await started(t, (_, response) => response.end(much), "usual");
  const idle = await opened(port, "");
  const slow = await opened(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(server, "request");
  const closed = closeGently(server, 60_000);
  // What looks for idle connections has looked several times.
  await new Promise((resolve) => setTimeout(resolve, 200));
  let bytes = 0;
  slow.on("data", (chunk: Buffer) => (bytes += chunk.length)).resume();
  await once(slow, "close");
  assert.ok(bytes > much.length, `${bytes} bytes`);
  await closed;
  idle.destroy();
});

test("whoever never reads, or never asks, does not keep a server from closing", async (t) => {
  const { port, server } = await started(t, (_, response) => response.end(much));
  await opened(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(server, "request");
  await opened(port, "");
  await closeGently(server, 100);
});

async function started(
  t: TestContext,
  listener: RequestListener,
  bounds: ServerBounds | "usual" = short,
): Promise<{ server: Server; port: number }> {
  const server = createBoundedServer({}, listener, ...(bounds === "usual" ? [] : [bounds]));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

/** A connection that says this and then waits, without reading. */
async function opened(port: number, said: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.pause();
  if (said !== "") socket.write(said);
  return socket;
}

async function asked(port: number, agent: Agent | false = false, path = "/"): Promise<string> {
  const [answer] = (await once(get({ port, path, host: "127.0.0.1", agent }), "response")) as [
    IncomingMessage,
  ];
  return Buffer.concat(await answer.toArray()).toString();
}

function open(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

/** Resolves when nobody is connected any more. */
async function none(server: Server): Promise<void> {
  while ((await open(server)) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
