import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { parseId } from "#platform/id.ts";
import { actOn, type Act } from "./act.ts";
import { keep } from "./keep.ts";
import { showDrafts, showPlanned } from "./pages.ts";
import { showDraft } from "./show-draft.ts";

const acts: readonly Act[] = ["undo", "now", "delete", "unschedule", "approve", "refuse", "bypass", "replan"];

/** What is being written, and what waits to go out. */
export function draftRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/deck/drafts", showDrafts(services));
  app.post("/deck/drafts", keep(services));
  app.get("/deck/planned", showPlanned(services));
  const draft = "/deck/drafts/:id{[1-9][0-9]{17,18}}";
  // Nineteen digits may say more than an id can be.
  app.use(`${draft}/*`, (c, next) => (parseId(c.req.param("id")) ? next() : Promise.resolve(c.notFound())));
  app.get(draft, showDraft(services));
  for (const act of acts) app.post(`${draft}/${act}`, actOn(services, act));
  return app;
}
