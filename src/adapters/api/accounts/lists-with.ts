import { listsWith } from "#domain/relationships/lists.ts";
import { answer, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { listEntity } from "../entities/list.ts";
import { accountInPath } from "./find-account.ts";

/** GET /api/v1/accounts/:id/lists: the caller's lists that the account is in. */
export async function listsWithAccount(call: Call<Caller>): Promise<Response> {
  const { services, site, caller } = call;
  return services.db.read(site.authority.id, async (tx) => {
    const member = await accountInPath(tx, call);
    if (!member) return missing();
    const lists = await listsWith(tx, site.authority.id, caller.account.id, member.id);
    return answer(lists.map(listEntity));
  });
}
