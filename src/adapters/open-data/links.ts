import type { Site } from "#context.ts";
import { openUrl } from "./address.ts";
import { licence } from "./licence.ts";

/** A link header's value, RFC 8288. */
export function link(url: string, rel: string): string {
  return `<${url}>; rel="${rel}"`;
}

/** What every answer leads to: how the service is described (RFC 8631), and on what terms it is given. */
export function openLinks(site: Site): string[] {
  return [
    link(openUrl(site, "/openapi.json"), "service-desc"),
    link(openUrl(site, "/catalog"), "service-meta"),
    link(licence.url, "license"),
  ];
}
