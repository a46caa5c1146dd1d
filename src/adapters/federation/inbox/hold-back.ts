import type { MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";

/** More than what is committed in about a second: whoever comes then waits better at home than here. */
const mostAtOnce = 1_000;
const retryAfterSeconds = 15;

/**
 * Refuses what comes while a thousand activities are still being verified and stored, before it is read. Peers send
 * again after a while; pages and what apps ask go on being answered meanwhile.
 */
export function holdBack(
  { metrics }: Pick<Services, "metrics">,
  most: number = mostAtOnce,
): MiddlewareHandler<Env> {
  let begun = 0;
  return async (c, next) => {
    if (begun >= most) {
      metrics.inboxRefused.inc({ reason: "too-busy" });
      c.header("retry-after", String(retryAfterSeconds));
      return c.text("Refused: too-busy\n", 503);
    }
    begun += 1;
    try {
      return await next();
    } finally {
      begun -= 1;
    }
  };
}
