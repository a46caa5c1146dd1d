import { timingSafeEqual } from "node:crypto";
import { Hono, type Context } from "hono";
import { countFailures } from "#domain/journal/subscription-failures.ts";
import { hashSecret } from "#platform/secret.ts";
import type { Env, Services } from "./context.ts";

/** Health, metrics and built files: what answers at any host name. */
export function operationsRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/healthz", (c) => c.text("ok\n"));
  app.get("/readyz", async (c) => {
    try {
      await services.db.system((tx) => tx`select 1`);
      return c.text("ready\n");
    } catch {
      return c.text("the database does not answer\n", 503);
    }
  });
  app.get("/metrics", async (c) => {
    if (!mayReadMetrics(services, c))
      return c.text("Metrics are for loopback, or for a bearer of TORG_METRICS_TOKEN.\n", 403);
    const { registry, journalPosition, setAside } = services.metrics;
    journalPosition.set(Number(services.journal.position()));
    // Without the database there is still the rest to say.
    const failures = await services.db.system(countFailures).catch(() => []);
    setAside.reset();
    for (const { name, count } of failures) setAside.set({ subscription: name }, count);
    return c.text(await registry.metrics(), 200, { "content-type": registry.contentType });
  });
  app.get("/assets/:file", async (c, next) => {
    const asset = await services.assets.read(c.req.param("file"), c.req.header("accept-encoding") ?? "");
    if (!asset) return next();
    return c.body(new Uint8Array(asset.body), 200, {
      "content-type": asset.type,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      ...(asset.encoding ? { "content-encoding": asset.encoding } : {}),
    });
  });
  return app;
}

/** Behind a proxy everyone comes from loopback, and says so by the header. */
function mayReadMetrics(services: Services, c: Context<Env>): boolean {
  const token = services.config.metricsToken;
  const given = c.req.header("authorization") ?? "";
  if (token) return timingSafeEqual(hashSecret(given), hashSecret(`Bearer ${token}`));
  const remote = c.env?.incoming?.socket?.remoteAddress ?? "";
  return /^(::1|(::ffff:)?127\.)/.test(remote) && !c.req.header("x-forwarded-for");
}
