import { randomUUID } from "node:crypto";
import { addAbortListener } from "node:events";
import type { IncomingMessage, RequestListener } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { hearKept } from "#domain/accounts/kept.ts";
import { changedAuthorities } from "#domain/journal/changed-authorities.ts";
import { hearNotified } from "#domain/notifications/notified.ts";
import { addressFrom } from "#platform/address-of.ts";
import { begunOnce } from "#platform/begun-once.ts";
import { millisecondsOf } from "#platform/clock.ts";
import { createFreshCache, type FreshCache } from "#platform/fresh-cache.ts";
import { bytesKnownOf } from "#platform/known-bytes.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import type { Tally } from "#platform/tally-requests.ts";
import type { Env, Services } from "./context.ts";

/** What a route says of an answer that may be given again, to whoever sends the same request, while nothing changes. */
export type Readiness = {
  /** The moment from which it would be another without any change, such as midnight. */
  until?: Temporal.Instant;
  /**
   * What else each answer carries, such as what is left of a pace: names and values in turn. Undefined when the request
   * must go the long way, for then it is refused.
   */
  headers?: (address: string) => string[] | undefined;
};

type Ready = {
  /** Names and values in turn, as node:http writes them fastest; the last value is that of the request's id. */
  headers: string[];
  more: Readiness["headers"];
  /** Its bytes; as many letters of Latin-1 where they are few, for those travel in one piece with the headers. */
  body: Buffer | string;
  /** Counts one answer more, and says it in the log by the id of its request. */
  tally: Tally;
  say: (request: string) => void;
};

export type ReadyAnswers = {
  /** Outermost of all: keeps those answers that their routes have declared ready. */
  keep: MiddlewareHandler<Env>;
  /** Gives what is kept straight from memory, and all else to the app. */
  before(app: RequestListener): RequestListener;
  size: FreshCache<Ready>["size"];
};

const maxBytes = 32 * 1024 * 1024;
const fewBytes = 4 * 1024;
/** Pictures that a worker elsewhere has fetched leave no entry in the journal: they show within this time. */
const maxAgeMs = 60_000;

/** The ready answers of this process. */
export const readyAnswersOf = oneForEach(createReadyAnswers);

function createReadyAnswers(services: Services): ReadyAnswers {
  const { clock, db, journal, log, metrics } = services;
  const now = millisecondsOf(clock);
  const cache = createFreshCache<Ready>({ maxBytes });
  db.afterCommit(({ changes }) => void (changes === "what-is-read" && cache.empty()));
  journal.onEntries((entries) => {
    for (const authority of changedAuthorities(entries)) cache.empty(authority);
  });
  const hear = begunOnce(() => hearTheRest(services, cache));
  /** Where changes cannot be heard of nothing is kept. */
  const isHeard = () =>
    hear().catch((error: unknown) => {
      log.warn("what changes cannot be heard of: no answer is kept", { error });
      return false;
    });
  return {
    size: () => cache.size(),
    async keep(c, next) {
      const request = incomingOf(c);
      const key = request && keyOf(request);
      if (!key) return next();
      const ticket = cache.begin();
      await next();
      const readiness = c.get("ready");
      if (!readiness || c.res.status !== 200 || !isForEveryone(c.res.headers)) return;
      if (!(await isHeard())) return;
      const known = bytesKnownOf(c.res);
      const body = known
        ? Buffer.from(known.buffer, known.byteOffset, known.length)
        : Buffer.from(await c.res.arrayBuffer());
      const latest = now() + maxAgeMs;
      const value: Ready = {
        headers: [
          ...[...c.res.headers].filter(([name]) => !perAnswer.test(name)).flat(),
          "content-length",
          String(body.length),
          "x-request-id",
          "",
        ],
        more: readiness.headers,
        body: body.length <= fewBytes ? body.toString("latin1") : body,
        tally: metrics.requests(c.req.routePath, 200),
        say: log.repeated(
          "answered",
          { method: "GET", path: pathOf(request), status: 200, ms: 0 },
          "request",
        ),
      };
      const until = Math.min(latest, readiness.until?.epochMilliseconds ?? latest);
      cache.put(ticket, key, {
        authority: c.get("site").authority.id,
        value,
        bytes: body.length + key.length + 1_000,
        until,
      });
      if (known) return;
      const { headers } = c.res;
      // Setting it over the old one would make both anew.
      c.res = undefined;
      c.res = new Response(body, { status: 200, headers });
    },
    before: (app) => (request, response) => {
      const begin = performance.now();
      const key = keyOf(request);
      const ready = key === undefined ? undefined : cache.get(key, now());
      if (!ready) return app(request, response);
      const { headers } = ready;
      const more = ready.more?.(addressFrom(request));
      if (ready.more && !more) return app(request, response);
      const id = randomUUID();
      // Written out before anyone else can ask: what is kept need not be copied for each answer.
      headers[headers.length - 1] = id;
      response.writeHead(200, more ? headers.concat(more) : headers);
      response.end(ready.body, "latin1");
      ready.tally((performance.now() - begin) / 1000);
      ready.say(id);
    },
  };
}

/** Settings of accounts and what they are told are no entries of the journal: they are told of apart. */
async function hearTheRest(services: Services, cache: FreshCache<Ready>): Promise<true> {
  const { db, stopping } = services;
  const lines = await Promise.all([
    hearKept(db, ({ authority }) => cache.empty(authority)),
    hearNotified(db, ({ authority }) => cache.empty(authority)),
  ]);
  addAbortListener(stopping, () => void Promise.all(lines.map((line) => line.stop())));
  // What came before the lines were open was not heard.
  cache.empty();
  return true;
}

/**
 * Whatever an answer depends on besides the facts, in one text. Only of what is asked for plainly: a cookie may make
 * another answer of it.
 */
function keyOf({ method, url = "", headers }: IncomingMessage): string | undefined {
  // Whoever would speak another protocol may have put their token where it names that.
  if (method !== "GET" || headers.cookie !== undefined || headers.upgrade !== undefined) return undefined;
  // No header holds a line break, so none can pass for two.
  let key = `${url}\n${headers.host ?? ""}\n${headers.accept ?? ""}\n${headers["accept-encoding"] ?? ""}`;
  if (headers.authorization !== undefined) key += `\na${headers.authorization}`;
  if (headers["if-none-match"] !== undefined) key += `\nm${headers["if-none-match"]}`;
  return key;
}

/** What the key tells apart. */
const keyed = new Set(["accept", "accept-encoding", "authorization", "cookie", "host", "if-none-match"]);

/** Whether whoever sends the same request may have the same answer, whatever its route has declared. */
function isForEveryone(headers: Headers): boolean {
  const varies = headers.get("vary")?.toLowerCase().split(",") ?? [];
  return !headers.has("set-cookie") && varies.every((name) => keyed.has(name.trim()));
}

function incomingOf(c: Context<Env>): IncomingMessage | undefined {
  return c.env?.incoming;
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "";
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

/** What each answer has for itself. */
const perAnswer =
  /^(x-request-id|content-length|date|connection|keep-alive|x-ratelimit-(limit|remaining|reset))$/;
