import { followedHosts } from "#domain/relationships/followed-hosts.ts";
import { languageNames } from "#platform/i18n.ts";
import { answer } from "../answers.ts";
import { open, ready, type Endpoint } from "../endpoint.ts";
import { noAvatar, noHeader } from "../entities/account.ts";
import { missingAvatar, missingHeader } from "./missing-pictures.ts";
import { readRules } from "./read-instance.ts";
import { activity } from "./show-activity.ts";
import { domainBlocks } from "./show-domain-blocks.ts";
import { instance } from "./show-instance.ts";
import { oldInstance } from "./show-old-instance.ts";
import { extendedDescription, privacyPolicy, termsOfService } from "./standing-texts.ts";

export const instanceEndpoints: readonly Endpoint[] = [
  ready(open("GET", "/api/v2/instance", instance)),
  ready(open("GET", "/api/v1/instance", oldInstance)),
  open("GET", "/api/v1/instance/peers", async ({ services, site }) =>
    answer(await services.db.read(site.authority.id, (tx) => followedHosts(tx, site.authority.id))),
  ),
  open("GET", "/api/v1/instance/activity", activity),
  open("GET", "/api/v1/instance/rules", async ({ services, site }) =>
    answer(await services.db.read(site.authority.id, (tx) => readRules(tx, { site }))),
  ),
  open("GET", "/api/v1/instance/domain_blocks", domainBlocks),
  open("GET", "/api/v1/instance/extended_description", extendedDescription),
  open("GET", "/api/v1/instance/privacy_policy", privacyPolicy),
  open("GET", "/api/v1/instance/terms_of_service", termsOfService),
  open("GET", "/api/v1/instance/terms_of_service/:date", termsOfService),
  // Nothing is translated: words of a public body are its own.
  open("GET", "/api/v1/instance/translation_languages", () => answer({})),
  open("GET", "/api/v1/instance/languages", ({ site }) =>
    answer(site.authority.languages.map((code) => ({ code, name: languageNames[code] }))),
  ),
  open("GET", noAvatar, missingAvatar),
  open("GET", noHeader, missingHeader),
];
