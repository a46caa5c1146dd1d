import { acceptUpload, makePicture, type Accepted } from "#domain/media/accept-upload.ts";
import { findUpload, longestDescription } from "#domain/media/own-upload.ts";
import { largestUpload } from "#domain/media/store-picture.ts";
import { formatNumber } from "#platform/i18n.ts";
import { answer, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { mediaAttachment } from "../entities/media.ts";
import { focusIn } from "../statuses/focus.ts";
import { statusWords } from "../statuses/words.ts";

/** What is made while the app waits; more than that is made by a job. */
const made = 4 * 1024 * 1024;
/** If this process dies over it, a job takes it up. */
const patience = Temporal.Duration.from({ minutes: 2 });

/** POST /api/v2/media: 202 while it is being made. */
export const upload = (call: Call<Caller>) => keep(call, (bytes) => bytes <= made);

/** POST /api/v1/media: answered when it is made. */
export const uploadAndWait = (call: Call<Caller>) => keep(call, () => true);

async function keep(call: Call<Caller>, waits: (bytes: number) => boolean): Promise<Response> {
  const { services, site, caller, params, now } = call;
  const { person } = caller;
  const words = statusWords[person.language];
  const description = params.text("description")?.trim() ?? "";
  if (description.length > longestDescription)
    return invalid(words.descriptionTooLong(formatNumber(longestDescription, person.language)));
  const file = params.file("file");
  if (!file) return invalid(words.notPicture);
  if (file.size > largestUpload) return invalid(words.tooLarge);
  const { db, mediaStore } = services;
  const here = waits(file.size);
  const accepted = await acceptUpload(db, mediaStore, site.authority.id, {
    bytes: new Uint8Array(await file.arrayBuffer()),
    person: person.id,
    description: description || null,
    focus: focusIn(params.text("focus")) ?? null,
    ...(here ? { makeAt: now.add(patience) } : {}),
  });
  if (accepted.outcome !== "accepted") return refused(accepted, words);
  if (here && (await makePicture(db, mediaStore, site.authority.id, accepted.id)) === "failed")
    return invalid(words.notPicture);
  const media = await db.read(site.authority.id, (tx) =>
    findUpload(tx, site.authority.id, accepted.id, person.id),
  );
  if (!media) return missing();
  return answer(mediaAttachment(site, media, media.description), media.state === "waiting" ? 202 : 200);
}

function refused(
  { outcome }: Exclude<Accepted, { outcome: "accepted" }>,
  words: (typeof statusWords)["sv"],
): Response {
  return invalid(outcome === "too-large" ? words.tooLarge : words.notPicture);
}
