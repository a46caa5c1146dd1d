import type { AccountId } from "#domain/accounts/account.ts";
import { addMembers, membersOf, pageMembers, removeMembers, type List } from "#domain/relationships/lists.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountsOf } from "../entities/account.ts";
import { pageLinks, pageOf } from "../page.ts";
import { listInPath } from "./lists.ts";

/** GET /api/v1/lists/:id/accounts: a limit of 0 asks for all of them. */
export async function listAccounts(call: Call<Caller>): Promise<Response> {
  const { services, site, params } = call;
  const authority = site.authority.id;
  const all = params.number("limit") === 0;
  return services.db.read(authority, async (tx) => {
    const list = await listInPath(tx, call);
    if (!list) return missing();
    const page = pageOf(call, { usual: 40, most: 80 });
    const members = all
      ? await membersOf(tx, authority, list.id)
      : await pageMembers(tx, authority, list.id, page);
    const ids = members.map(({ id }) => id);
    return answer(await accountsOf(tx, site, ids), 200, all ? {} : pageLinks(call, ids));
  });
}

/** POST /api/v1/lists/:id/accounts */
export async function addToList(call: Call<Caller>): Promise<Response> {
  return changeMembers(call, async (tx, list, accounts) => {
    const { outcome } = await addMembers(tx, call.site.authority.id, list, accounts);
    if (outcome === "not-followed") return missing();
    return outcome === "already" ? invalid("Validation failed: Account has already been taken") : undefined;
  });
}

/** DELETE /api/v1/lists/:id/accounts */
export async function removeFromList(call: Call<Caller>): Promise<Response> {
  return changeMembers(call, async (tx, list, accounts) => {
    await removeMembers(tx, call.site.authority.id, list, accounts);
    return undefined;
  });
}

async function changeMembers(
  call: Call<Caller>,
  change: (tx: Transaction, list: List, accounts: AccountId[]) => Promise<Response | undefined>,
): Promise<Response> {
  return call.services.db.as(call.site.authority.id, async (tx) => {
    const list = await listInPath(tx, call);
    if (!list) return missing();
    return (await change(tx, list, call.params.ids<"account">("account_ids"))) ?? done();
  });
}
