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
  /** As its uploader said before it was used; the words that go with a post are the post's. */
  description: string | null;
  /** What is to be seen when it is cut: from -1 to 1, from left to right and from below upward. */
  focus: Focus | null;
};
export type Focus = { x: number; y: number };

export async function mediaById(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Map<string, Media>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Media[]>`
    select ${mediaColumns(tx)} from media
    where authority = ${authority} and id = any(${[...ids]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

export function mediaColumns(tx: Transaction) {
  return tx`media.id, media.state, media.type, media.width, media.height, media.bytes, media.source_url as "sourceUrl",
    media.description, case when media.focus_x is not null and media.focus_y is not null
      then jsonb_build_object('x', media.focus_x, 'y', media.focus_y) end as focus`;
}
