import { attributes, escape } from "#platform/html.ts";
import { addressParts, isBareLink } from "./bare-link.ts";
import type { Block, Mention } from "./blocks.ts";
import { anchor, blocksHtml } from "./blocks-html.ts";

export type RenderOptions = {
  /** Our own page of a tag, absolute or from the root. */
  tagHref(name: string): string;
  /** Our own page of the mentioned account; without it the link goes to the account's own. */
  mentionHref?(mention: Mention): string | undefined;
  /** `nofollow noopener ugc` for bodies from outside. */
  linkRel?: string;
  image?(media: string): { src: string; width: number; height: number } | undefined;
};

/** A body as HTML for our pages. Addresses from the callbacks are ours and taken as they are. */
export function renderBlocks(blocks: readonly Block[], options: RenderOptions): string {
  return blocksHtml(blocks, {
    link(link, inner) {
      const rel = [link.rel, options.linkRel].filter(Boolean).join(" ") || undefined;
      return anchor(link.href, isBareLink(link) ? shortAddress(link.href) : inner, { rel });
    },
    mention(mention) {
      const inner = escape(shortHandle(mention.handle));
      const extra = { class: "mention", title: mention.handle };
      const own = options.mentionHref?.(mention);
      if (own !== undefined) return `<a${attributes({ href: own, ...extra }).text}>${inner}</a>`;
      return anchor(mention.href, inner, { ...extra, rel: options.linkRel });
    },
    tag({ name }) {
      const extra = { href: options.tagHref(name), class: "hashtag", rel: "tag" };
      return `<a${attributes(extra).text}>#${escape(name)}</a>`;
    },
    image({ media, src, alt }) {
      const file = media === null ? undefined : options.image?.(media);
      if (file) {
        const { width, height } = file;
        const extra = { src: file.src, width, height, alt, loading: "lazy", decoding: "async" };
        return `<figure><img${attributes(extra).text}></figure>`;
      }
      const inner = escape(alt || (src ?? ""));
      if (inner === "") return "";
      return `<p>${src === undefined ? inner : anchor(src, inner, { rel: options.linkRel })}</p>`;
    },
  });
}

function shortAddress(href: string): string {
  const { shown, rest } = addressParts(href, 40);
  return escape(rest === "" ? shown : `${shown}…`);
}

/** `@anna` of `@anna@example.se`; the whole handle stands in the title. */
function shortHandle(handle: string): string {
  const at = handle.indexOf("@", 1);
  return at === -1 ? handle : handle.slice(0, at);
}
