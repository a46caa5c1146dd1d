import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { mediaById } from "#domain/media/media.ts";
import { storeUpload, type Stored } from "#domain/media/store-picture.ts";
import { seatOf } from "../seat.ts";
import { notGranted } from "../guard.ts";
import { pictureField } from "./picture-field.ts";
import { composeWords } from "./words.ts";

/** POST /deck/media: keeps a picture and answers with its field for the composer. */
export function upload(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat?.acting) return notGranted(c);
    const words = composeWords[seat.language].errors;
    const stored = await keepPicture(services, c, await c.req.formData());
    if (!stored || stored.outcome === "not-a-picture") return c.text(words.notPicture, 422);
    if (stored.outcome === "too-large") return c.text(words.tooLarge, 413);
    const authority = seat.site.authority.id;
    const media = await services.db.read(authority, (tx) => mediaById(tx, authority, [stored.id]));
    return c.html(pictureField(seat, { media: stored.id, alt: "" }, media.get(stored.id)).text, 201);
  };
}

/** Keeps the picture that came with a form, if one did. */
export async function keepPicture(
  services: Services,
  c: Context<Env>,
  form: FormData,
): Promise<Stored | undefined> {
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return storeUpload(services.db, services.mediaStore, c.get("site").authority.id, {
    bytes,
    person: c.get("person").id,
  });
}
