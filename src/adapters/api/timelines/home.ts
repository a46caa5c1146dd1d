import { stands } from "#domain/posts/visible-to.ts";
import { homeTimeline } from "#domain/timelines/home-timeline.ts";
import type { Call, Caller } from "../endpoint.ts";
import { answerTimeline } from "./answer-timeline.ts";

/** GET /api/v1/timelines/home */
export function home(call: Call<Caller>): Promise<Response> {
  const { site, caller } = call;
  return answerTimeline(call, "home", (tx, page) =>
    homeTimeline(tx, site.authority.id, [caller.account.id], { ...page, keep: tx`and ${stands(tx)}` }),
  );
}
