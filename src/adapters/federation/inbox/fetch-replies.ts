import type { Services, Site } from "#context.ts";
import { fetchObject } from "../signed-fetch.ts";
import { idOf, listOf, objectOf, sameHost, uriOf, type Json } from "./as2.ts";
import { fetchPost, keepFetched } from "./fetch-post.ts";
import { queueFetch } from "./keep-note.ts";
import { isPost } from "./read-note.ts";

const mostPages = 3;
const mostReplies = 50;
const deepest = 3;

/** Fetches what was answered to a post elsewhere, as its server lists it: answers that nobody sent us. */
export async function fetchReplies(
  services: Services,
  site: Site,
  job: { uri: string; depth: number },
): Promise<void> {
  const post = await fetchObject(services, site, job.uri);
  if (!post.ok)
    return services.log.info("replies could not be fetched", { uri: job.uri, reason: post.reason });
  const replies = await listReplies(services, site, post.json["replies"], post.finalUrl);
  for (const reply of replies) {
    const uri = idOf(reply);
    if (!uri || uri === job.uri) continue;
    const inline = objectOf(reply);
    // Words are taken only from the server that they are on.
    const trusted =
      inline && isPost(inline) && sameHost(uri, post.finalUrl) && inline["inReplyTo"] !== undefined;
    const wish = { wanted: "always" } as const;
    const kept = trusted
      ? await keepFetched(services, site, inline, uri, wish)
      : await fetchPost(services, site, uri, wish);
    if (kept.outcome === "kept" && job.depth + 1 < deepest)
      await services.db.as(site.authority.id, (tx) =>
        queueFetch(tx, site, "fetch-replies", kept.uri, { depth: String(job.depth + 1) }),
      );
  }
}

async function listReplies(
  services: Services,
  site: Site,
  collection: unknown,
  owner: string,
): Promise<unknown[]> {
  const found: unknown[] = [];
  const seen = new Set<string>();
  let next = collection;
  for (let pages = 0; pages < mostPages && found.length < mostReplies && next !== undefined;) {
    const page = await pageFrom(services, site, next, owner, seen);
    if (!page) break;
    const items = listOf(page["orderedItems"] ?? page["items"]);
    found.push(...items);
    if (items.length > 0 || page["first"] === undefined) pages++;
    next = page["first"] ?? page["next"];
  }
  return found.slice(0, mostReplies);
}

/** Inline, or fetched from the same host, each once. */
async function pageFrom(
  services: Services,
  site: Site,
  value: unknown,
  owner: string,
  seen: Set<string>,
): Promise<Json | undefined> {
  const inline = objectOf(value);
  if (inline && (inline["items"] ?? inline["orderedItems"] ?? inline["first"]) !== undefined) return inline;
  const uri = uriOf(value) ?? idOf(inline);
  if (!uri || !sameHost(uri, owner) || seen.has(uri) || seen.size > mostPages) return undefined;
  seen.add(uri);
  const fetched = await fetchObject(services, site, uri);
  return fetched.ok && sameHost(fetched.finalUrl, owner) ? fetched.json : undefined;
}
