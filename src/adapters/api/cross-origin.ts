import type { MiddlewareHandler } from "hono";
import type { Env } from "#context.ts";

const exposed =
  "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Retry-After, ETag";

/** Pages anywhere may call us: a token is never sent by the browser unasked, as a cookie would be. */
export const crossOrigin: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method === "OPTIONS")
    return c.body(null, 204, {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers":
        c.req.header("access-control-request-headers") ?? "Authorization, Content-Type, Idempotency-Key",
      "access-control-max-age": "86400",
      vary: "access-control-request-headers",
    });
  await next();
  // Not by c.header: on an answer that is made already, that makes it anew each time, body and all.
  c.res.headers.set("access-control-allow-origin", "*");
  c.res.headers.set("access-control-expose-headers", exposed);
};
