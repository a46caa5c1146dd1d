import { escape } from "#platform/html.ts";

/** rel=me on links: other servers look for a link back to the profile and mark it as proven. */
export function profileFieldHtml(value: string): string {
  const url = /^https?:\/\/\S+$/.test(value) ? URL.parse(value) : null;
  if (!url) return escape(value);
  return `<a href="${escape(url.href)}" target="_blank" rel="me nofollow noopener">${escape(value.replace(/^https?:\/\//, ""))}</a>`;
}
