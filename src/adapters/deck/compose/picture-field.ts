import type { Media, MediaId } from "#domain/media/media.ts";
import { html, type Html } from "#platform/html.ts";
import { action } from "#ui/controls.ts";
import { textarea } from "#ui/form.ts";
import { pictureOf } from "#ui/present-post.ts";
import type { Seat } from "../seat.ts";
import { composeWords } from "./words.ts";

/** A picture of the post being written, with the field for what it shows beside it. */
export function pictureField(
  seat: Seat,
  picture: { media: MediaId; alt: string },
  media: Media | undefined,
  error?: string,
): Html {
  const words = composeWords[seat.language];
  const shown = pictureOf(media, "small");
  const name = `alt-${picture.media}`;
  return html`<div class="composer-picture" data-picture>
    <input type="hidden" name="media" value="${picture.media}" />
    ${shown ? html`<img src="${shown.src}" alt="" width="${shown.width}" height="${shown.height}" />` : null}
    ${textarea({ name, label: words.alt, hint: words.altHint, required: true, value: picture.alt, rows: 2, maxLength: 1500, error }, seat)}${action(
      {
        icon: "delete",
        label: words.removePicture,
        name: "remove",
        value: picture.media,
        data: { action: "composer#removePicture" },
      },
    )}
  </div>`;
}
