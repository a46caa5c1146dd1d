import { pageFollows } from "#domain/relationships/page-follows.ts";
import { missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { answerAccounts } from "./answer-accounts.ts";
import { accountInPath } from "./find-account.ts";

/** GET /api/v1/accounts/:id/followers, GET /api/v1/accounts/:id/following: as far as we know of them. */
export function follows(side: "followers" | "following") {
  return async (call: Call): Promise<Response> => {
    const { services, site } = call;
    const page = pageOf(call, { usual: 40, most: 80 });
    return services.db.read(site.authority.id, async (tx) => {
      const account = await accountInPath(tx, call);
      if (!account) return missing();
      const found = await pageFollows(tx, site.authority.id, account.id, side, page);
      return answerAccounts(tx, call, found);
    });
  };
}
