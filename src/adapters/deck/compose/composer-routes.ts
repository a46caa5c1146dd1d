import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { checks } from "./checks.ts";
import { complete } from "./complete.ts";
import { createLinkCheck } from "./link-check.ts";
import { preview } from "./preview.ts";
import { redraw } from "./redraw.ts";

/** What helps while one writes; nothing here publishes or keeps a text. */
export function composerRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const linkState = createLinkCheck(services);
  app.post("/deck/compose", redraw(services, linkState));
  app.post("/deck/compose/checks", checks(services, linkState));
  app.post("/deck/compose/preview", preview(services, linkState));
  app.get("/deck/compose/complete", complete(services));
  return app;
}
