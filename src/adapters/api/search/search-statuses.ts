import { searchPosts } from "#domain/search/search-posts.ts";
import { searchSeen } from "#domain/timelines/search-seen.ts";
import type { Call } from "../endpoint.ts";
import { knownOf } from "../entities/known.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import type { Status } from "../entities/status.ts";
import { readFor } from "../read-for.ts";
import type { Asked } from "./search.ts";

/** Posts by their words, newest first: what the account may see, or for anyone what we ourselves said in public. */
export async function searchStatuses(
  call: Pick<Call, "services" | "site" | "params" | "caller">,
  { query, limit, offset }: Asked,
): Promise<Status[]> {
  const { site, params, caller } = call;
  const authority = site.authority.id;
  const known = knownOf(call);
  const page = { before: params.id("max_id"), after: params.id("min_id"), limit: offset + limit };
  return readFor(call, async (tx) => {
    const by = params.id<"account">("account_id");
    const found = caller
      ? await searchSeen(tx, authority, query, caller.account.id, {
          ...page,
          up: page.after !== undefined,
          by,
          known: known.posts,
        })
      : await searchPosts(tx, authority, query, page, by);
    // Going up, the nearest come last; those that were skipped are the nearest.
    const part = caller && page.after ? found.slice(0, found.length - offset) : found.slice(offset);
    return loadStatuses(tx, { ...call, known }, part);
  });
}
