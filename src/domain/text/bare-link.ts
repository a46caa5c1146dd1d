import { type Inline, inlineText } from "./blocks.ts";
import { safeHref } from "./safe-href.ts";

/** Whether the link shows its own address rather than words, so that a renderer may shorten it. */
export function isBareLink({ href, inlines }: Extract<Inline, { kind: "link" }>): boolean {
  const shown = inlines.map(inlineText).join("").trim();
  if (shown === "" || /\s/u.test(shown)) return false;
  return [shown, `https://${shown}`, `http://${shown}`].some((address) => safeHref(address) === href);
}

/** A web address in three parts, as Mastodon shows it: hidden scheme, shown start, hidden rest. */
export function addressParts(href: string, max: number): { scheme: string; shown: string; rest: string } {
  const scheme = /^https?:\/\/(?:www\.)?/u.exec(href)?.[0] ?? "";
  const address = href.slice(scheme.length);
  const shown = /^[^/?#]+\/$/u.test(address) ? address.slice(0, -1) : address;
  if (shown.length <= max) return { scheme, shown, rest: "" };
  return { scheme, shown: shown.slice(0, max), rest: shown.slice(max) };
}
