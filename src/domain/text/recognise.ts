import type { Inline } from "./blocks.ts";
import { safeHref } from "./safe-href.ts";

/** What a typed handle stands for; `handle` in full when the typed one was short (`@anna`). */
export type ResolvedMention = { href: string; account?: string; handle?: string };

export type MentionResolver = (handle: string) => ResolvedMention | undefined;

/** Running text to inlines: addresses, #tags and @mentions. An unresolved mention stays text. */
export function recognise(text: string, resolveMention?: MentionResolver): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const { index, inline, length } of findings(text, resolveMention)) {
    if (index > end) inlines.push({ kind: "text", text: text.slice(end, index) });
    inlines.push(inline);
    end = index + length;
  }
  if (end < text.length) inlines.push({ kind: "text", text: text.slice(end) });
  return inlines;
}

/** Whether a tag may bear this name: letters, digits and `_`, at least one letter. */
export function isTagName(name: string): boolean {
  return TAG_NAME.test(name) && /\p{L}/u.test(name);
}

type Finding = { index: number; length: number; inline: Inline };

function* findings(text: string, resolveMention?: MentionResolver): Generator<Finding> {
  for (const match of text.matchAll(PATTERN)) {
    const { url, tag, mention } = match.groups ?? {};
    const index = match.index;
    if (url !== undefined) {
      const shown = trimAddress(url);
      const href = safeHref(shown.startsWith("www.") ? `https://${shown}` : shown);
      if (href) {
        const inlines: Inline[] = [{ kind: "text", text: shown }];
        yield { index, length: shown.length, inline: { kind: "link", href, inlines } };
      }
    } else if (tag !== undefined) {
      if (isTagName(tag)) yield { index, length: tag.length + 1, inline: { kind: "tag", name: tag } };
    } else if (mention !== undefined) {
      const resolved = resolveMention?.(mention);
      if (!resolved) continue;
      const { handle = mention, href, account } = resolved;
      const inline: Inline = { kind: "mention", handle, href, ...(account === undefined ? {} : { account }) };
      yield { index, length: mention.length, inline };
    }
  }
}

/** A sentence's own punctuation is not the address's; a bracket is, if it was opened in the address. */
function trimAddress(url: string): string {
  const address = url.slice(0, 2048);
  const counts = new Map<string, number>();
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1);
  const count = (character: string) => counts.get(character) ?? 0;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    const opening = BRACKETS[last];
    const unbalanced = opening !== undefined && count(last) > count(opening);
    if (!unbalanced && !TRAILING.has(last)) break;
    counts.set(last, count(last) - 1);
  }
  return address.slice(0, end);
}

const TAG_NAME = /^[\p{L}\p{N}\p{M}_·]+$/u;
const BRACKETS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
const TRAILING = new Set(".,;:!?'\"’”»…*_");

const URL_PATTERN = String.raw`(?<![\p{L}\p{N}])(?<url>https?:\/\/[^\s<>"«“]+|www\.[^\s<>"«“]+\.[^\s<>"«“]+)`;
const TAG_PATTERN = String.raw`(?<![\p{L}\p{N}\p{M}_\/&#@.])#(?<tag>[\p{L}\p{N}\p{M}_]+(?:·[\p{L}\p{N}\p{M}_]+)*)`;
const USER = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?";
const HOST = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?(?::\d{1,5}(?!\d))?`;
const MENTION_PATTERN = String.raw`(?<![\p{L}\p{N}_\/@.=#&+-])(?<mention>@${USER}(?:@${HOST})?)(?![\p{L}\p{N}_@])`;
const PATTERN = new RegExp(`${URL_PATTERN}|${TAG_PATTERN}|${MENTION_PATTERN}`, "giu");
