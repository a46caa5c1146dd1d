import { reactedBy } from "#domain/posts/reacted-by.ts";
import type { Reaction } from "#domain/posts/react.ts";
import { answerAccounts } from "../accounts/answer-accounts.ts";
import { missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { findStatus } from "./find-status.ts";

/** GET /api/v1/statuses/:id/favourited_by */
export const favouritedBy = (call: Call) => reacted(call, "favourite");

/** GET /api/v1/statuses/:id/reblogged_by */
export const rebloggedBy = (call: Call) => reacted(call, "boost");

function reacted(call: Call, reaction: Reaction): Promise<Response> {
  const { services, site, params } = call;
  const authority = site.authority.id;
  const page = pageOf(call, { usual: 40, most: 80 });
  return services.db.read(authority, async (tx) => {
    const post = await findStatus(tx, call, params.id("id"));
    if (!post) return missing();
    return answerAccounts(tx, call, await reactedBy(tx, authority, post.id, reaction, page));
  });
}
