import type { Site } from "#context.ts";
import type { Account as Voice } from "#domain/accounts/account.ts";
import { postingDefaults } from "#domain/accounts/posting-defaults.ts";
import { countFollowRequests } from "#domain/relationships/page-follows.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { accountsOf, type Account, type Field } from "./account.ts";
import { wireVisibility, type WireVisibility } from "./status.ts";

/** https://docs.joinmastodon.org/entities/Account/#CredentialAccount */
export type CredentialAccount = Account & {
  source: {
    attribution_domains: never[];
    privacy: WireVisibility;
    sensitive: boolean;
    language: string;
    note: string;
    fields: Field[];
    follow_requests_count: number;
    hide_collections: false;
    discoverable: true;
    indexable: true;
  };
  role: { id: string; name: string; permissions: string; color: string; highlighted: boolean };
};

/** One of our accounts as those who speak for it see it. */
export async function credentialAccount(
  tx: Transaction,
  site: Site,
  account: Voice,
  /** In which a post begins while none is set: an app that is told of none marks it with the language of its own menus. */
  usualLanguage: Language,
): Promise<CredentialAccount> {
  const authority = site.authority.id;
  const [entity] = await accountsOf(tx, site, [account.id]);
  if (!entity) throw new Error(`account ${account.id} is not there`);
  const defaults = await postingDefaults(tx, authority, account.id);
  return {
    ...entity,
    source: {
      attribution_domains: [],
      privacy: wireVisibility[defaults.visibility],
      sensitive: defaults.sensitive,
      language: defaults.language ?? usualLanguage,
      note: account.biographySource,
      fields: entity.fields.map((field, index) => ({ ...field, value: account.fields[index]?.value ?? "" })),
      follow_requests_count: await countFollowRequests(tx, authority, account.id),
      hide_collections: false,
      discoverable: true,
      indexable: true,
    },
    role: plainRole,
  };
}

/** The Mastodon API's administration is not offered, so that nobody has a permission of its. */
const plainRole = { id: "-99", name: "", permissions: "0", color: "", highlighted: false };
