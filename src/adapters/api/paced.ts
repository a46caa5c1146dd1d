import type { MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import { networkOf } from "#platform/rate-limit.ts";
import { refuse } from "./answers.ts";
import type { Endpoint } from "./endpoint.ts";
import { tokenOf } from "./guard.ts";

type Limit = { name: string; most: number; minutes: number };
type Window = {
  count: number;
  until: number;
  limit: Limit;
  /** Its end, as it is told. */
  reset: string;
};

/** As Mastodon's: https://docs.joinmastodon.org/api/rate-limits/. */
const ofToken: Limit = { name: "all", most: 300, minutes: 5 };
/** A whole town hall may stand behind one address, so that it is given more than a token. */
const ofAddress: Limit = { name: "all", most: 1_500, minutes: 5 };
/** Whatever tokens are used there: apps may give themselves as many as they like. */
const ofPlace: Limit = { name: "place", most: 15_000, minutes: 5 };
const special: readonly { routes: RegExp; limit: Limit }[] = [
  { routes: /^POST \/api\/v[12]\/media$/, limit: { name: "media", most: 30, minutes: 30 } },
  {
    routes: /^(DELETE \/api\/v1\/statuses\/:id|POST \/api\/v1\/statuses\/:id\/unreblog)$/,
    limit: { name: "delete", most: 30, minutes: 30 },
  },
  { routes: /^POST \/api\/v1\/apps$/, limit: { name: "apps", most: 25, minutes: 60 } },
  { routes: /^POST \/oauth\/(token|revoke)$/, limit: { name: "oauth", most: 100, minutes: 5 } },
];
/** Other tokens that are none, from one address. */
const ofGuesses: Limit = { name: "guesses", most: 300, minutes: 5 };
const mostKept = 50_000;
const longestToken = 100;

/** Bounds what a token, or an address without one, may ask; says how much is left. Counted in this process alone. */
export function createPaced(services: Services): (endpoint?: Endpoint) => MiddlewareHandler<Env> {
  const windows = new Map<string, Window>();
  const { apiRate } = services.config;

  const look = (who: string, limit: Limit, now: number): Window => {
    const key = `${limit.name} ${who}`;
    const known = windows.get(key);
    if (known && known.until > now) return known;
    if (windows.size >= mostKept) forgetOld(windows, now);
    const until = now + limit.minutes * 60_000;
    const reset = Temporal.Instant.fromEpochMilliseconds(until).toString({ fractionalSecondDigits: 6 });
    const fresh = { count: 0, until, limit, reset };
    windows.set(key, fresh);
    return fresh;
  };
  const isNew = (who: string, now: number) => {
    const known = windows.get(`${ofToken.name} ${who}`);
    return !known || known.until <= now || known.count === 0;
  };
  const left = ({ limit, count }: Window) => Math.max(limit.most * apiRate - count, 0);

  return (endpoint) => {
    const narrow =
      endpoint && special.find(({ routes }) => routes.test(`${endpoint.method} ${endpoint.path}`));
    const looksAtTokens = endpoint !== undefined && endpoint.access.kind !== "open";
    return async (c, next) => {
      const now = services.clock().epochMilliseconds;
      const { id } = c.get("site").authority;
      // Where nobody looks at a token, any that is made up would be another who asks.
      const token = looksAtTokens ? tokenOf(c) : undefined;
      const address = `${id} ${placeOf(c.get("address"))}`;
      // What is longer is none of ours, and is not kept.
      const who = token === undefined ? address : `${id} token ${token.slice(0, longestToken)}`;
      // Whoever tries tokens has a new one each time, and one address; an app that repeats itself guesses nothing.
      const guesses = token !== undefined && isNew(who, now) ? look(address, ofGuesses, now) : undefined;
      // Before anything is kept of the token: else guesses would drive out what is kept of others.
      if (guesses && left(guesses) === 0) return tooMany(guesses, now);
      const counted = [look(who, token === undefined ? ofAddress : ofToken, now)];
      if (token !== undefined) counted.push(look(address, ofPlace, now));
      if (narrow) counted.push(look(who, narrow.limit, now));
      const full = counted.find((window) => left(window) === 0);
      if (full) return tooMany(full, now);
      for (const window of counted) window.count++;
      await next();
      if (guesses && c.res.status === 401) guesses.count++;
      // What is given again is asked for just the same.
      if (c.get("ready"))
        c.set("ready", {
          headers: (from) => again(`${id} ${placeOf(from)}`, token === undefined ? undefined : who),
        });
      // Not by c.header: on an answer that is made already, that makes it anew each time, body and all.
      for (const [name, value] of Object.entries(headersOf(nearestOf(counted))))
        c.res.headers.set(name, value);
    };
  };

  function again(address: string, who: string | undefined): string[] | undefined {
    const now = services.clock().epochMilliseconds;
    const counted =
      who === undefined
        ? [look(address, ofAddress, now)]
        : [look(who, ofToken, now), look(address, ofPlace, now)];
    if (counted.some((window) => left(window) === 0)) return undefined;
    for (const window of counted) window.count++;
    return Object.entries(headersOf(nearestOf(counted))).flat();
  }

  function nearestOf(counted: readonly Window[]): Window {
    return counted.reduce((one, other) => (left(other) < left(one) ? other : one));
  }

  function headersOf(window: Window): Record<string, string> {
    return {
      "x-ratelimit-limit": String(window.limit.most * apiRate),
      "x-ratelimit-remaining": String(left(window)),
      "x-ratelimit-reset": window.reset,
    };
  }

  function tooMany(window: Window, now: number): Response {
    const answer = refuse(
      429,
      "Too many requests",
      "Nothing was done. Wait until X-RateLimit-Reset and try again.",
    );
    answer.headers.set("retry-after", String(Math.ceil((window.until - now) / 1000)));
    for (const [name, value] of Object.entries(headersOf(window))) answer.headers.set(name, value);
    return answer;
  }
}

/** One of our readers has an IPv4 address to themselves at most, and more IPv6 addresses than can be counted. */
function placeOf(address: string): string {
  return address.replace(/^::ffff:/, "").includes(":") ? networkOf(address) : address;
}

function forgetOld(windows: Map<string, Window>, now: number): void {
  for (const [key, { until }] of windows) if (until <= now) windows.delete(key);
  // All in use: the oldest goes, so that memory is bounded whatever comes.
  for (const key of windows.keys()) {
    if (windows.size < mostKept) break;
    windows.delete(key);
  }
}
