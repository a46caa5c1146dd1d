import type { AuthorityId } from "#domain/authorities/authority.ts";
import { findAuthority, listAuthorities } from "#domain/authorities/authority.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { parseId } from "#platform/id.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { forgetLimits } from "#platform/rate-limit.ts";
import { siteOf, type Services, type Site } from "#context.ts";
import { fetchPost } from "./fetch-post.ts";
import { fetchReplies } from "./fetch-replies.ts";
import { fetchThread, retryAfterMinutes } from "./fetch-thread.ts";
import { forgetAccount } from "./forget-account.ts";
import { queueFetch } from "./keep-note.ts";
import { refreshAccount } from "./refresh-account.ts";

/** What federation fetches after the fact. Each may run twice: what is known already is left as it is. */
export function inboxJobs(services: Services): Record<string, JobHandler> {
  const forSite =
    (work: (site: Site, payload: Record<string, string>) => Promise<void>): JobHandler =>
    async (payload) => {
      const id = payload["authority"] as AuthorityId;
      const authority = await services.db.read(id, (tx) => findAuthority(tx, id));
      if (authority) await work(siteOf(services.config, authority), payload);
    };
  return {
    "fetch-thread": forSite((site, { uri = "", attempt = "0" }) =>
      fetchThread(services, site, { uri, attempt: Number(attempt) }),
    ),
    "fetch-replies": forSite((site, { uri = "", depth = "0" }) =>
      fetchReplies(services, site, { uri, depth: Number(depth) }),
    ),
    "fetch-post": forSite((site, payload) => fetchOne(services, site, payload)),
    "refresh-account": forSite(async (site, payload) => {
      const account = parseId<"account">(payload["account"]);
      if (account) await refreshAccount(services, site, account);
    }),
    "forget-account": forSite(async (site, payload) => {
      const account = parseId<"account">(payload["account"]);
      if (account) await forgetAccount(services, site, account);
    }),
    "forget-seen-activities": () => forgetSeen(services),
  };
}

/** A post that an activity only named; a boost of it is recorded once it is here. */
async function fetchOne(services: Services, site: Site, payload: Record<string, string>): Promise<void> {
  const { uri = "", author, again, boost, attempt = "0", entry } = payload;
  const authority = site.authority.id;
  const account = parseId<"account">(payload["account"]);
  const fetched = await fetchPost(services, site, uri, {
    wanted: boost ? "always" : "if-for-us",
    author,
    again: again === "1",
  });
  if (fetched.outcome === "unavailable") {
    const minutes = fetched.lasting ? undefined : retryAfterMinutes[Number(attempt)];
    services.log.info("a post could not be fetched", {
      authority,
      uri,
      reason: fetched.reason,
      again: minutes ?? "never",
    });
    if (minutes === undefined) return;
    const more = { ...payload, attempt: String(Number(attempt) + 1) };
    await services.db.as(authority, (tx) =>
      queueFetch(tx, site, "fetch-post", uri, more, services.clock().add({ minutes })),
    );
    return;
  }
  if (!boost || !account) return;
  const post = fetched.outcome === "kept" ? fetched.id : fetched.post.id;
  const reaction = {
    reaction: "boost",
    network: "fediverse",
    uri: boost,
    account,
    post,
    entry: entry ?? null,
  } as const;
  await services.db.as(authority, (tx) => receiveReaction(tx, authority, reaction));
}

/** A replay after so long is refused for its date; what is handled twice changes nothing anyway. */
async function forgetSeen(services: Services): Promise<void> {
  const now = services.clock();
  const before = now.subtract({ hours: 24 * 30 });
  for (const { id } of await services.db.system(listAuthorities))
    await services.db.as(id, async (tx) => {
      await tx`delete from activity_seen where authority = ${id} and at < ${before}`;
      await forgetLimits(tx, id, now);
    });
}
