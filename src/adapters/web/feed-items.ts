import { postUri, type Site, tagUrl } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { collectTags } from "#domain/text/blocks.ts";
import { renderBlocks } from "#domain/text/to-html.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import { html, raw } from "#platform/html.ts";
import { pictureOf, summaryOf } from "#ui/present-post.ts";

/** What a feed says of itself; every address is absolute. */
export type FeedView = {
  title: string;
  description: string;
  language: string;
  home: string;
  /** Where this very feed is. */
  self: string;
  icon?: string;
  updated: Temporal.Instant;
  items: FeedItem[];
};

export type FeedItem = {
  /** Stays the same also when a handle changes, or a reader would show all posts anew. */
  id: string;
  url: string;
  /** Of an article; short posts have none. */
  title?: string;
  summary: string;
  /** HTML, whole, with absolute addresses. */
  content: string;
  author: { name: string; url: string };
  published: Temporal.Instant;
  updated: Temporal.Instant;
  language?: string;
  tags: string[];
  pictures: { url: string; type: string; bytes: number; alt: string }[];
};

export function feedItem(site: Site, post: Post, author: Account, faces: Faces): FeedItem {
  const { origin } = site;
  const absolute = (path: string) => (path.startsWith("/") ? origin + path : path);
  const pictures = post.attachments.flatMap((attachment) => {
    const media = faces.media.get(attachment.media);
    const picture = pictureOf(media);
    return picture
      ? [
          {
            ...picture,
            url: origin + picture.src,
            type: "image/webp",
            bytes: media?.bytes ?? 0,
            alt: attachment.alt,
          },
        ]
      : [];
  });
  const body = renderBlocks(post.blocks, {
    tagHref: (name) => tagUrl(site, name),
    mentionHref: (mention) => absolute(mention.href),
    image: (id) => {
      const picture = pictureOf(faces.media.get(id));
      return picture && { ...picture, src: origin + picture.src };
    },
  });
  const content = html`${post.warning ? html`<p><strong>${post.warning}</strong></p>` : null}${raw(body)}${pictures.map(
    (picture) =>
      html`<p><img src="${picture.url}" alt="${picture.alt}" width="${picture.width}" height="${picture.height}"></p>`,
  )}`;
  const address = `${origin}/@${author.handle}/${post.id}`;
  return {
    id: postUri(site, post.id),
    url: address,
    ...(post.title ? { title: post.title } : {}),
    summary: post.warning ?? summaryOf(post, 280),
    content: content.text,
    author: { name: author.name || author.handle, url: `${origin}/@${author.handle}` },
    published: post.publishedAt,
    updated: post.editedAt ?? post.publishedAt,
    ...(post.language ? { language: post.language } : {}),
    tags: collectTags(post.blocks),
    pictures: pictures.map(({ url, type, bytes, alt }) => ({ url, type, bytes, alt })),
  };
}
