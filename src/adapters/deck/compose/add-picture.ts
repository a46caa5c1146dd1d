import { mostPictures } from "#domain/posts/check-draft.ts";
import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { FormError } from "../form-values.ts";
import type { Seat } from "../seat.ts";
import type { Composition } from "./composition.ts";
import { keepPicture } from "./upload.ts";
import { composeWords } from "./words.ts";

export type WithPicture = { composition: Composition; problems?: readonly FormError[] };

/** The composition with the picture that came along, or what is wrong with it. One too many is never stored. */
export async function addPicture(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  form: FormData,
  composition: Composition,
): Promise<WithPicture> {
  const words = composeWords[seat.language].errors;
  const wrong = (message: string): WithPicture => ({ composition, problems: [{ id: "file", message }] });
  const file = form.get("file");
  const isSent = file instanceof File && file.size > 0;
  if (isSent && composition.pictures.length >= mostPictures) return wrong(words.tooManyPictures);
  const stored = await keepPicture(services, c, form);
  switch (stored?.outcome) {
    case undefined:
      return { composition };
    case "too-large":
      return wrong(words.tooLarge);
    case "not-a-picture":
      return wrong(words.notPicture);
    case "stored": {
      const added = { media: stored.id, alt: "" };
      return { composition: { ...composition, pictures: [...composition.pictures, added] } };
    }
  }
}
