import type { Transaction } from "#platform/database.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { accountsOf } from "../entities/account.ts";
import { pageLinks } from "../page.ts";

/** A page of accounts. `place` is what the list is ordered by, such as the id of a follow: its pages go on from there. */
export async function answerAccounts(
  tx: Transaction,
  call: Pick<Call, "c" | "site">,
  found: readonly { id: string; place: string }[],
): Promise<Response> {
  const ids = [...new Set(found.map(({ id }) => id))];
  const places = found.map(({ place }) => place);
  return answer(await accountsOf(tx, call.site, ids), 200, pageLinks(call, places));
}
