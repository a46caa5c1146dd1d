import { findAccount } from "#domain/accounts/account.ts";
import { answer, missing, refuse } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { accountsOf } from "../entities/account.ts";

/** GET /api/v1/accounts/:id */
export async function showAccount({ services, site, params }: Call): Promise<Response> {
  const id = params.id<"account">("id");
  return services.db.read(site.authority.id, async (tx) => {
    const found = id && (await findAccount(tx, site.authority.id, id));
    if (!found) return missing();
    if (found.goneAt) return refuse(410, "The account is no longer there");
    const [account] = await accountsOf(tx, site, [found.id]);
    return answer(account);
  });
}

/** GET /api/v1/accounts */
export async function showAccounts({ services, site, params }: Call): Promise<Response> {
  const ids = params.ids("id");
  return services.db.read(site.authority.id, async (tx) =>
    answer(await accountsOf(tx, site, [...new Set(ids)])),
  );
}
