import { describeUploads } from "#domain/media/own-upload.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { Attachment } from "#domain/posts/post.ts";
import { usablePictures } from "#domain/posts/usable-pictures.ts";
import type { Transaction } from "#platform/database.ts";
import { invalid } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { statusWords } from "./words.ts";
import type { Written } from "./written.ts";

/**
 * The pictures that a post is to have, with what is said of them: now, in the post before, or when they were uploaded.
 * An answer when one cannot be used.
 */
export async function picturesFor(
  tx: Transaction,
  { site, caller }: Call<Caller>,
  { pictures, attributes }: Pick<Written, "pictures" | "attributes">,
  before: readonly Attachment[] = [],
): Promise<Attachment[] | Response> {
  const words = statusWords[caller.person.language];
  const by = { person: caller.person.id, account: caller.account.id };
  const usable = await usablePictures(tx, site.authority.id, pictures, by);
  const found = pictures.flatMap((id) => usable.get(id) ?? []);
  if (found.length < pictures.length || found.some(({ state }) => state === "failed"))
    return invalid(words.unknownPicture);
  if (found.some(({ state }) => state === "waiting")) return invalid(words.pictureWaits);
  await describeUploads(
    tx,
    site.authority.id,
    attributes.filter(({ id }) => usable.has(id)),
  );
  return found.map(({ id, description }) => ({ media: id, alt: altOf(id, description) }));

  function altOf(id: MediaId, description: string | null): string {
    const now = attributes.find((one) => one.id === id)?.description;
    return (now ?? before.find(({ media }) => media === id)?.alt ?? description ?? "").trim();
  }
}
