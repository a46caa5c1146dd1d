import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { absenceRoutes } from "./absence.ts";
import { accountCareRoutes } from "./account-care.ts";
import { answerTimesRoutes } from "./answer-times.ts";
import { showCanned } from "./canned-picker.ts";
import { cannedRoutes } from "./canned.ts";
import { decide, showUndecided } from "./concern.ts";
import { carePaths } from "./places.ts";
import { ruleRoutes } from "./rules.ts";
import { move, showMove } from "./safe-channel.ts";

/** What stands on the deck itself; after sign-in. */
export function careRuleRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const post = "/deck/posts/:id{[1-9][0-9]{17,18}}";
  app.get("/deck/canned", showCanned(services));
  app.post(`${post}/concern`, decide(services));
  app.get(`${post}/safe-channel`, showMove(services));
  app.post(`${post}/safe-channel`, move(services));
  return app;
}

/** The settings of the inbox; mounted among the others. */
export function careSettingsRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  for (const routes of [answerTimesRoutes, ruleRoutes, accountCareRoutes, cannedRoutes, absenceRoutes])
    app.route("/", routes(services));
  app.get(carePaths.concerns, showUndecided(services));
  return app;
}
