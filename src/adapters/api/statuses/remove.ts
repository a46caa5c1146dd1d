import { describeUploads } from "#domain/media/own-upload.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { undoReaction } from "#domain/posts/react.ts";
import { answer, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import { sourceOf } from "../entities/status.ts";
import { findStatus } from "./find-status.ts";

/** DELETE /api/v1/statuses/:id: a post of the account, or a boost of its; answered with what it takes to write it anew. */
export function remove(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params, now } = call;
  const authority = site.authority.id;
  const by = { account: caller.account.id, person: caller.person.id };
  return services.db.as(authority, async (tx) => {
    const item = await findStatus(tx, call, params.id("id"));
    if (!item || (item.boostedBy ?? item.account) !== caller.account.id) return missing();
    const [status] = await loadStatuses(tx, call, [item]);
    if (!status) return missing();
    if (item.boostedBy) {
      await undoReaction(tx, authority, { reaction: "boost", post: item.id, ...by });
      return answer({ ...status, text: "" });
    }
    const deleted = await deletePost(tx, authority, { id: item.id, ...by }, now);
    if (deleted.outcome === "not-ours") return missing();
    // Written anew, it names its pictures alone: what was said of them last goes with them.
    await describeUploads(
      tx,
      authority,
      item.attachments.map(({ media, alt }) => ({ id: media, description: alt })),
    );
    return answer({ ...status, text: sourceOf(item) });
  });
}
