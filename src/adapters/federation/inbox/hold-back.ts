import type { MiddlewareHandler } from "hono";
import { networkOf } from "#platform/rate-limit.ts";
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
};

const usual: Bounds = {
  // More than what is committed in about a second: whoever comes then waits better at home than here.
  atWork: 1_000,
  bytes: 128 * 1024 * 1024,
  bytesOfOne: 32 * 1024 * 1024,
  bodyMs: 10_000,
};
const retryAfterSeconds = 15;

export type Door = {
  /** Refuses, before it is read, what there is no room for. */
  guard: MiddlewareHandler<Env>;
  /** The body, if it comes in time; what is slow to come keeps nobody else out. */
  read<Body>(body: Promise<Body>): Promise<Body | "late">;
  /** Verifies and stores, unless as many as can be are at that. */
  work<Done>(work: () => Promise<Done>): Promise<Done | "too-busy">;
};

/**
 * The inbox's door: a flood is slowed with 503 and a time to come back, and peers send again after a while. Pages and
 * what apps ask go on being answered meanwhile.
 */
export function holdBack({ metrics }: Pick<Services, "metrics">, bounds: Bounds = usual): Door {
  let atWork = 0;
  let bytes = 0;
  const bytesOf = new Map<string, number>();
  const count = (network: string, more: number) => {
    bytes += more;
    const left = (bytesOf.get(network) ?? 0) + more;
    if (left > 0) bytesOf.set(network, left);
    else bytesOf.delete(network);
  };
  return {
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
        c.header("retry-after", String(retryAfterSeconds));
        return c.text("Refused: too-busy\n", 503);
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
      }
    },
  };
}
