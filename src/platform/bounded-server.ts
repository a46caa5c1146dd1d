import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";

/** How long a client may take, and how many there may be; times in ms. */
export type ServerBounds = {
  /** From a connection's beginning, or the end of the answer before, to a whole head of a request. */
  head: number;
  /** A whole request, its body included: a picture over a slow line takes minutes. */
  request: number;
  /** The client has neither sent nor read a byte, be it a body that stalls or an answer that nobody reads. */
  silence: number;
  /**
   * A connection that is kept for another request. Longer than proxies keep theirs (nginx a minute, Caddy two): one that
   * we close in the moment of their next request costs it, and what writes is not sent twice.
   */
  idle: number;
  /** How often it is looked who has had their time. */
  look: number;
  connections: number;
};

const usual: ServerBounds = {
  head: 15_000,
  request: 300_000,
  silence: 25_000,
  idle: 125_000,
  look: 5_000,
  connections: 10_000,
};

/** With more of the connections taken than this, none is kept for another request: else those who come found no place. */
const mostKept = 0.75;

/**
 * A server that lets go of clients that are slow, stuck or silent, so that they cost a connection for a while and
 * nothing more. What waits in a live line is bounded by the line itself.
 */
export function createBoundedServer(
  options: ServerOptions,
  listener: RequestListener,
  bounds: ServerBounds = usual,
): Server {
  const latest = new WeakMap<Socket, ServerResponse>();
  const server = createServer(
    {
      ...options,
      headersTimeout: bounds.head,
      requestTimeout: bounds.request,
      keepAliveTimeout: bounds.idle,
      connectionsCheckingInterval: bounds.look,
    },
    (request, response) => {
      latest.set(request.socket, response);
      if (open.size > bounds.connections * mostKept) response.setHeader("connection", "close");
      listener(request, response);
    },
  );
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  // Node takes for idle whoever has not read the whole of a long answer yet. The others can wait for them.
  const closeIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    if (![...open].some((socket) => isRead(latest.get(socket)))) closeIdle();
  };
  server.setTimeout(bounds.silence, (socket) => {
    const response = latest.get(socket);
    // Whoever has said all and read all waits for us: for an answer, or for the next word on a live line.
    const isOurs = response?.req.complete && !response.writableEnded && response.writableLength === 0;
    if (isOurs) socket.setTimeout(bounds.silence);
    else socket.destroy();
  });
  server.maxConnections = bounds.connections;
  return server;
}

/** Said to its end, and not yet taken. */
function isRead(response: ServerResponse | undefined): boolean {
  return (
    response !== undefined && response.writableEnded && !response.writableFinished && !response.destroyed
  );
}

/** Its sender went away, or was let go, before all of it had come: nobody reads the answer, and it is no failure. */
export function isBrokenOff(incoming: IncomingMessage | undefined): boolean {
  return incoming !== undefined && !incoming.complete && incoming.socket.destroyed;
}

/** Answers under way are ended after this. */
const graceMs = 6_000;
const lookMs = 20;

/**
 * Takes nothing new and resolves when what was begun is answered. A connection that is kept open for more is let go as
 * soon as it has its answer; what lasts longer than the grace is cut.
 */
export function closeGently(server: Server, grace = graceMs): Promise<void> {
  return new Promise((resolve) => {
    // On a connection that is still open somebody may ask just now: answered, and told that it was the last.
    server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    // What has arrived already is read first: a connection that is closed over it is reset, and looks idle until then.
    setTimeout(() => {
      const looking = setInterval(() => server.closeIdleConnections(), lookMs);
      server.close(() => {
        clearInterval(looking);
        clearTimeout(timer);
        resolve();
      });
    }, lookMs);
  });
}
