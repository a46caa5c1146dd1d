import { escape } from "#platform/html.ts";
import { pathIn, type Site } from "#context.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { instanceWords } from "./words.ts";

type Asked = Pick<Call, "site" | "c">;

/** GET /api/v1/instance/extended_description */
export function extendedDescription({ site, c }: Asked): Response {
  const { language, said, page } = reading(site, c);
  return answer({
    updated_at: changed,
    content: said.about(escape(site.authority.name), page("/about", language), page("/guidelines", language)),
  });
}

/** GET /api/v1/instance/privacy_policy: the whole stands on its page, where it is kept up. */
export function privacyPolicy({ site, c }: Asked): Response {
  const { language, said, page } = reading(site, c);
  return answer({ updated_at: changed, content: said.privacy(page("/privacy", language)) });
}

/** GET /api/v1/instance/terms_of_service: a public body has no terms to agree to, it has rules of conversation. */
export function termsOfService(): Response {
  return missing();
}

/** The pages change with the app and are not dated. */
const changed = "2026-11-22T00:00:00.000Z";

function reading(site: Site, c: Call["c"]) {
  const asked = (c.req.header("accept-language") ?? "").toLowerCase();
  const { languages } = site.authority;
  const language = languages.find((one) => asked.startsWith(one)) ?? languages[0] ?? "sv";
  return {
    language,
    said: instanceWords[language],
    page: (path: string, one: typeof language) => `${site.origin}${pathIn(site.authority, one, path)}`,
  };
}
