import { stands } from "#domain/posts/visible-to.ts";
import { findList } from "#domain/relationships/lists.ts";
import { listTimeline } from "#domain/timelines/home-timeline.ts";
import type { Call, Caller } from "../endpoint.ts";
import { answerTimeline } from "./answer-timeline.ts";

/** GET /api/v1/timelines/list/:list_id */
export function list(call: Call<Caller>): Promise<Response> {
  const { site, caller, params } = call;
  const authority = site.authority.id;
  const own = [caller.account.id];
  return answerTimeline(call, "home", async (tx, page) => {
    const found = await findList(tx, authority, params.text("list_id") ?? "", own);
    return found && listTimeline(tx, authority, found.id, own, { ...page, keep: tx`and ${stands(tx)}` });
  });
}
