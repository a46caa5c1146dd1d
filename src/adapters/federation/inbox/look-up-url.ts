import { findAccount, findRemoteAccount, type Account } from "#domain/accounts/account.ts";
import type { Authority, AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { findAnyPost, findPostByUri } from "#domain/posts/read-posts.ts";
import { isDomainBlocked } from "#domain/relationships/blocks.ts";
import { siteOf, type Services, type Site } from "#context.ts";
import type { Transaction } from "#platform/database.ts";
import { fetchObject } from "../signed-fetch.ts";
import { longestUri, sameHost, type Json } from "./as2.ts";
import { saveActor } from "./fetch-actor.ts";
import { keepFetched } from "./fetch-post.ts";
import { paceOf } from "./look-up-account.ts";
import { isOnSite } from "./own-uri.ts";
import { isActor, readActor } from "./read-actor.ts";
import { isPost } from "./read-note.ts";

export type LookedUp = { account: Account } | { post: Post };

/**
 * The account or post elsewhere at an address that somebody was given: one that we know, or as its own server tells
 * it, which is kept. Whoever asks must still be asked whether they may see the post.
 */
export async function lookUpUrl(
  services: Services,
  authority: Authority,
  address: string,
): Promise<LookedUp | undefined> {
  const url = address.length <= longestUri ? URL.parse(address.trim()) : null;
  const site = siteOf(services.config, authority);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  if (isOnSite(site, url.href) || url.host === authority.handleDomain) return undefined;
  const { known, blocked } = await services.db.read(authority.id, async (tx) => ({
    known: await findKnown(tx, authority.id, url.href),
    blocked: await isDomainBlocked(tx, authority.id, url.host),
  }));
  if (known) return known;
  if (blocked || !paceOf(services)(url.host)) return undefined;
  const fetched = await fetchObject(services, site, url.href);
  if (!fetched.ok) return undefined;
  const uri = String(fetched.json["id"]);
  if (isOnSite(site, uri)) return undefined;
  const elsewhere = await services.db.read(authority.id, async (tx) => ({
    known: await findKnown(tx, authority.id, uri),
    blocked: await isDomainBlocked(tx, authority.id, URL.parse(uri)?.host ?? ""),
  }));
  if (elsewhere.blocked) return undefined;
  return elsewhere.known ?? keep(services, site, fetched, url.href);
}

async function keep(
  services: Services,
  site: Site,
  { json, finalUrl }: { json: Json; finalUrl: string },
  asked: string,
): Promise<LookedUp | undefined> {
  const authority = site.authority.id;
  if (isPost(json)) {
    const kept = await keepFetched(services, site, json, asked, { wanted: "always" });
    if (kept.outcome === "known") return { post: kept.post };
    if (kept.outcome === "unavailable") return undefined;
    const post = await services.db.read(authority, (tx) => findAnyPost(tx, authority, kept.id));
    return post && { post };
  }
  const actor = isActor(json) ? readActor(json) : undefined;
  if (!actor || !sameHost(finalUrl, actor.uri)) return undefined;
  const account = await services.db.as(authority, async (tx) =>
    findAccount(tx, authority, await saveActor(tx, authority, actor)),
  );
  return account && !account.goneAt ? { account } : undefined;
}

async function findKnown(
  tx: Transaction,
  authority: AuthorityId,
  uri: string,
): Promise<LookedUp | undefined> {
  const post = await findPostByUri(tx, authority, "fediverse", uri);
  if (post) return { post };
  const account = await findRemoteAccount(tx, authority, uri);
  return account && !account.goneAt ? { account } : undefined;
}
