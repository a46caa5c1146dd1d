import { firstLanguage } from "#domain/authorities/authority.ts";
import { mediaById } from "#domain/media/media.ts";
import { longestDescription } from "#domain/media/own-upload.ts";
import { vapidKey } from "#domain/notifications/push-key.ts";
import { pictureUrl, type Site } from "#context.ts";
import type { Transaction } from "#platform/database.ts";
import { escape } from "#platform/html.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { noAvatar, noHeader } from "../entities/account.ts";
import {
  accountLimits,
  mediaLimits,
  pollLimits,
  profileLimits,
  statusLimits,
  streamingUrl,
  version,
} from "../entities/instance.ts";
import { readInstance } from "./read-instance.ts";
import { instanceWords } from "./words.ts";

type Asked = Pick<Call, "services" | "site" | "now">;

/** GET /api/v2/instance */
export async function instance(call: Asked): Promise<Response> {
  const { site } = call;
  const { authority, origin } = site;
  const { contact, rules, totals, look, pushKey } = await read(call);
  const said = instanceWords[firstLanguage(authority)];
  return answer({
    domain: authority.domain,
    title: authority.name,
    version,
    source_url: `${origin}/about`,
    description: said.description(authority.name),
    usage: { users: { active_month: totals.speaking } },
    thumbnail: {
      url: look.banner,
      description: look.marked ? said.picture(authority.name) : "",
      blurhash: null,
      versions: null,
    },
    icon: [look.icon],
    languages: authority.languages,
    configuration: {
      urls: {
        streaming: streamingUrl(site),
        status: null,
        about: `${origin}/about`,
        privacy_policy: `${origin}/privacy`,
        terms_of_service: null,
      },
      vapid: { public_key: pushKey },
      accounts: { ...accountLimits, ...profileLimits },
      statuses: statusLimits,
      media_attachments: { ...mediaLimits, description_limit: longestDescription },
      polls: pollLimits,
      translation: { enabled: false },
      limited_federation: false,
    },
    registrations: {
      enabled: false,
      approval_required: false,
      reason_required: false,
      message: said.closed(escape(authority.name)),
      min_age: null,
      url: null,
    },
    api_versions: { mastodon: 2 },
    contact: { email: authority.email ?? "", account: contact },
    rules,
  });
}

async function read({ services, site, now }: Asked) {
  const authority = site.authority.id;
  return services.db.as(authority, async (tx) => ({
    ...(await readInstance(tx, { site, now })),
    // Made when it is first asked for.
    pushKey: await vapidKey(tx, authority),
    look: await readLook(tx, site),
  }));
}

/** The authority's own mark, where it has one. */
async function readLook(tx: Transaction, site: Site) {
  const { id, logo } = site.authority;
  const mark = logo ? (await mediaById(tx, id, [logo])).get(logo) : undefined;
  return mark?.state === "ready" && mark.width && mark.height
    ? {
        marked: true,
        banner: pictureUrl(site, mark.id),
        icon: { src: pictureUrl(site, mark.id), size: `${mark.width}x${mark.height}` },
      }
    : {
        marked: false,
        banner: site.origin + noHeader,
        icon: { src: site.origin + noAvatar, size: "400x400" },
      };
}
