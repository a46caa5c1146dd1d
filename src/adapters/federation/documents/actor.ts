import { firstLanguage } from "#domain/authorities/authority.ts";
import { accountUri, accountUrl, type Site, tagUrl } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Media } from "#domain/media/media.ts";
import { activityPubHtml } from "#domain/text/to-activitypub-html.ts";
import { escape } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import { absoluteBlocks } from "#domain/text/absolute-blocks.ts";
import { profileFieldHtml } from "#domain/text/profile-field-html.ts";
import type { ActivityJson } from "./context.ts";
import { imageUrl, wireTime } from "./note.ts";
import { featuredUri, followersUri, keyUri } from "./own-uris.ts";

/** One of our accounts with what its document names besides it. */
export type ActorParts = {
  account: Account;
  /** All accounts of the authority: those that it and its offices point to. */
  siblings: readonly Account[];
  media: ReadonlyMap<string, Media>;
};

/** One of our accounts as an actor, without the context. */
export function actorDocument(site: Site, { account, siblings, media }: ActorParts): ActivityJson {
  const uri = accountUri(site, account.id);
  const authority = siblings.find((other) => other.kind === "authority" && other.id !== account.id);
  const offices = siblings.filter((other) => other.kind === "office" && other.id !== account.id);
  const icon = picture(site, media.get(account.avatar ?? ""));
  const image = picture(site, media.get(account.header ?? ""));
  return {
    id: uri,
    // An office is a role, but clients set Group and Service apart (as forum and as robot): Person is a plain account.
    type: account.kind === "authority" ? "Organization" : "Person",
    preferredUsername: account.handle,
    name: account.name,
    summary: activityPubHtml(absoluteBlocks(account.biography, site.origin), {
      tagHref: (name) => tagUrl(site, name),
    }),
    url: accountUrl(site, account.handle),
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    followers: followersUri(site, account),
    following: `${uri}/following`,
    featured: featuredUri(site, account),
    endpoints: { sharedInbox: `${site.origin}/ap/inbox` },
    publicKey: { id: keyUri(site, account.id), owner: uri, publicKeyPem: account.publicKey },
    ...(icon ? { icon } : {}),
    ...(image ? { image } : {}),
    attachment: properties(site, account, authority, offices),
    manuallyApprovesFollowers: account.locked,
    discoverable: true,
    indexable: true,
    published: wireTime(account.createdAt),
    alsoKnownAs: [],
    ...(account.kind === "office" && authority ? { "torg:authority": accountUri(site, authority.id) } : {}),
    ...(account.kind === "authority"
      ? { "torg:offices": offices.map((office) => accountUri(site, office.id)) }
      : {}),
  };
}

type Words = { partOf: string; offices: string; answers: string };
const words: Record<Language, Words> = {
  sv: { partOf: "Del av", offices: "Konton", answers: "Svarar för kontot" },
  en: { partOf: "Part of", offices: "Accounts", answers: "Answers for the account" },
};

/** Fields that clients show beside the name: the account's own, and the tie between office and authority. */
function properties(
  site: Site,
  account: Account,
  authority: Account | undefined,
  offices: readonly Account[],
): ActivityJson[] {
  const word = words[firstLanguage(site.authority)];
  const pairs: [name: string, value: string][] = account.fields.map((field) => [
    field.name,
    profileFieldHtml(field.value),
  ]);
  if (account.answers) pairs.push([word.answers, escape(account.answers)]);
  if (account.kind === "office" && authority)
    pairs.push([word.partOf, profileLink(site, authority, authority.name)]);
  if (account.kind === "authority" && offices.length > 0) {
    // Fields are short in every client; the whole list is in torg:offices and on the site.
    const links = offices.slice(0, 8).map((office) => profileLink(site, office, `@${office.handle}`));
    pairs.push([word.offices, links.join(", ")]);
  }
  return pairs.map(([name, value]) => ({ type: "PropertyValue", name, value }));
}

function profileLink(site: Site, account: Account, text: string): string {
  return `<a href="${escape(accountUrl(site, account.handle))}" rel="noopener">${escape(text)}</a>`;
}

function picture(site: Site, media: Media | undefined): ActivityJson | undefined {
  const url = imageUrl(site, media);
  return url && media
    ? { type: "Image", mediaType: media.type, url, width: media.width, height: media.height }
    : undefined;
}
