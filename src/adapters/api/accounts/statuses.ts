import { accountStatuses } from "#domain/timelines/account-statuses.ts";
import { viewerOf, type Call } from "../endpoint.ts";
import { answerTimeline } from "../timelines/answer-timeline.ts";
import { accountInPath } from "./find-account.ts";

/** GET /api/v1/accounts/:id/statuses */
export function statusesOfAccount(call: Call): Promise<Response> {
  const { site, params } = call;
  const authority = site.authority.id;
  const asked = {
    withPictures: params.flag("only_media") === true,
    withoutReplies: params.flag("exclude_replies") === true,
    withoutBoosts: params.flag("exclude_reblogs") === true,
    pinned: params.flag("pinned") === true,
    tag: params.text("tagged")?.replace(/^#/, "") || undefined,
  };
  return answerTimeline(call, "account", async (tx, page) => {
    const account = await accountInPath(tx, call);
    return account && accountStatuses(tx, authority, account.id, viewerOf(call), asked, page);
  });
}
