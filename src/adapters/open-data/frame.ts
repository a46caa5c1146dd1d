import type { Context, MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import { createPace } from "#platform/pace.ts";
import { base } from "./address.ts";
import { problem } from "./problem.ts";

/** In a minute, in one process. A whole export at 500 posts a page is far below it. */
const aMinute = { ofOne: 600, ofAll: 12_000 };
const methods = "GET, HEAD, OPTIONS";

/** What holds for every answer: any page may read it, search engines leave it, and nobody takes it all for themselves. */
export function openFrame(services: Pick<Services, "clock">, most = aMinute): MiddlewareHandler<Env> {
  const pace = createPace(services.clock, most);
  return async (c, next) => {
    if (c.req.method === "OPTIONS") return preflight(c);
    if (!pace(c.get("address")))
      c.res = problem(
        c,
        429,
        "Too many requests from your address. Wait a minute and go on from where you were.",
        {
          headers: { "retry-after": "60" },
        },
      );
    else await next();
    c.header("access-control-allow-origin", "*");
    c.header("access-control-expose-headers", "etag, link, retry-after, x-request-id");
    c.header("x-robots-tag", "noindex");
  };
}

/** For every path here that is none of ours, and every way of asking that changes something. */
export function unknown(c: Context<Env>): Response {
  return c.req.method === "GET" || c.req.method === "HEAD"
    ? problem(c, 404, `There is nothing at this address. ${base} lists what there is.`)
    : problem(c, 405, "Open data is only for reading.", { headers: { allow: methods } });
}

export function failed(error: Error, c: Context<Env>): Response {
  c.get("log").error("a request for open data failed", { error });
  return problem(c, 500, "We could not answer. It is written in our log; please try again later.", {
    headers: { "access-control-allow-origin": "*" },
  });
}

function preflight(c: Context<Env>): Response {
  return c.body(null, 204, {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": methods,
    "access-control-allow-headers": "accept, accept-language, if-none-match",
    "access-control-max-age": "86400",
    allow: methods,
  });
}
