import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { mediaColumns, type Focus, type Media } from "./media.ts";

/** The most that is said of a picture, in UTF-16 units. */
export const longestDescription = 1_500;

/** A picture that somebody has uploaded. */
export async function findUpload(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
  person: PersonId,
): Promise<Media | undefined> {
  const [row] = await tx<Media[]>`
    select ${mediaColumns(tx)} from media
    where authority = ${authority} and id = ${id} and person = ${person} and source_url is null`;
  return row;
}

/** Says what pictures of ours show, and where to look; what is undefined stays as it is. */
export async function describeUploads(
  tx: Transaction,
  authority: AuthorityId,
  said: readonly { id: string; description?: string | undefined; focus?: Focus | undefined }[],
): Promise<void> {
  if (said.length === 0) return;
  await tx`
    update media set description = coalesce(said.description, media.description),
      focus_x = coalesce(said.x, media.focus_x), focus_y = coalesce(said.y, media.focus_y)
    from unnest(${said.map(({ id }) => id)}::bigint[], ${said.map((one) => one.description ?? null)}::text[],
      ${said.map(({ focus }) => focus?.x ?? null)}::real[], ${said.map(({ focus }) => focus?.y ?? null)}::real[])
      as said (id, description, x, y)
    where media.authority = ${authority} and media.id = said.id and media.source_url is null`;
}
