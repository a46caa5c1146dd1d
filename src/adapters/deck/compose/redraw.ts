import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { notGranted } from "../guard.ts";
import { mostPictures } from "./composition.ts";
import { findingsOf } from "./findings.ts";
import { giveBack } from "./give-back.ts";
import type { LinkCheck } from "./link-check.ts";
import { readTyped } from "./typed.ts";
import { keepPicture } from "./upload.ts";
import { composeWords } from "./words.ts";

/** POST /deck/compose: the form as it stands, with a picture added, moved or taken away, and what the checks say. */
export function redraw(services: Services, linkState: LinkCheck) {
  return async (c: Context<Env>): Promise<Response> => {
    const typed = await readTyped(services, c);
    if (!typed) return notGranted(c);
    const { seat, form } = typed;
    let { composition } = typed;
    const words = composeWords[seat.language].errors;
    const wrong = (message: string) =>
      giveBack(services, c, seat, { composition, problems: [{ id: "file", message }] });
    const isFull = composition.pictures.length >= mostPictures;
    if (isFull && form.get("file") instanceof File && form.get("step") === "add-picture")
      return wrong(words.tooManyPictures);
    const added = await keepPicture(services, c, form);
    if (added?.outcome === "too-large") return wrong(words.tooLarge);
    if (added?.outcome === "not-a-picture") return wrong(words.notPicture);
    if (added)
      composition = { ...composition, pictures: [...composition.pictures, { media: added.id, alt: "" }] };
    const findings = findingsOf(composition, {
      authority: seat.site.authority,
      now: services.clock(),
      linkState,
    });
    return giveBack(services, c, seat, { composition, findings }, 200);
  };
}
