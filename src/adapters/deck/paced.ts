import type { MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import { guardWords } from "./guard-words.ts";

/** Ten a second for a whole minute: no hand sends more, with many tabs open and all they send by themselves. */
const mostAMinute = 600;
const minuteMs = 60_000;
const mostKept = 10_000;

type Paces = Map<string, { count: number; until: number }>;
const kept = new WeakMap<Services, Paces>();

/**
 * Bounds what one person sends in. Whoever has got hold of a colleague's session can then fill nothing and hold up
 * nobody. Counted in this process alone, so that no row is written for each keystroke. Stands after `signedIn`.
 */
export function paced(services: Services): MiddlewareHandler<Env> {
  const paces: Paces = kept.get(services) ?? new Map();
  kept.set(services, paces);
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const key = `${c.get("site").authority.id} ${c.get("person").id}`;
    const now = performance.now();
    const found = paces.get(key);
    const pace = found && found.until > now ? found : { count: 0, until: now + minuteMs };
    pace.count++;
    if (pace.count > mostAMinute) {
      c.header("retry-after", String(Math.ceil((pace.until - now) / 1000)));
      return c.text(`${guardWords[c.get("language")].tooFast}\n`, 429);
    }
    if (pace !== found && paces.size >= mostKept) forgetOld(paces, now);
    paces.set(key, pace);
    return next();
  };
}

function forgetOld(paces: Paces, now: number): void {
  for (const [key, { until }] of paces) if (until <= now) paces.delete(key);
}
