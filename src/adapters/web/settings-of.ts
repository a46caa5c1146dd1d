import { createHash } from "node:crypto";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PageRequest } from "./page-request.ts";

/** Everything that settings can change goes into what things are kept by, so that a changed name or colour shows at once. */
export function settingsOf(authority: Authority): string {
  let known = settings.get(authority);
  if (!known) {
    known = createHash("sha256").update(JSON.stringify(authority)).digest("base64url");
    settings.set(authority, known);
  }
  return known;
}
const settings = new WeakMap<Authority, string>();

/** What all that is shown of a request is made of besides the posts: every page of a day in a language shares it. */
export function commonOf({ site, language, reader }: PageRequest): string {
  return `${settingsOf(site.authority)} ${language} ${String(reader.today)}`;
}
