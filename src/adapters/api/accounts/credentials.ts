import { findAccount } from "#domain/accounts/account.ts";
import { postingDefaults } from "#domain/accounts/posting-defaults.ts";
import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { credentialAccount } from "../entities/credential-account.ts";
import { wireVisibility } from "../entities/status.ts";

/** GET /api/v1/accounts/verify_credentials */
export async function verifyCredentials({ services, site, caller }: Call<Caller>): Promise<Response> {
  return services.db.read(site.authority.id, async (tx) =>
    answer(await credentialAccount(tx, site, caller.account, caller.person.language)),
  );
}

/** The same, as it is after a change. */
export async function ownAccount({ services, site, caller }: Call<Caller>): Promise<Response> {
  return services.db.read(site.authority.id, async (tx) => {
    const account = (await findAccount(tx, site.authority.id, caller.account.id)) ?? caller.account;
    return answer(await credentialAccount(tx, site, account, caller.person.language));
  });
}

/** GET /api/v1/preferences */
export async function preferences({ services, site, caller }: Call<Caller>): Promise<Response> {
  const { visibility, sensitive, language } = await services.db.read(site.authority.id, (tx) =>
    postingDefaults(tx, site.authority.id, caller.account.id),
  );
  return answer({
    "posting:default:visibility": wireVisibility[visibility],
    "posting:default:sensitive": sensitive,
    "posting:default:language": language ?? caller.person.language,
    "reading:expand:media": "default",
    "reading:expand:spoilers": false,
  });
}
