import { accountUri, accountUrl, pictureUrl, type Site, tagUrl } from "#context.ts";
import { accountsById, type Account as Voice, type ProfileField } from "#domain/accounts/account.ts";
import { mediaById, type Media } from "#domain/media/media.ts";
import { activityPubHtml } from "#domain/text/to-activitypub-html.ts";
import { absoluteBlocks } from "#domain/text/absolute-blocks.ts";
import { profileFieldHtml } from "#domain/text/profile-field-html.ts";
import { accountCountsOf, type AccountCounts } from "#domain/timelines/account-counts.ts";
import type { Transaction } from "#platform/database.ts";
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

/** What showing some accounts takes, read in a few queries however many they are. */
export type AccountFaces = {
  accounts: ReadonlyMap<string, Voice>;
  media: ReadonlyMap<string, Media>;
  counts: ReadonlyMap<string, AccountCounts>;
};

/** Some accounts in the order of the ids given; those that are not there are left out. */
export async function accountsOf(tx: Transaction, site: Site, ids: readonly string[]): Promise<Account[]> {
  const accounts = await accountsById(tx, site.authority.id, ids);
  const entities = await accountEntities(tx, site, [...accounts.values()]);
  return ids.flatMap((id) => entities.get(id) ?? []);
}

/** Entities by id. */
export async function accountEntities(
  tx: Transaction,
  site: Site,
  accounts: readonly Voice[],
): Promise<Map<string, Account>> {
  const authority = site.authority.id;
  const pictures = accounts.flatMap(({ avatar, header }) => [avatar, header].filter((id) => id !== null));
  const media = await mediaById(tx, authority, [...new Set(pictures)]);
  const counts = await accountCountsOf(
    tx,
    authority,
    accounts.map(({ id }) => id),
  );
  return new Map(accounts.map((account) => [account.id, accountEntity(site, account, { media, counts })]));
}

export function accountEntity(
  site: Site,
  account: Voice,
  { media, counts }: Pick<AccountFaces, "media" | "counts">,
): Account {
  const own = account.uri === null;
  const uri = account.uri ?? accountUri(site, account.id);
  const picture = (id: string | null, none: string) =>
    id !== null && media.get(id)?.state === "ready" ? pictureUrl(site, id) : `${site.origin}${none}`;
  const avatar = picture(account.avatar, noAvatar);
  const header = picture(account.header, noHeader);
  const count = counts.get(account.id);
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
    followers_count: count?.followers ?? 0,
    following_count: count?.following ?? 0,
    statuses_count: count?.posts ?? 0,
    last_status_at: count?.lastPostOn ?? null,
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
