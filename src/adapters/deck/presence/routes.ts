import { Hono } from "hono";
import type { Env } from "#context.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import { notGranted } from "../guard.ts";
import { seatOf } from "../seat.ts";
import type { Company } from "./company.ts";

const doings = ["reading", "writing", "gone"] as const;
const longestName = 80;

/** POST /deck/presence: what one tab does in a thread, said again every ten seconds while it does. */
export function presenceRoutes(company: Company): Hono<Env> {
  const app = new Hono<Env>();
  app.post("/deck/presence", async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const thread = parseId<"post">(formText(form, "thread"));
    const doing = doings.find((one) => one === formText(form, "doing"));
    const tab = formText(form, "tab");
    if (!thread || !doing || !/^[a-z0-9]{1,16}$/.test(tab)) return c.body(null, 400);
    if (!(await company.maySee(seat, thread))) return c.notFound();
    const { id: person, name } = c.get("person");
    await company.tell({
      authority: seat.site.authority.id,
      thread,
      person,
      name: name.slice(0, longestName),
      tab,
      doing,
    });
    return c.body(null, 204);
  });
  return app;
}
