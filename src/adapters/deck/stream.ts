import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { notGranted } from "./guard.ts";
import { startHub, type Hub } from "./live/hub.ts";
import { openLine } from "./live/line.ts";
import { seatOf } from "./seat.ts";

/** GET /deck/stream: what happens, as server-sent events, from a number of the journal on. */
export function stream(services: Services) {
  // Begun with the first deck: a process that serves none has no need of it.
  let hub: Hub | undefined;
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const after = c.req.header("last-event-id") ?? c.req.query("after");
    if (after !== undefined && !/^\d{1,18}$/.test(after))
      return c.text("after must be a number of the journal\n", 400);
    // Nobody would read the line, nor ever close it.
    if (c.req.method === "HEAD")
      return c.body(null, 200, { "content-type": "text/event-stream; charset=utf-8" });
    hub ??= startHub(services);
    const live = hub;
    const person = c.get("person");
    const { line, body } = openLine({ seat, session: person.session, person: person.id }, (closed) =>
      live.leave(closed),
    );
    void live.join(line, after);
    return c.body(body, 200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      // Proxies must pass each event on at once.
      "x-accel-buffering": "no",
    });
  };
}
