import { findRemoteAccount, type Account } from "#domain/accounts/account.ts";
import { adoptOrphans } from "#domain/posts/adopt-orphans.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { findPostByUri } from "#domain/posts/read-posts.ts";
import { receiveEdit } from "#domain/posts/receive-change.ts";
import { isDomainBlocked } from "#domain/relationships/blocks.ts";
import type { Services, Site } from "#context.ts";
import { fetchObject } from "../signed-fetch.ts";
import { idOf, sameHost, type Json } from "./as2.ts";
import { fetchActor, saveActor } from "./fetch-actor.ts";
import { isOnSite } from "./own-uri.ts";
import { keepNote, readNoteFrom } from "./keep-note.ts";
import { authorOf, isPost } from "./read-note.ts";
import { TokenBuckets } from "./token-buckets.ts";

export type PostFetched =
  | { outcome: "kept"; id: PostId; uri: string; parent: string | undefined; json: Json }
  | { outcome: "known"; post: Post }
  /** `lasting`: asking again will not help. */
  | { outcome: "unavailable"; lasting: boolean; reason: string };

export type Wish = {
  wanted: "if-for-us" | "always";
  /** Who must have said it. */
  author?: string | undefined;
  /** It may have been edited: fetched although known. */
  again?: boolean;
};

/** What one process asks of one host: what is beyond it waits its turn. */
const hosts = new TokenBuckets({ burst: 60, perSecond: 1 });

/** Fetches one post from its own server, with its author, and keeps it. Never in a transaction while it waits. */
export async function fetchPost(
  services: Services,
  site: Site,
  uri: string,
  wish: Wish,
): Promise<PostFetched> {
  const authority = site.authority.id;
  const host = URL.parse(uri)?.host ?? "";
  if (isOnSite(site, uri) || host === "") return unavailable("it would be ours", true);
  const { known, blocked } = await services.db.read(authority, async (tx) => ({
    known: await findPostByUri(tx, authority, "fediverse", uri),
    blocked: await isDomainBlocked(tx, authority, host),
  }));
  if (known && !wish.again) return { outcome: "known", post: known };
  if (blocked) return unavailable("its server is blocked", true);
  if (!hosts.take(host, services.clock()))
    return unavailable("its server has been asked enough for now", false);
  const fetched = await fetchObject(services, site, uri);
  if (!fetched.ok) return unavailable(fetched.reason, fetched.gone);
  return keepFetched(services, site, fetched.json, uri, wish);
}

/** Keeps an object that its own server gave us. */
export async function keepFetched(
  services: Services,
  site: Site,
  json: Json,
  asked: string,
  wish: Wish,
): Promise<PostFetched> {
  const authority = site.authority.id;
  const uri = idOf(json);
  const author = authorOf(json, wish.author);
  if (!uri || !isPost(json) || !author || !sameHost(author, uri)) return unavailable("not a post", true);
  if (isOnSite(site, uri)) return unavailable("it would be ours", true);
  if (wish.author && author !== wish.author) return unavailable("another's post", true);
  const account = await authorAccount(services, site, author);
  if (!account) return unavailable("its author's server does not answer", false);
  return services.db.as(authority, async (tx): Promise<PostFetched> => {
    const incoming = await readNoteFrom(tx, site, json, {
      author: account,
      entry: null,
      now: services.clock(),
    });
    if (!incoming) return unavailable("nothing to read in it", true);
    if (wish.again) await receiveEdit(tx, authority, incoming);
    const received = await keepNote(tx, site, incoming, wish.wanted);
    if (received.outcome !== "received" && received.outcome !== "known")
      return unavailable(received.outcome, true);
    // Whoever answered may have named it by its page.
    const known = await findPostByUri(tx, authority, "fediverse", uri);
    if (known && asked !== uri)
      await adoptOrphans(tx, authority, [{ id: known.id, uri: asked, thread: known.thread }]);
    if (received.outcome === "known")
      return known ? { outcome: "known", post: known } : unavailable("gone", true);
    return { outcome: "kept", id: received.id, uri, parent: received.missingParent, json };
  });
}

async function authorAccount(services: Services, site: Site, uri: string): Promise<Account | undefined> {
  const authority = site.authority.id;
  const known = await services.db.read(authority, (tx) => findRemoteAccount(tx, authority, uri));
  if (known) return known;
  const fetched = await fetchActor(services, site, uri);
  if (!fetched.ok) return undefined;
  return services.db.as(authority, async (tx) => {
    await saveActor(tx, authority, fetched.actor);
    return findRemoteAccount(tx, authority, uri);
  });
}

function unavailable(reason: string, lasting: boolean): PostFetched {
  return { outcome: "unavailable", lasting, reason };
}
