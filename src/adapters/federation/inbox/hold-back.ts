import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { MiddlewareHandler } from "hono";
import { addressFrom } from "#platform/address-of.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import { networkOf } from "#platform/rate-limit.ts";
import { createWaitingLine, type LineBounds } from "#platform/waiting-line.ts";
import type { Env, Services } from "#context.ts";
import { largestBody } from "./read-body.ts";

export type Bounds = {
  /** Activities being verified and stored at the same time. */
  atWork: number;
  /** Bytes of bodies under way, from all and from one network. */
  bytes: number;
  bytesOfOne: number;
  /** Whoever has not sent their body within this is no server that means well. */
  bodyMs: number;
  line: LineBounds;
  /** Refusals of so long are one line of the log: one for each would be a flood of its own. */
  toldMs: number;
};

const usual: Bounds = {
  // About what is committed in half a second to a second: whoever comes then waits for a while, unread.
  atWork: 1_000,
  bytes: 128 * 1024 * 1024,
  bytesOfOne: 32 * 1024 * 1024,
  bodyMs: 10_000,
  // Other servers wait for ten seconds or more, and ask nothing else on the connection meanwhile.
  line: { inATurn: 8, patienceMs: 2_000, places: 2_000, placesOfOne: 500 },
  toldMs: 1_000,
};
/** Those let in are at work a little later, when their bodies have been read. */
const shareLetIn = 0.95;
const smallBody = 64 * 1024;
const retryAfter = "15";
const tooBusy = "Refused: too-busy\n";

export type Door = {
  /**
   * Before the app, so that those for whom there is no room cost next to nothing: they wait without being read, and
   * are refused when that takes too long. Those for whom there is go in a few at a time, and readers in between.
   */
  before(app: RequestListener): RequestListener;
  /** Refuses, before it is read, what there is no room for. */
  guard: MiddlewareHandler<Env>;
  /** The body, if it comes in time; what is slow to come keeps nobody else out. */
  read<Body>(body: Promise<Body>): Promise<Body | "late">;
  /** Verifies and stores, unless as many as can be are at that. */
  work<Done>(work: () => Promise<Done>): Promise<Done | "too-busy">;
};

/** The door of this process's inbox. */
export const inboxDoorOf = oneForEach((services: Services): Door => holdBack(services));

/**
 * The inbox's door: a flood is slowed with 503 and a time to come back, and peers send again after a while. Pages and
 * what apps ask go on being answered meanwhile.
 */
export function holdBack({ metrics, log }: Pick<Services, "metrics" | "log">, bounds: Bounds = usual): Door {
  let atWork = 0;
  let bytes = 0;
  const bytesOf = new Map<string, number>();
  const count = (network: string, more: number) => {
    bytes += more;
    const left = (bytesOf.get(network) ?? 0) + more;
    if (left > 0) bytesOf.set(network, left);
    else bytesOf.delete(network);
  };
  const line = createWaitingLine(bounds.line, () => atWork < bounds.atWork * shareLetIn);
  const counted = metrics.requests("/ap/inbox", 503);
  const tell = together(bounds.toldMs, (refused) =>
    log.warn("activities were refused before they were read", { refused }),
  );
  const refuse = (response: ServerResponse, begin: number) => {
    metrics.inboxRefused.inc({ reason: "too-busy" });
    counted((performance.now() - begin) / 1000);
    tell();
    // The rest of a large body is not waited for; the connection is kept where that is cheaper than another.
    const isSmall = Number(response.req.headers["content-length"] ?? Infinity) <= smallBody;
    if (!isSmall && !response.req.complete) response.setHeader("connection", "close");
    response.writeHead(503, [
      "content-type",
      "text/plain; charset=UTF-8",
      "content-length",
      String(tooBusy.length),
      "retry-after",
      retryAfter,
      "x-content-type-options",
      "nosniff",
    ]);
    response.end(tooBusy, "latin1");
  };
  return {
    before: (app) => (request, response) => {
      if (!isForInbox(request)) return app(request, response);
      const begin = performance.now();
      line.join({
        of: networkOf(addressFrom(request)),
        goIn: () => request.socket.destroyed || app(request, response),
        goHome: () => refuse(response, begin),
      });
    },
    async guard(c, next) {
      const network = networkOf(c.get("address"));
      const announced = Number(c.req.header("content-length") ?? largestBody);
      const size = Math.min(Number.isNaN(announced) ? largestBody : announced, largestBody);
      const full =
        atWork >= bounds.atWork ||
        bytes + size > bounds.bytes ||
        (bytesOf.get(network) ?? 0) + size > bounds.bytesOfOne;
      if (full) {
        metrics.inboxRefused.inc({ reason: "too-busy" });
        c.header("retry-after", retryAfter);
        return c.text(tooBusy, 503);
      }
      count(network, size);
      try {
        return await next();
      } finally {
        count(network, -size);
      }
    },
    async read(body) {
      const { promise, resolve } = Promise.withResolvers<"late">();
      const timer = setTimeout(resolve, bounds.bodyMs, "late");
      return Promise.race([body, promise]).finally(() => clearTimeout(timer));
    },
    async work(work) {
      if (atWork >= bounds.atWork) return "too-busy";
      atWork += 1;
      try {
        return await work();
      } finally {
        atWork -= 1;
        line.look();
      }
    },
  };
}

/** Whatever stands before the path, a language or the host, the router may take it for one. */
function isForInbox({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && /^[^?]*\/ap\/(accounts\/[^/?]+\/)?inbox(\?|$)/.test(url);
}

/** Says how often something has happened in a while. */
function together(ms: number, say: (times: number) => void): () => void {
  let times = 0;
  const tell = () => {
    say(times);
    times = 0;
  };
  return () => {
    times += 1;
    if (times === 1) setTimeout(tell, ms).unref();
  };
}
