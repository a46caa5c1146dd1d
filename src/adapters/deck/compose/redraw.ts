import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { notGranted } from "../guard.ts";
import { addPicture } from "./add-picture.ts";
import { findingsOf } from "./findings.ts";
import { giveBack } from "./give-back.ts";
import type { LinkCheck } from "./link-check.ts";
import { readTyped } from "./typed.ts";

/** POST /deck/compose: the form as it stands, with a picture added, moved or taken away, and what the checks say. */
export function redraw(services: Services, linkState: LinkCheck) {
  return async (c: Context<Env>): Promise<Response> => {
    const typed = await readTyped(services, c);
    if (!typed) return notGranted(c);
    const { seat, form } = typed;
    const added = await addPicture(services, c, seat, form, typed.composition);
    if (added.problems) return giveBack(services, c, seat, added);
    const { composition } = added;
    const findings = findingsOf(composition, {
      authority: seat.site.authority,
      now: services.clock(),
      linkState,
    });
    return giveBack(services, c, seat, { composition, findings }, 200);
  };
}
