import { accountUri, accountUrl, pictureUrl, type Site, tagUrl } from "#context.ts";
import type { ProfileField } from "#domain/accounts/account.ts";
import { activityPubHtml } from "#domain/text/to-activitypub-html.ts";
import { absoluteBlocks } from "#domain/text/absolute-blocks.ts";
import { profileFieldHtml } from "#domain/text/profile-field-html.ts";
import { readVoices, type Voice } from "#domain/timelines/voices.ts";
import type { Transaction } from "#platform/database.ts";
import type { Known } from "./known.ts";
import { wireDay, wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/Account/ */
export type Account = {
  id: string;
  username: string;
  acct: string;
  display_name: string;
  locked: boolean;
  bot: boolean;
  discoverable: boolean;
  indexable: boolean;
  noindex: boolean;
  group: false;
  created_at: string;
  note: string;
  url: string;
  uri: string;
  avatar: string;
  avatar_static: string;
  header: string;
  header_static: string;
  followers_count: number;
  following_count: number;
  statuses_count: number;
  last_status_at: string | null;
  hide_collections: false;
  emojis: never[];
  fields: Field[];
  roles: never[];
  /** It is gone from where it lived. */
  suspended?: true;
  /** Of Torg alone; others pass it over. */
  torg: { kind: Voice["kind"]; network: string; role: string | null; answers: string | null };
};
export type Field = { name: string; value: string; verified_at: string | null };

/** Some accounts in the order of the ids given; those that are not there are left out. */
export async function accountsOf(
  tx: Transaction,
  site: Site,
  ids: readonly string[],
  known?: Known,
): Promise<Account[]> {
  const voices = await readVoices(tx, site.authority.id, ids, known?.voices);
  return ids.flatMap((id) => {
    const voice = voices.get(id);
    return voice ? accountEntity(site, voice, known) : [];
  });
}

/** Entities by id. */
export async function accountEntities(
  tx: Transaction,
  site: Site,
  accounts: readonly { id: string }[],
): Promise<Map<string, Account>> {
  const ids = accounts.map(({ id }) => id);
  return new Map((await accountsOf(tx, site, ids)).map((account) => [account.id, account]));
}

/** Made once of each version of a voice, where something is known. */
export function accountEntity(site: Site, account: Voice, known?: Known): Account {
  return known
    ? known.accounts.get(site.authority.id, [site.origin, account], () => makeAccount(site, account))
    : makeAccount(site, account);
}

function makeAccount(site: Site, account: Voice): Account {
  const own = account.uri === null;
  const uri = account.uri ?? accountUri(site, account.id);
  const picture = (id: string | null, none: string) =>
    id === null ? `${site.origin}${none}` : pictureUrl(site, id);
  const avatar = picture(account.avatar, noAvatar);
  const header = picture(account.header, noHeader);
  return {
    id: account.id,
    username: account.handle,
    acct: own ? account.handle : `${account.handle}@${account.domain}`,
    display_name: account.name,
    locked: account.locked,
    bot: account.automated,
    discoverable: own || account.indexable,
    indexable: own || account.indexable,
    noindex: !(own || account.indexable),
    group: false,
    created_at: wireDay(account.createdAt),
    note: activityPubHtml(absoluteBlocks(account.biography, site.origin), {
      tagHref: (name) => tagUrl(site, name),
    }),
    url: own ? accountUrl(site, account.handle) : (account.url ?? uri),
    uri,
    avatar,
    avatar_static: avatar,
    header,
    header_static: header,
    followers_count: account.followers,
    following_count: account.following,
    statuses_count: account.posts,
    last_status_at: account.lastPostOn,
    hide_collections: false,
    emojis: [],
    fields: account.fields.map((field) => fieldEntity(field, account)),
    roles: [],
    ...(account.goneAt ? { suspended: true as const } : {}),
    torg: { kind: account.kind, network: account.network, role: account.role, answers: account.answers },
  };
}

/** What stands where somebody has no picture. */
export const noAvatar = "/avatars/original/missing.png";
export const noHeader = "/headers/original/missing.png";

/** When it was proven is not kept, so that it is told as of the account's own day. */
function fieldEntity({ name, value, verified }: ProfileField, account: Voice): Field {
  return {
    name,
    value: profileFieldHtml(value),
    verified_at: verified ? wireTime(account.createdAt) : null,
  };
}
