import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import { findAccount } from "#domain/accounts/account.ts";
import { isDay } from "#domain/care/absence.ts";
import {
  addClosedDay,
  removeClosedDay,
  removeTarget,
  setOfficeHours,
  setTarget,
} from "#domain/care/change-care-rules.ts";
import { eves } from "#domain/checks/swedish-holidays.ts";
import { readOpenings } from "#domain/care/read-openings.ts";
import { tidyTag } from "#domain/care/tags.ts";
import { parseId } from "#platform/id.ts";
import { requireRole } from "../guard.ts";
import { type FormError, readForm } from "../form-values.ts";
import { backTo } from "../settings/page.ts";
import { carePaths } from "./places.ts";
import { rulesPage, weekdays } from "./rules-page.ts";
import { rulesWords } from "./rules-words.ts";

/** When somebody is there and how soon they answer: for all to see, for administrators to set. */
export function ruleRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;
  const here = carePaths.rules;
  const admin: MiddlewareHandler<Env> = requireRole("admin");
  const byOf = (c: Context<Env>) => ({ person: c.get("person").id, now: clock() });

  app.get(here, (c) => rulesPage(services, c));

  app.post(here, admin, async (c) => {
    const form = await readForm(c);
    const said = rulesWords[c.get("language")];
    const { authority } = c.get("site");
    const week = weekdays.map((day) => readOpenings(form.text(day).slice(0, 60)));
    const errors: FormError[] = weekdays.flatMap((day, index) =>
      week[index] ? [] : [{ id: day, message: said.badHours(said.days[day]) }],
    );
    const deputyAfter = minutesIn(form.text("deputyAfter"));
    if (deputyAfter === undefined || deputyAfter > 6_000)
      errors.push({ id: "deputyAfter", message: said.badDeputyAfter });
    if (errors.length > 0 || deputyAfter === undefined) {
      const typed = Object.fromEntries([...weekdays, "deputyAfter"].map((name) => [name, form.text(name)]));
      return rulesPage(services, c, errors, { ...typed, eves: form.all("eve").join(" ") });
    }
    const chosen = eves.filter((eve) => form.all("eve").includes(eve));
    const openings = week.map((day) => day ?? []);
    await db.as(authority.id, (tx) =>
      setOfficeHours(tx, authority.id, { week: openings, eves: chosen, deputyAfter }, byOf(c)),
    );
    return backTo(c, here, "saved");
  });

  app.post(`${here}/closed-days`, admin, async (c) => {
    const form = await readForm(c);
    const said = rulesWords[c.get("language")];
    const { authority } = c.get("site");
    const [day, name] = [form.text("day"), form.text("dayName").slice(0, 100)];
    const errors: FormError[] = [];
    if (!isDay(day)) errors.push({ id: "day", message: said.badDay });
    if (name === "") errors.push({ id: "dayName", message: said.nameMissing });
    const typed = { day, dayName: name };
    if (errors.length > 0) return rulesPage(services, c, errors, typed);
    const added = await db.as(authority.id, (tx) => addClosedDay(tx, authority.id, { day, name }, byOf(c)));
    return added.outcome === "changed"
      ? backTo(c, here, "saved")
      : rulesPage(services, c, [{ id: "day", message: said.dayTaken }], typed);
  });

  app.post(`${here}/closed-days/remove`, admin, async (c) => {
    const day = (await readForm(c)).text("day");
    const { authority } = c.get("site");
    const removed =
      isDay(day) && (await db.as(authority.id, (tx) => removeClosedDay(tx, authority.id, day, byOf(c))));
    return backTo(c, here, removed && removed.outcome === "changed" ? "removed" : "not-found");
  });

  app.post(`${here}/targets`, admin, async (c) => {
    const form = await readForm(c);
    const said = rulesWords[c.get("language")];
    const { authority } = c.get("site");
    const minutes = minutesIn(form.text("hours"));
    const asked = parseId<"account">(form.text("account"));
    const tag = tidyTag(form.text("tag")) || null;
    const typed = { account: form.text("account"), tag: tag ?? "", hours: form.text("hours") };
    if (!minutes || minutes > 60_000)
      return rulesPage(services, c, [{ id: "hours", message: said.badTarget }], typed);
    const set = await db.as(authority.id, async (tx) => {
      const account = asked ? await findAccount(tx, authority.id, asked) : undefined;
      if (form.text("account") !== "" && account?.uri !== null) return false;
      await setTarget(tx, authority.id, { account: account?.id ?? null, tag, minutes }, byOf(c));
      return true;
    });
    return backTo(c, here, set ? "saved" : "not-found");
  });

  app.post(`${here}/targets/remove`, admin, async (c) => {
    const id = parseId<"target">((await readForm(c)).text("target"));
    const { authority } = c.get("site");
    const removed = id && (await db.as(authority.id, (tx) => removeTarget(tx, authority.id, id, byOf(c))));
    return backTo(c, here, removed && removed.outcome === "changed" ? "removed" : "not-found");
  });

  return app;
}

/** "1,5" hours as minutes. */
function minutesIn(hours: string): number | undefined {
  return /^\d{1,4}(?:[.,]\d{1,2})?$/.test(hours)
    ? Math.round(Number(hours.replace(",", ".")) * 60)
    : undefined;
}
