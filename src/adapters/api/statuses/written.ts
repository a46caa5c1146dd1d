import { articleLength, mostPictures, noteLength } from "#domain/posts/check-draft.ts";
import type { Visibility } from "#domain/posts/post.ts";
import type { Focus } from "#domain/media/media.ts";
import { longestDescription } from "#domain/media/own-upload.ts";
import { formatNumber, type Language } from "#platform/i18n.ts";
import { visibilityOf } from "../entities/status.ts";
import { invalid } from "../answers.ts";
import type { Params } from "../params.ts";
import { focusIn } from "./focus.ts";
import { statusWords } from "./words.ts";

/** What an app sends to be said. `undefined` is what it did not send. */
export type Written = {
  text: string | undefined;
  warning: string;
  visibility: Visibility;
  language: string | undefined;
  pictures: string[];
  /** What it says of pictures besides naming them. */
  attributes: PictureAttributes[];
};
export type PictureAttributes = { id: string; description: string | undefined; focus: Focus | undefined };

const longestWarning = 500;

/** Reads the form of a post, or answers what of it cannot be taken. */
export function readWritten(params: Params, language: Language): Written | Response {
  const words = statusWords[language];
  if (params.has("poll") && params.nested("poll")) return invalid(words.poll);
  if (params.text("quoted_status_id") || params.text("quote_id")) return invalid(words.quote);
  const asked = params.text("visibility");
  const visibility = asked ? visibilityOf(asked) : ("public" as const);
  if (!visibility) return invalid("Validation failed: Visibility is not included in the list");
  const pictures = [...new Set(params.texts("media_ids"))];
  if (pictures.length > mostPictures) return invalid(words.tooManyPictures);
  const ids = params.ids<"media">("media_ids");
  if (ids.length < params.texts("media_ids").length) return invalid(words.unknownPicture);
  const attributes = params.all("media_attributes").flatMap((one) => {
    const id = one.id<"media">("id");
    return id ? [{ id, description: one.text("description"), focus: focusIn(one.text("focus")) }] : [];
  });
  if (attributes.some(({ description }) => (description?.length ?? 0) > longestDescription))
    return invalid(words.descriptionTooLong(formatNumber(longestDescription, language)));
  const said = params.text("spoiler_text")?.trim() ?? "";
  if (said.length > longestWarning)
    return invalid(words.warningTooLong(formatNumber(longestWarning, language)));
  // Before anything is looked for in it; what is to be said of shorter ones is said when it is checked.
  if ((params.text("status")?.length ?? 0) > articleLength)
    return invalid(words.tooLong(formatNumber(noteLength, language)));
  return {
    text: params.text("status")?.replaceAll("\r\n", "\n"),
    // Torg hides a post behind words that say why, and has no other sign for it.
    warning: said === "" && params.flag("sensitive") ? words.sensitive : said,
    visibility,
    language: languageIn(params.text("language")),
    pictures: [...new Set(ids)],
    attributes,
  };
}

function languageIn(text: string | undefined): string | undefined {
  return text && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(text) ? text : undefined;
}
