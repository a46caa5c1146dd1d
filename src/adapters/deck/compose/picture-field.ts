import { mostPictures } from "#domain/posts/check-draft.ts";
import type { Media, MediaId } from "#domain/media/media.ts";
import { attributes, html, type Html } from "#platform/html.ts";
import { field, textarea } from "#ui/form.ts";
import { icon, type IconName } from "#ui/icon.ts";
import { pictureOf } from "#ui/present-post.ts";
import { deckPath, type Seat } from "../seat.ts";
import { reasonHtml } from "./check-fields.ts";
import type { ComposerView } from "./composer-html.ts";
import type { Composition } from "./composition.ts";
import { composeWords } from "./words.ts";

/** The buttons under the text: a picture, an emoji. The emoji takes a script, which shows its button. */
export function pictureTools(seat: Seat, now: Composition, error: string | undefined): Html {
  const words = composeWords[seat.language];
  return html`<div class="composer-tools">
      <div class="composer-add" data-composer-pictures-target="add"${now.pictures.length < mostPictures ? null : html` hidden`}>
        ${field({ name: "file", label: words.picture, type: "file", accept: "image/*", ...(error ? { error } : {}), data: { "composer-pictures-target": "file", action: "change->composer-pictures#choose" } }, seat)}<button
          class="button text"
          type="submit"
          name="step"
          value="add-picture"
          formaction="${again(seat)}"
          data-action="composer-pictures#open"
        >
          ${icon("image")}<span>${words.addPicture}</span>
        </button>
      </div>
      <button
        class="button text"
        type="button"
        hidden
        aria-expanded="false"
        aria-controls="composer-emoji"
        data-composer-emoji-target="button"
        data-action="composer-emoji#toggle"
      >
        ${icon("smile")}<span>${words.emoji}</span>
      </button>
    </div>
    <div class="composer-emoji" id="composer-emoji" role="group" aria-label="${words.emoji}" hidden data-composer-emoji-target="panel" data-action="keydown->composer-emoji#key">
      <label class="visually-hidden" for="composer-emoji-search">${words.emojiSearch}</label>
      <input class="input" id="composer-emoji-search" type="search" autocomplete="off" placeholder="${words.emojiSearch}" data-composer-emoji-target="search" data-action="input->composer-emoji#search:stop change->composer-emoji#ignore:stop" />
      <div class="composer-emoji-list" data-composer-emoji-target="list"></div>
    </div>`;
}

/** The pictures of the post being written, in the order in which they are shown. */
export function pictureFields(
  seat: Seat,
  view: ComposerView,
  error: (id: string) => string | undefined,
): Html {
  const { pictures } = view.composition;
  return html`<ol class="composer-pictures" data-composer-pictures-target="list" aria-label="${composeWords[seat.language].pictures}"${pictures.length > 0 ? null : html` hidden`}>
    ${pictures.map((picture) => pictureField(seat, picture, view.media.get(picture.media), error(`alt-${picture.media}`)))}
  </ol>
  ${reasonHtml(seat, view, "alternativeText", error)}`;
}

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
  return html`<li class="composer-picture" data-picture data-action="dragstart->composer-pictures#lift dragend->composer-pictures#settle">
    <input type="hidden" name="media" value="${picture.media}" />
    ${shown ? html`<img src="${shown.src}" alt="" width="${shown.width}" height="${shown.height}" draggable="false" />` : null}
    ${textarea({ name, label: words.alt, hint: words.altHint, required: true, value: picture.alt, rows: 2, maxLength: 1500, ...(error ? { error } : {}) }, seat)}
    <div class="composer-picture-tools">
      ${tool(seat, "up", words.moveUp, { name: "move", value: `up ${picture.media}`, action: "composer-pictures#up" })}${tool(
        seat,
        "down",
        words.moveDown,
        { name: "move", value: `down ${picture.media}`, action: "composer-pictures#down" },
      )}${tool(seat, "delete", words.removePicture, { name: "remove", value: picture.media, action: "composer-pictures#remove" })}
    </div>
  </li>`;
}

function tool(
  seat: Seat,
  name: IconName,
  label: string,
  press: { name: string; value: string; action: string },
): Html {
  return html`<button${attributes({
    class: "action icon-only",
    type: "submit",
    title: label,
    name: press.name,
    value: press.value,
    formaction: again(seat),
    "data-action": press.action,
  })}>${icon(name)}<span class="action-label">${label}</span></button>`;
}

/** Where the form goes to come back as it is, with one thing added, moved or taken away. */
function again(seat: Seat): string {
  return deckPath(seat, "/deck/compose");
}
