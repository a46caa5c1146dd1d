import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { markAccountGone } from "#domain/accounts/save-remote-account.ts";
import type { Services, Site } from "#context.ts";
import { fetchActor, saveActor } from "./fetch-actor.ts";

/** Asks an account's server what the account now says of itself. */
export async function refreshAccount(services: Services, site: Site, id: AccountId): Promise<void> {
  const authority = site.authority.id;
  const account = await services.db.read(authority, (tx) => findAccount(tx, authority, id));
  if (!account?.uri) return;
  const fetched = await fetchActor(services, site, account.uri);
  if (fetched.ok) await services.db.as(authority, (tx) => saveActor(tx, authority, fetched.actor));
  else if (fetched.gone) await services.db.as(authority, (tx) => markAccountGone(tx, authority, id));
  else
    services.log.info("an account could not be refreshed", {
      authority,
      account: id,
      reason: fetched.reason,
    });
}
