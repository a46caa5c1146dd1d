import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { decideOnPost, type Decided } from "#domain/moderation/decide.ts";
import { findReport } from "#domain/moderation/find-report.ts";
import { handleReport } from "#domain/moderation/report.ts";
import { parseId } from "#platform/id.ts";
import { paths } from "#ui/staff-page.ts";
import { readForm } from "../form-values.ts";
import { tellingOf } from "../telling.ts";
import type { Done } from "./done.ts";
import { moderationPage } from "./moderation-pages.ts";
import { backTo } from "./page.ts";

/** Reports, and what has been hidden. For moderators; every decision names its rule and its reason. */
export function moderationRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;

  app.get(paths.moderation, (c) => moderationPage(services, c));

  app.post(`${paths.moderation}/posts/:post/unhide`, async (c) => {
    const post = parseId<"post">(c.req.param("post"));
    if (!post) return c.notFound();
    const form = await readForm(c);
    const { authority } = c.get("site");
    const decision = {
      action: "unhide",
      post,
      rule: null,
      reason: form.text("reason").slice(0, 2000),
      tell: form.has("tell") ? tellingOf(c.get("site")) : undefined,
    } as const;
    const person = c.get("person").id;
    const decided = await db.as(authority.id, (tx) =>
      decideOnPost(tx, authority.id, { ...decision, person }, clock()),
    );
    return decided.outcome === "not-found"
      ? c.notFound()
      : backTo(c, paths.moderation, doneFor(decided, "unhidden"));
  });

  app.post(`${paths.moderation}/reports/:report`, async (c) => {
    const id = parseId<"report">(c.req.param("report"));
    const form = await readForm(c);
    const { authority } = c.get("site");
    const person = c.get("person").id;
    const hide = form.text("action") === "hide";
    const reason = form.text("reason").slice(0, 2000);
    const rule = ruleIn(form.text("rule"));
    const tell = form.has("tell") ? tellingOf(c.get("site")) : undefined;
    const done = await db.as(authority.id, async (tx): Promise<Done | undefined> => {
      const report = id && (await findReport(tx, authority.id, id));
      if (!report) return undefined;
      if (report.handledAt) return "already";
      if (reason === "") return "reason-missing";
      if (hide && report.post) {
        const decision = { action: "hide", post: report.post, rule, reason, person, tell } as const;
        const decided = await decideOnPost(tx, authority.id, decision, clock());
        // Hidden by someone else, or gone, in the meantime: the report is answered all the same.
        if (!["decided", "already", "not-found"].includes(decided.outcome)) return doneFor(decided, "hidden");
      }
      await handleReport(
        tx,
        authority.id,
        report.id,
        `${hide ? "hidden" : "no-action"}: ${reason}`,
        person,
        clock(),
      );
      return "handled";
    });
    return done ? backTo(c, paths.moderation, done) : c.notFound();
  });

  return app;
}

/** The number of a rule; what is no such number names none. */
export function ruleIn(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}

export function doneFor(decided: Decided, good: Done): Done {
  return decided.outcome === "decided" ? good : decided.outcome;
}
