import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Services } from "#context.ts";
import { careSettingsRoutes } from "../care-rules/routes.ts";
import { requireRole, signedIn } from "../guard.ts";
import { paced } from "../paced.ts";
import { accountRoutes } from "./accounts.ts";
import { appRoutes } from "./apps.ts";
import { authorityRoutes } from "./authority.ts";
import { blockRoutes } from "./blocks.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { followerRoutes } from "./followers.ts";
import { moderationRoutes } from "./moderation.ts";
import { ownRoutes } from "./own.ts";
import { peopleRoutes } from "./people.ts";

/** What staff set and decide. Every address is behind sign-in; the roles stand here, the grants in the routes. */
export function settingsRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  for (const path of ["/deck/settings/*", "/deck/moderation/*"])
    app.use(path, signedIn(services), paced(services), bodyLimit({ maxSize: 42 * 1024 * 1024 }));
  app.use("/deck/settings/people/*", requireRole("admin"));
  app.use("/deck/settings/authority", requireRole("admin"));
  app.use("/deck/settings/accounts/new", requireRole("admin"));
  app.use("/deck/settings/deliveries", requireEither());
  app.use("/deck/moderation/*", requireRole("moderator"));
  for (const routes of [
    ownRoutes,
    appRoutes,
    peopleRoutes,
    followerRoutes,
    accountRoutes,
    authorityRoutes,
    deliveryRoutes,
    blockRoutes,
    moderationRoutes,
    careSettingsRoutes,
  ])
    app.route("/", routes(services));
  return app;
}

function requireEither(): MiddlewareHandler<Env> {
  const [admin, moderator] = [requireRole("admin"), requireRole("moderator")];
  return (c, next) => (c.get("person").roles.includes("moderator") ? moderator(c, next) : admin(c, next));
}
