import { escape } from "#platform/html.ts";
import { addressParts, isBareLink } from "./bare-link.ts";
import type { Block } from "./blocks.ts";
import { anchor, blocksHtml } from "./blocks-html.ts";

export type ActivityPubHtmlOptions = {
  /** Absolute address of our page of a tag. */
  tagHref(name: string): string;
  /** Absolute address of an image of ours; peers get images as attachments too, so they read as links here. */
  imageHref?(media: string): string | undefined;
};

/**
 * A body as peers expect it in `content`, in the classes that Mastodon writes and reads
 * (`u-url mention`, `mention hashtag`, `invisible`, `ellipsis`).
 * https://docs.joinmastodon.org/spec/activitypub/#sanitization
 */
export function activityPubHtml(blocks: readonly Block[], options: ActivityPubHtmlOptions): string {
  return blocksHtml(blocks, {
    link(link, inner) {
      return anchor(link.href, isBareLink(link) ? partedAddress(link.href) : inner, {
        rel: "nofollow noopener",
        target: "_blank",
      });
    },
    mention({ handle, href }) {
      const user = handle.replace(/^@/u, "").replace(/@.*$/u, "");
      const inner = anchor(href, `@<span>${escape(user)}</span>`, { class: "u-url mention" });
      return `<span class="h-card" translate="no">${inner}</span>`;
    },
    tag({ name }) {
      const inner = `#<span>${escape(name)}</span>`;
      return anchor(options.tagHref(name), inner, { class: "mention hashtag", rel: "tag" });
    },
    image({ media, src, alt }) {
      const href = media === null ? src : options.imageHref?.(media);
      const inner = escape(alt || (href ?? ""));
      if (inner === "") return "";
      return `<p>${href === undefined ? inner : anchor(href, inner)}</p>`;
    },
  });
}

function partedAddress(href: string): string {
  const { scheme, shown, rest } = addressParts(href, 30);
  const visible = `<span${rest === "" ? "" : ' class="ellipsis"'}>${escape(shown)}</span>`;
  return `<span class="invisible">${escape(scheme)}</span>${visible}<span class="invisible">${escape(rest)}</span>`;
}
