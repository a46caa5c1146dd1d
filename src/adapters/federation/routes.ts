import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { accountRoutes } from "./account-routes.ts";
import { discoveryRoutes } from "./discovery.ts";
import { inboxRoutes } from "./inbox/routes.ts";
import { postRoutes } from "./post-routes.ts";

/** ActivityPub: what other servers ask of us, and what they send. */
export function federationRoutes(services: Services): Hono<Env> {
  const routes = new Hono<Env>();
  routes.route("/", discoveryRoutes(services));
  routes.route("/", inboxRoutes(services));
  routes.route("/", accountRoutes(services));
  routes.route("/", postRoutes(services));
  return routes;
}
