import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type MediaId = Id<"media">;

/** A picture, ours or fetched from elsewhere. The bytes lie in the media store under its id. */
export type Media = {
  id: MediaId;
  state: "waiting" | "ready" | "failed";
  /** Media type of the stored bytes. */
  type: string | null;
  width: number | null;
  height: number | null;
  /** Of the full variant. */
  bytes: number | null;
  sourceUrl: string | null;
};

export async function mediaById(
  tx: Transaction,
  authority: AuthorityId,
  ids: string[],
): Promise<Map<string, Media>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Media[]>`
    select id, state, type, width, height, bytes, source_url as "sourceUrl" from media
    where authority = ${authority} and id = any(${ids}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
