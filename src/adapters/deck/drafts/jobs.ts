import type { Services } from "#context.ts";
import { findAuthority, type AuthorityId } from "#domain/authorities/authority.ts";
import { findDraft, type DraftId } from "#domain/drafts/draft.ts";
import {
  authoritiesOfOtherZone,
  dueDrafts,
  forgetOldDrafts,
  replanForZone,
  sendAt,
} from "#domain/drafts/due-drafts.ts";
import { postDraftOf } from "#domain/drafts/publish-draft.ts";
import { sendDraft } from "#domain/drafts/send-draft.ts";
import { parseId } from "#platform/id.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { findMentioned } from "#domain/posts/find-mentioned.ts";

type Needed = Pick<Services, "db" | "clock" | "log" | "lookUpAccount">;

export function draftJobs(services: Needed): Record<string, JobHandler> {
  return {
    "send-draft": async (payload) => {
      const draft = parseId<"draft">(payload["draft"]);
      if (draft) await sendOne(services, payload["authority"] as AuthorityId, draft);
    },
    "send-due-drafts": () => sendDueDrafts(services),
  };
}

/** Every minute: what its job should have sent, what a changed zone has moved, and what is no longer of use. */
export async function sendDueDrafts(services: Needed): Promise<void> {
  const now = services.clock();
  const found = await services.db.system(async (tx) => {
    await forgetOldDrafts(tx, now);
    return { moved: await authoritiesOfOtherZone(tx), due: await dueDrafts(tx, now) };
  });
  // One that stumbles must not keep back those after it.
  for (const id of found.moved)
    await services.db
      .as(id, async (tx) => {
        const authority = await findAuthority(tx, id);
        if (authority) await replanForZone(tx, authority);
      })
      .catch((error: unknown) =>
        services.log.error("what was planned could not be moved to another zone", { authority: id, error }),
      );
  for (const { authority, draft } of found.due)
    await sendOne(services, authority, draft).catch((error: unknown) =>
      services.log.error("what was due could not be sent", { draft, error }),
    );
}

async function sendOne(services: Needed, id: AuthorityId, draft: DraftId): Promise<void> {
  const { authority, waiting } = await services.db.read(id, async (tx) => ({
    authority: await findAuthority(tx, id),
    waiting: await findDraft(tx, id, draft),
  }));
  if (!authority || !waiting || !["sending", "scheduled"].includes(waiting.state)) return;
  await findMentioned(services, authority, postDraftOf(waiting.content));
  await services.db.as(id, async (tx) => {
    const sent = await sendDraft(tx, authority, draft, services.clock());
    // The database's clock may be ahead of ours, and the zone may have changed.
    if (sent.outcome === "not-yet") await sendAt(tx, id, draft, sent.at);
  });
}
