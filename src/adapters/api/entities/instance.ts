import { mostPins } from "#domain/posts/pins.ts";
import type { Site } from "#context.ts";
import type { Rule as Conduct } from "#domain/moderation/rules.ts";
import { mostFields } from "#domain/accounts/change-profile.ts";
import { largestUpload } from "#domain/media/store-picture.ts";
import { mostPictures, noteLength } from "#domain/posts/check-draft.ts";
import { version as ours } from "../../../version.ts";

/** What apps read first: as which Mastodon we answer, and what stands behind. */
export const version = `4.3.0 (compatible; Torg ${ours})`;

/** https://docs.joinmastodon.org/entities/Rule/ */
export type Rule = {
  id: string;
  text: string;
  hint: string;
  translations: Record<string, { text: string; hint: string }>;
};

/** The rules in the authority's first language, with the others beside. */
export function ruleEntities(byLanguage: ReadonlyMap<string, readonly Conduct[]>): Rule[] {
  const [[, first] = ["", []]] = byLanguage;
  return first.map(({ number, title, text }) => ({
    id: String(number),
    text: title,
    hint: text,
    translations: Object.fromEntries(
      [...byLanguage].flatMap(([language, rules]) => {
        const said = rules.find((rule) => rule.number === number);
        return said ? [[language, { text: said.title, hint: said.text }]] : [];
      }),
    ),
  }));
}

/** Where streams are, as an origin: apps put the path behind it. */
export function streamingUrl(site: Site): string {
  return site.origin.replace(/^http/, "ws");
}

/** What media/store-picture.ts reads, by its first bytes. */
const pictureTypes = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];
/** More pixels than these are not unpacked. */
const mostPixels = 50_000_000;

export const statusLimits = {
  max_characters: noteLength,
  max_media_attachments: mostPictures,
  // A link counts as it is written; apps that count each as this many let no more through than we take.
  characters_reserved_per_url: 23,
};

/** Pictures alone: of films there are none, and apps divide by what they are told. */
export const mediaLimits = {
  supported_mime_types: pictureTypes,
  image_size_limit: largestUpload,
  image_matrix_limit: mostPixels,
  video_size_limit: 0,
  video_frame_rate_limit: 0,
  video_matrix_limit: 0,
};

/** No polls are taken; an app that shows the choice still needs numbers it can work with. */
export const pollLimits = {
  max_options: 0,
  max_characters_per_option: 0,
  min_expiration: 300,
  max_expiration: 300,
};

export const accountLimits = { max_featured_tags: 0, max_pinned_statuses: mostPins };
/** As the deck's settings take them. */
export const profileLimits = {
  max_display_name_length: 200,
  max_note_length: 10_000,
  max_profile_fields: mostFields,
  profile_field_name_limit: 100,
  profile_field_value_limit: 1_000,
};
