import { findAccount, type Account } from "#domain/accounts/account.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { relationshipsOf } from "../entities/relationship.ts";

/** The account that the path names, while it is there. */
export async function accountInPath(
  tx: Transaction,
  { params, site }: Pick<Call, "params" | "site">,
  name = "id",
): Promise<Account | undefined> {
  const id = params.id<"account">(name);
  const found = id && (await findAccount(tx, site.authority.id, id));
  return found && !found.goneAt ? found : undefined;
}

/**
 * Does something about the account in the path and answers with how it stands to the caller's then; or as `act` says,
 * which then has changed nothing.
 */
export async function changeRelation(
  call: Call<Caller>,
  act: (tx: Transaction, other: Account) => Promise<Response | void>,
): Promise<Response> {
  const { services, site, caller, now } = call;
  return services.db.as(site.authority.id, async (tx) => {
    const other = await accountInPath(tx, call);
    if (!other) return missing();
    const refused = await act(tx, other);
    if (refused) return refused;
    const [relationship] = await relationshipsOf(tx, site, caller.account.id, [other.id], now);
    return relationship ? answer(relationship) : missing();
  });
}
