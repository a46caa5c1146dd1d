import { answerFollow, findFollowBetween } from "#domain/relationships/follows.ts";
import { pageFollows } from "#domain/relationships/page-follows.ts";
import { missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { answerAccounts } from "./answer-accounts.ts";
import { changeRelation } from "./find-account.ts";

/** GET /api/v1/follow_requests */
export async function followRequests(call: Call<Caller>): Promise<Response> {
  const { services, site, caller } = call;
  const page = pageOf(call, { usual: 40, most: 80 });
  return services.db.read(site.authority.id, async (tx) => {
    const waiting = await pageFollows(tx, site.authority.id, caller.account.id, "requests", page);
    return answerAccounts(tx, call, waiting);
  });
}

/** POST /api/v1/follow_requests/:id/authorize, POST /api/v1/follow_requests/:id/reject */
export function answerFollowRequest(decision: "accept" | "reject") {
  return (call: Call<Caller>): Promise<Response> => {
    const { site, caller } = call;
    return changeRelation(call, async (tx, other) => {
      const follow = await findFollowBetween(tx, site.authority.id, other.id, caller.account.id);
      if (follow?.state !== "pending") return missing();
      await answerFollow(tx, site.authority.id, follow.id, decision, caller.person.id);
    });
  };
}
