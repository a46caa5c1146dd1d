import { findAccounts } from "../accounts/look-up.ts";
import { answer, refuse } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { type Account, accountsOf } from "../entities/account.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import type { Status } from "../entities/status.ts";
import type { Tag } from "../entities/tag.ts";
import { limitOf, offsetOf } from "../page.ts";
import { findStatus } from "../statuses/find-status.ts";
import { findAddress, type Named } from "./find-address.ts";
import { searchStatuses } from "./search-statuses.ts";
import { searchTags } from "./search-tags.ts";

const kinds = ["accounts", "statuses", "hashtags"] as const;
const longestQuery = 1_000;

/** https://docs.joinmastodon.org/entities/Search/ */
export type Search = { accounts: Account[]; statuses: Status[]; hashtags: Tag[] };

/** What is looked for, and how much of it. */
export type Asked = { query: string; limit: number; offset: number };

/** GET /api/v2/search */
export async function search(call: Call): Promise<Response> {
  const { params, caller } = call;
  const query = (params.text("q") ?? "").trim().slice(0, longestQuery);
  if (query === "") return refuse(400, "param is missing or the value is empty: q");
  const resolve = params.flag("resolve") ?? false;
  const type = params.word("type", kinds);
  const offset = offsetOf(call);
  if (!caller && resolve)
    return refuse(
      401,
      "Search queries that resolve remote resources are not supported without authentication",
    );
  if (!caller && offset > 0)
    return refuse(401, "Search queries pagination is not supported without authentication");
  const named = /^https?:\/\//i.test(query) ? await atAddress(call, query, resolve) : undefined;
  if (named) return answer(await shown(call, named, type));
  const asked: Asked = { query, limit: limitOf(call, { usual: 20, most: 40 }), offset: type ? offset : 0 };
  const wants = (kind: (typeof kinds)[number]) => type === undefined || type === kind;
  const found: Search = {
    accounts: wants("accounts") ? await findAccounts(call, asked) : [],
    statuses: wants("statuses") && !query.startsWith("#") ? await searchStatuses(call, asked) : [],
    hashtags: wants("hashtags") ? await searchTags(call, asked) : [],
  };
  return answer(found);
}

/** Our own and those we know are found here; others are asked for at their servers, if the person wishes so. */
async function atAddress(
  { services, site }: Call,
  address: string,
  resolve: boolean,
): Promise<Named | undefined> {
  const known = await services.db.read(site.authority.id, (tx) => findAddress(tx, site, address));
  if (known || !resolve) return known;
  const found = await services.lookUpUrl(site.authority, address);
  if (!found) return undefined;
  return "account" in found ? { account: found.account.id } : { post: found.post.id };
}

async function shown(call: Call, named: Named, type: (typeof kinds)[number] | undefined): Promise<Search> {
  const { services, site } = call;
  return services.db.read(site.authority.id, async (tx) => {
    const account = "account" in named && (type ?? "accounts") === "accounts" ? [named.account] : [];
    const post =
      "post" in named && (type ?? "statuses") === "statuses"
        ? await findStatus(tx, call, named.post)
        : undefined;
    return {
      accounts: await accountsOf(tx, site, account),
      statuses: await loadStatuses(tx, call, post ? [post] : []),
      hashtags: [],
    };
  });
}
