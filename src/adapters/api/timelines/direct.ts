import { directTimeline } from "#domain/timelines/direct-timeline.ts";
import type { Call, Caller } from "../endpoint.ts";
import { answerTimeline } from "./answer-timeline.ts";

/** GET /api/v1/timelines/direct, which older apps ask for; newer ones ask for conversations. */
export function direct(call: Call<Caller>): Promise<Response> {
  const { site, caller } = call;
  return answerTimeline(call, undefined, (tx, page) =>
    directTimeline(tx, site.authority.id, caller.account.id, page),
  );
}
