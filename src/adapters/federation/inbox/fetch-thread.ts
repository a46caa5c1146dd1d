import { adoptOrphans, markParentsUnavailable } from "#domain/posts/adopt-orphans.ts";
import type { Services, Site } from "#context.ts";
import { fetchPost } from "./fetch-post.ts";
import { queueFetch } from "./keep-note.ts";

const mostAncestors = 30;

/** What to do when a server does not answer: the times after which it is asked again. */
export const retryAfterMinutes = [1, 10, 60, 360];

/**
 * Fetches the posts that a reply answers, upward until one that we have, the first of the thread, or the bound.
 * A ring of answers ends at the first post that we have.
 */
export async function fetchThread(
  services: Services,
  site: Site,
  job: { uri: string; attempt: number },
): Promise<void> {
  const authority = site.authority.id;
  let uri = job.uri;
  for (let step = 0; step < mostAncestors; step++) {
    const fetched = await fetchPost(services, site, uri, { wanted: "always" });
    if (fetched.outcome === "known") {
      const { id, thread } = fetched.post;
      // It may have come at the same moment as the reply to it.
      await services.db.as(authority, (tx) => adoptOrphans(tx, authority, [{ id, uri, thread }]));
      return;
    }
    if (fetched.outcome === "unavailable")
      return giveUpOrWait(services, site, uri, fetched, step === 0 ? job.attempt : 0);
    if (!fetched.parent) {
      await services.db.as(authority, (tx) =>
        queueFetch(tx, site, "fetch-replies", fetched.uri, { depth: "0" }),
      );
      return;
    }
    uri = fetched.parent;
  }
  await services.db.as(authority, (tx) => markParentsUnavailable(tx, authority, [uri]));
}

/** Until it can be had the page says that it is missing. */
async function giveUpOrWait(
  services: Services,
  site: Site,
  uri: string,
  failure: { lasting: boolean; reason: string },
  attempt: number,
): Promise<void> {
  const authority = site.authority.id;
  const minutes = failure.lasting ? undefined : retryAfterMinutes[attempt];
  services.log.info("a post that was answered could not be fetched", {
    authority,
    uri,
    reason: failure.reason,
    again: minutes ?? "never",
  });
  await services.db.as(authority, async (tx) => {
    await markParentsUnavailable(tx, authority, [uri]);
    if (minutes !== undefined)
      await queueFetch(
        tx,
        site,
        "fetch-thread",
        uri,
        { attempt: String(attempt + 1) },
        services.clock().add({ minutes }),
      );
  });
}
