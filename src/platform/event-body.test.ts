import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { serve } from "@hono/node-server";
import { openEventBody, type EventBody } from "./event-body.ts";

type Opened = EventBody & { outgoing: ServerResponse; closed: () => number };

/** A server whose only answer is a body of events; `opened` is what it has answered with. */
async function startEvents(t: TestContext) {
  const opened: Opened[] = [];
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(_request: Request, { outgoing }: { outgoing: unknown }) {
      let times = 0;
      const carrier = outgoing as ServerResponse;
      const options = { mostWaiting: 64 * 1024, first: "first\n", outgoing: carrier };
      const events = openEventBody(options, () => times++);
      opened.push({ ...events, outgoing: carrier, closed: () => times });
      events.write("before\n");
      return new Response(events.body, { headers: { "content-type": "text/event-stream" } });
    },
  });
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { opened, port, url: `http://127.0.0.1:${port}/` };
}

async function openRaw(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "data");
  return socket;
}

test("events come in the order in which they were written, whether before the answer or after", async (t) => {
  const { opened, url } = await startEvents(t);
  const answer = await fetch(url);
  assert.equal(answer.headers.get("transfer-encoding"), null);
  const [events] = opened;
  assert.ok(events);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (end: string) => {
    while (!text.endsWith(end)) text += (await reader?.read())?.value ?? assert.fail("it ended");
  };
  await until("before\n");
  events.write("åäö\n");
  events.write("after\n");
  await until("after\n");
  events.close();
  assert.equal((await reader?.read())?.done, true);
  assert.equal(text, "first\nbefore\nåäö\nafter\n");
  events.write("too late\n");
  assert.equal(events.closed(), 1);
});

test("a reader that takes nothing is cut when more waits than the bound, and what waits is dropped", async (t) => {
  const { opened, port } = await startEvents(t);
  const socket = await openRaw(port);
  socket.pause();
  const [events] = opened;
  assert.ok(events);
  const event = "x".repeat(16 * 1024);
  let most = 0;
  // What the kernel takes for it is not ours.
  for (let n = 0; n < 4_096 && events.closed() === 0; n++) {
    events.write(event);
    most = Math.max(most, events.outgoing.writableLength);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(events.closed(), 1);
  assert.ok(events.outgoing.destroyed);
  assert.ok(most <= 64 * 1024 + event.length, `${most} bytes waited`);
  socket.destroy();
});

test("a reader that leaves is noticed, once, and written to no more", async (t) => {
  const { opened, port } = await startEvents(t);
  const socket = await openRaw(port);
  const [events] = opened;
  assert.ok(events);
  const left = once(events.outgoing, "close");
  socket.destroy();
  await left;
  events.write("nobody hears it\n");
  events.close();
  assert.equal(events.closed(), 1);
});
