import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountEntities } from "../entities/account.ts";
import { issuerOf } from "./metadata.ts";

/** GET and POST /oauth/userinfo: the claims that Mastodon gives of the account, in OpenID Connect's words. */
export async function userinfo({ services, site, caller }: Call<Caller>): Promise<Response> {
  const { account } = caller;
  const entities = await services.db.read(site.authority.id, (tx) => accountEntities(tx, site, [account]));
  const entity = entities.get(account.id);
  if (!entity) throw new Error("the caller has no face");
  return answer(
    {
      iss: issuerOf(site),
      sub: entity.uri,
      name: entity.display_name,
      preferred_username: entity.username,
      profile: entity.url,
      picture: entity.avatar,
    },
    200,
    { "cache-control": "no-store" },
  );
}
