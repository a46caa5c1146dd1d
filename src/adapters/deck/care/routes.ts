import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { actOnCare } from "./act.ts";
import { actOnChosen, undoActs } from "./bulk.ts";
import { showBulkForm } from "./bulk-forms.ts";
import { careSteps } from "./forms.ts";
import { showList } from "./list.ts";
import { showCare } from "./show-care.ts";
import { showWaiting } from "./waiting.ts";

/** The inbox as shared work: the list, one thread of it, and what one does with them. */
export function careRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/deck/care", showList(services));
  app.get("/deck/care/waiting", showWaiting(services));
  app.get("/deck/care/bulk", showBulkForm(services));
  app.post("/deck/care/bulk", actOnChosen(services));
  app.post("/deck/care/undo", undoActs(services));
  const thread = "/deck/care/:thread{[1-9][0-9]{17,18}}";
  app.get(thread, showCare(services));
  for (const step of careSteps) app.post(`${thread}/${step}`, actOnCare(services, step));
  return app;
}
