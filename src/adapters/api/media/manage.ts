import { removeUpload } from "#domain/drafts/unused-uploads.ts";
import { describeUploads, findUpload, longestDescription } from "#domain/media/own-upload.ts";
import { isShown } from "#domain/posts/media-shown.ts";
import { formatNumber } from "#platform/i18n.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { mediaAttachment } from "../entities/media.ts";
import { focusIn } from "../statuses/focus.ts";
import { statusWords } from "../statuses/words.ts";

/** GET /api/v1/media/:id: 206 while it is being made. */
export async function showMedia(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params } = call;
  const { id: person, language } = caller.person;
  const id = params.id<"media">("id");
  const media =
    id && (await services.db.read(site.authority.id, (tx) => findUpload(tx, site.authority.id, id, person)));
  if (!media) return missing();
  if (media.state === "failed") return invalid(statusWords[language].notPicture);
  return answer(mediaAttachment(site, media, media.description), media.state === "waiting" ? 206 : 200);
}

/** PUT /api/v1/media/:id: what it shows, and where to look; until a post has it. */
export function describe(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params } = call;
  const { id: person, language } = caller.person;
  const words = statusWords[language];
  const authority = site.authority.id;
  return services.db.as(authority, async (tx) => {
    const id = params.id<"media">("id");
    const media = id && (await findUpload(tx, authority, id, person));
    if (!media) return missing();
    const description = params.text("description")?.trim();
    if (description !== undefined && description.length > longestDescription)
      return invalid(words.descriptionTooLong(formatNumber(longestDescription, language)));
    if (await isShown(tx, authority, media.id)) return invalid(words.inUse);
    await describeUploads(tx, authority, [
      { id: media.id, description, focus: focusIn(params.text("focus")) },
    ]);
    const now = await findUpload(tx, authority, media.id, person);
    return now ? answer(mediaAttachment(site, now, now.description)) : missing();
  });
}

/** DELETE /api/v1/media/:id: of what no post has. */
export async function removeMedia(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params } = call;
  const { id: person, language } = caller.person;
  const authority = site.authority.id;
  const id = params.id<"media">("id");
  const media = id && (await services.db.read(authority, (tx) => findUpload(tx, authority, id, person)));
  if (!media) return missing();
  const removed = await removeUpload(services.db, services.mediaStore, authority, media.id);
  return removed === "removed" ? done() : invalid(statusWords[language].inUse);
}
