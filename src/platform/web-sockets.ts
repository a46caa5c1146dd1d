import type { ServerOptions } from "node:http";
import { upgradeWebSocket } from "@hono/node-server";
import type { Context } from "hono";
import { WebSocketServer, type WebSocket } from "ws";

/** One end of a WebSocket (RFC 6455), as those who speak over it see it. */
export type Socket = {
  send(text: string): void;
  /** Bytes that wait for a slow reader. */
  waiting(): number;
  close(code: number): void;
  /** At once, and what waits is dropped. */
  cut(): void;
};

export type SocketEvents = {
  onOpen(socket: Socket): void;
  /** Text alone is taken; undefined stands for anything else. */
  onText(text: string | undefined): void;
  onClose(): void;
};

const largestMessage = 16 * 1024;
/** A socket that has not answered from one beat to the next is dead. */
const beatMs = 15_000;
/** Who does not close within this when asked to is cut. */
const closeMs = 2_000;

/** What `serve` takes so that requests may become WebSockets where `mayOpen` says so; all others stay requests. */
export function acceptSockets(mayOpen: (path: string) => boolean): {
  websocket: { server: WebSocketServer };
  serverOptions: ServerOptions;
} {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const silent = new WeakSet<WebSocket>();
  server.on("connection", (socket) => {
    // What came with the request may be no message at all, and be found so before anyone listens.
    socket.on("error", () => {});
    socket.on("pong", () => silent.delete(socket));
  });
  const beat = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, beatMs);
  beat.unref();
  server.on("close", () => clearInterval(beat));
  return {
    websocket: { server },
    // Without it a server waits for somebody to take up whatever else a client wants to speak, as h2c.
    serverOptions: {
      shouldUpgradeCallback: ({ headers, url = "" }) =>
        headers.upgrade?.toLowerCase() === "websocket" && mayOpen(url.split("?")[0] ?? ""),
    },
  };
}

/** Makes a WebSocket of a request. The first protocol that the other end offers is the one that is spoken. */
export async function openSocket(c: Context, events: SocketEvents): Promise<Response> {
  return upgradeWebSocket(c, {
    onOpen: (_, { raw }) => {
      if (raw) events.onOpen(asSocket(raw as WebSocket));
    },
    onMessage: ({ data }) => events.onText(typeof data === "string" ? data : undefined),
    onClose: () => events.onClose(),
  });
}

function asSocket(socket: WebSocket): Socket {
  return {
    send: (text) => socket.send(text, () => {}),
    waiting: () => socket.bufferedAmount,
    close(code) {
      socket.close(code);
      setTimeout(() => socket.terminate(), closeMs).unref();
    },
    cut: () => socket.terminate(),
  };
}
