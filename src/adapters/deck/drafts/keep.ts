import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { formatInstant } from "#platform/i18n.ts";
import { readComposition, readTarget } from "../compose/composition.ts";
import { keepComposition } from "../compose/write-composition.ts";
import { notGranted } from "../guard.ts";
import { seatOf } from "../seat.ts";
import { draftWords } from "./words.ts";

/** POST /deck/drafts: keeps what stands in a composer, as it is being written. Whoever is signed in may write. */
export function keep(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const kept = await keepComposition(services, seat, readComposition(form, readTarget(form)));
    if (kept.outcome === "emptied") return c.body(null, 204);
    const { language, site } = seat;
    const now = services.clock();
    const words = draftWords[language].done;
    const time = formatInstant(now, { language, zone: site.authority.zone, style: "time" });
    if (kept.outcome === "too-many") return c.text(`${words.tooMany}\n`, 429);
    const message = kept.outcome === "kept" ? words.saved(time) : words[kept.outcome];
    return c.json({ draft: kept.id, state: kept.outcome, savedAt: String(now), message });
  };
}
