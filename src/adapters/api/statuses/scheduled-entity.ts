import type { Draft } from "#domain/drafts/draft.ts";
import { mediaById } from "#domain/media/media.ts";
import type { Site } from "#context.ts";
import type { Transaction } from "#platform/database.ts";
import { mediaAttachment, type MediaAttachment } from "../entities/media.ts";
import { wireVisibility, type WireVisibility } from "../entities/status.ts";
import { wireTime } from "../entities/wire.ts";

/** https://docs.joinmastodon.org/entities/ScheduledStatus/ */
export type ScheduledStatus = {
  id: string;
  scheduled_at: string;
  params: {
    text: string;
    poll: null;
    media_ids: string[] | null;
    sensitive: boolean;
    spoiler_text: string | null;
    visibility: WireVisibility;
    language: string | null;
    /** Documented as a whole number, which many apps would round: text like every other id. */
    in_reply_to_id: string | null;
    application_id: number;
    scheduled_at: null;
    idempotency: null;
    with_rate_limit: boolean;
  };
  media_attachments: MediaAttachment[];
};

export async function scheduledStatuses(
  tx: Transaction,
  site: Site,
  drafts: readonly Draft[],
): Promise<ScheduledStatus[]> {
  const media = await mediaById(
    tx,
    site.authority.id,
    drafts.flatMap(({ content }) => content.pictures.map((picture) => picture.media)),
  );
  return drafts.map(({ id, dueAt, content, to }) => {
    if (!dueAt) throw new Error(`${id} is planned for no time`);
    const ids = content.pictures.map((picture) => picture.media);
    return {
      id,
      scheduled_at: wireTime(dueAt),
      params: {
        text: content.text,
        poll: null,
        media_ids: ids.length > 0 ? ids : null,
        sensitive: content.warning !== "",
        spoiler_text: content.warning || null,
        visibility: wireVisibility[content.visibility],
        language: content.language || null,
        in_reply_to_id: to.mode === "new" ? null : to.post,
        application_id: 0,
        scheduled_at: null,
        idempotency: null,
        with_rate_limit: false,
      },
      media_attachments: content.pictures.flatMap((picture) => {
        const known = media.get(picture.media);
        return known ? mediaAttachment(site, known, picture.alt) : [];
      }),
    };
  });
}
