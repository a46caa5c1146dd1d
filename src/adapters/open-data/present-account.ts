import { accountUri, accountUrl, type Site } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Media } from "#domain/media/media.ts";
import { isoInstant } from "#platform/i18n.ts";
import { pictureOf } from "#ui/present-post.ts";
import type { Columns } from "./csv.ts";
import { written } from "./written.ts";

export type OpenAccount = ReturnType<typeof presentAccount>;

export function presentAccount(site: Site, account: Account, media: ReadonlyMap<string, Media>) {
  const avatar = account.avatar ? pictureOf(media.get(account.avatar)) : undefined;
  const url = accountUrl(site, account.handle);
  return {
    id: account.id,
    uri: accountUri(site, account.id),
    handle: `${account.handle}@${account.domain}`,
    url,
    name: account.name || account.handle,
    kind: account.kind,
    role: account.role,
    answers: account.answers,
    biography: written(site, account.biography, media),
    fields: account.fields.map(({ name, value, verified }) => ({ name, value, verified: verified === true })),
    avatar: avatar ? site.origin + avatar.src : null,
    feed: `${url}/feed.json`,
    since: isoInstant(account.createdAt),
    active: account.goneAt === null,
  };
}

export const accountColumns: Columns<OpenAccount> = [
  ["id", (account) => account.id],
  ["uri", (account) => account.uri],
  ["handle", (account) => account.handle],
  ["url", (account) => account.url],
  ["name", (account) => account.name],
  ["kind", (account) => account.kind],
  ["role", (account) => account.role],
  ["answers", (account) => account.answers],
  ["biography", (account) => account.biography.text],
  ["avatar", (account) => account.avatar],
  ["feed", (account) => account.feed],
  ["since", (account) => account.since],
  ["active", (account) => account.active],
];
