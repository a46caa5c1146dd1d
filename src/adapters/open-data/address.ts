import type { Site } from "#context.ts";

/** Where all of it stands, and stays: what would break those who read it gets a new number. */
export const base = "/api/open/v1";

/** An absolute address of open data. */
export function openUrl(site: Site, path: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${site.origin}${base}${path}${search ? `?${search}` : ""}`;
}
