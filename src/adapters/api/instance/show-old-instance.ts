import { firstLanguage } from "#domain/authorities/authority.ts";
import { pictureUrl } from "#context.ts";
import { followedHosts } from "#domain/relationships/followed-hosts.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { noHeader } from "../entities/account.ts";
import {
  accountLimits,
  mediaLimits,
  pollLimits,
  statusLimits,
  streamingUrl,
  version,
} from "../entities/instance.ts";
import { readInstance } from "./read-instance.ts";
import { instanceWords } from "./words.ts";

/** GET /api/v1/instance, which older apps ask */
export async function oldInstance(call: Pick<Call, "services" | "site" | "now">): Promise<Response> {
  const { services, site } = call;
  const { authority, origin } = site;
  const { contact, rules, totals, hosts } = await services.db.read(authority.id, async (tx) => ({
    ...(await readInstance(tx, call)),
    hosts: await followedHosts(tx, authority.id),
  }));
  const description = instanceWords[firstLanguage(authority)].description(authority.name);
  return answer({
    uri: authority.domain,
    title: authority.name,
    short_description: description,
    description,
    email: authority.email ?? "",
    version,
    urls: { streaming_api: streamingUrl(site) },
    stats: { user_count: totals.accounts, status_count: totals.posts, domain_count: hosts.length },
    thumbnail: authority.logo ? pictureUrl(site, authority.logo) : origin + noHeader,
    languages: authority.languages,
    registrations: false,
    approval_required: false,
    invites_enabled: false,
    configuration: {
      accounts: accountLimits,
      statuses: statusLimits,
      media_attachments: mediaLimits,
      polls: pollLimits,
    },
    contact_account: contact,
    rules,
  });
}
