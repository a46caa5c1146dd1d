import { accountsById } from "#domain/accounts/account.ts";
import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { relationshipsOf } from "../entities/relationship.ts";

/** GET /api/v1/accounts/relationships */
export async function relationships({
  services,
  site,
  params,
  caller,
  now,
}: Call<Caller>): Promise<Response> {
  const ids = params.ids("id");
  const withGone = params.flag("with_suspended") === true;
  return services.db.read(site.authority.id, async (tx) =>
    answer(await relationshipsOf(tx, site, caller.account.id, ids, now, withGone)),
  );
}

/** GET /api/v1/accounts/familiar_followers: nobody's acquaintances are computed here. */
export async function familiarFollowers({ services, site, params }: Call<Caller>): Promise<Response> {
  const ids = [...new Set(params.ids("id"))];
  return services.db.read(site.authority.id, async (tx) => {
    const known = await accountsById(tx, site.authority.id, ids);
    return answer(ids.filter((id) => known.has(id)).map((id) => ({ id, accounts: [] })));
  });
}
