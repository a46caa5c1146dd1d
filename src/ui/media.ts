import { attributes, type Html, html } from "#platform/html.ts";
import { icon } from "./icon.ts";
import { type Reader, uiWords } from "./words.ts";

/** Something attached to a post. `src` is what is shown (ours, re-encoded); `href` leads to the full size. */
export type AttachmentView = {
  src: string;
  /** Pixels of `src`, so that nothing jumps as it loads. */
  width: number;
  height: number;
  alt: string;
  /** MIME type. */
  type: string;
  href: string;
};

/** The attachments of a post: images in a grid of one to four, the rest beneath each other. */
export function media(
  attachments: readonly AttachmentView[],
  reader: Pick<Reader, "language">,
  /** Seen at once: what waits to be scrolled to would come late. */
  eager = false,
): Html | null {
  if (attachments.length === 0) return null;
  const words = uiWords[reader.language];
  const images = attachments.filter((one) => one.type.startsWith("image/"));
  const others = attachments.filter((one) => !one.type.startsWith("image/"));
  const grid = images.map(
    (image) =>
      html`<a href="${image.href}"
        ><img
          class="u-photo"
          src="${image.src}"
          alt="${image.alt || words.image}"
          width="${image.width}"
          height="${image.height}"
          ${attributes({ loading: eager ? undefined : "lazy" })}
          decoding="async"
      /></a>`,
  );
  return html`${images.length > 0 ? html`<div class="images" data-count="${Math.min(images.length, 4)}">${grid}</div>` : null}${others.map((one) => player(one, words))}`;
}

function player(
  attachment: AttachmentView,
  words: { openMedia: (kind: string) => string; attachment: string },
): Html {
  const label = attachment.alt || words.attachment;
  const link = html`<a href="${attachment.href}">${icon("link")} ${words.openMedia(label)}</a>`;
  const shared = { controls: true, preload: "none", "aria-label": label };
  if (attachment.type.startsWith("video/")) {
    const size = { width: attachment.width || undefined, height: attachment.height || undefined };
    return html`<video${attributes({ ...shared, ...size, src: attachment.src })}>${link}</video>`;
  }
  if (attachment.type.startsWith("audio/")) {
    return html`<audio${attributes({ ...shared, src: attachment.src })}>${link}</audio>`;
  }
  return html`<p>${link}</p>`;
}
