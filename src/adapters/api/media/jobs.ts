import type { Services } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { sweepUploads } from "#domain/drafts/unused-uploads.ts";
import { makePicture } from "#domain/media/accept-upload.ts";
import { parseId } from "#platform/id.ts";
import type { JobHandler } from "#platform/jobs.ts";

/** `authorities` lists them all. */
export function mediaJobs(
  services: Pick<Services, "db" | "mediaStore" | "clock">,
  authorities: () => Promise<AuthorityId[]>,
): Record<string, JobHandler> {
  const { db, mediaStore } = services;
  return {
    "make-picture": async (payload) => {
      const media = parseId<"media">(payload["media"]);
      if (media) await makePicture(db, mediaStore, payload["authority"] as AuthorityId, media);
    },
    "sweep-uploads": async () => {
      for (const authority of await authorities())
        await sweepUploads(db, mediaStore, authority, services.clock());
    },
  };
}
