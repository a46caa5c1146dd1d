import { accountUri, fullHandle, pictureUrl, postUri, postUrl, type Site, tagUrl } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Media } from "#domain/media/media.ts";
import type { Attachment, Post } from "#domain/posts/post.ts";
import { collectTags, excerpt } from "#domain/text/blocks.ts";
import { activityPubHtml } from "#domain/text/to-activitypub-html.ts";
import { escape } from "#platform/html.ts";
import { absoluteBlocks } from "#domain/text/absolute-blocks.ts";
import { audience } from "./audience.ts";
import type { ActivityJson } from "./context.ts";
import { uriOfAccount } from "./own-uris.ts";

/** A post of ours with what its document names besides it. */
export type NoteParts = {
  post: Post;
  author: Account;
  /** Those it is said to: named in the text, or the author of the post that it answers. */
  mentioned: Account[];
  parentUri: string | null;
  media: ReadonlyMap<string, Media>;
};

/** A post of ours as a Note or an Article, without the context. */
export function noteDocument(site: Site, parts: NoteParts): ActivityJson {
  const { post, author } = parts;
  const uri = postUri(site, post.id);
  const content = activityPubHtml(absoluteBlocks(post.blocks, site.origin), {
    tagHref: (name) => tagUrl(site, name),
    imageHref: (media) => imageUrl(site, parts.media.get(media)),
  });
  const attachment = attachments(site, parts);
  const tag = tags(site, parts);
  return {
    id: uri,
    type: post.kind === "article" ? "Article" : "Note",
    attributedTo: accountUri(site, author.id),
    ...audience(site, author, post.visibility, parts.mentioned),
    ...(post.title ? { name: post.title } : {}),
    ...summary(post),
    content,
    ...(post.language ? { contentMap: { [post.language]: content } } : {}),
    source: {
      content: post.source,
      mediaType: post.sourceType === "markdown" ? "text/markdown" : "text/plain",
    },
    ...(parts.parentUri ? { inReplyTo: parts.parentUri } : {}),
    ...(tag.length > 0 ? { tag } : {}),
    ...(attachment.length > 0 ? { attachment } : {}),
    published: wireTime(post.publishedAt),
    ...(post.editedAt ? { updated: wireTime(post.editedAt) } : {}),
    url: postUrl(site, author.handle, post.id),
    replies: `${uri}/replies`,
    ...(post.capacity ? { "torg:capacity": post.capacity } : {}),
  };
}

/** What stands where a post was. */
export function tombstoneDocument(site: Site, post: Pick<Post, "id" | "deletedAt">): ActivityJson {
  return {
    id: postUri(site, post.id),
    type: "Tombstone",
    ...(post.deletedAt ? { deleted: wireTime(post.deletedAt) } : {}),
  };
}

/** Whole seconds with a Z: what every peer can read. */
export function wireTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second" });
}

/** A warning is plain text to Mastodon; the summary of an article is what it shows beside title and link. */
function summary(post: Post): ActivityJson {
  if (post.warning) return { summary: post.warning, sensitive: true };
  return post.kind === "article" ? { summary: `<p>${escape(excerpt(post.blocks, 280))}</p>` } : {};
}

function tags(site: Site, { post, mentioned }: NoteParts): ActivityJson[] {
  return [
    ...mentioned.map((account) => ({
      type: "Mention",
      href: uriOfAccount(site, account),
      name: fullHandle(account),
    })),
    ...collectTags(post.blocks).map((name) => ({
      type: "Hashtag",
      href: tagUrl(site, name),
      name: `#${name}`,
    })),
  ];
}

/** The pictures beside the text and those within it, once each. */
function attachments(site: Site, { post, media }: NoteParts): ActivityJson[] {
  const within = post.blocks.flatMap((block) =>
    block.kind === "image" && block.media
      ? [{ media: block.media as Attachment["media"], alt: block.alt }]
      : [],
  );
  const pictures = new Map([...within, ...post.attachments].map((picture) => [picture.media, picture]));
  return [...pictures.values()].flatMap((picture) => {
    const file = media.get(picture.media);
    const url = imageUrl(site, file);
    if (!file || !url) return [];
    const { type: mediaType, width, height } = file;
    return [{ type: "Document", mediaType, url, name: picture.alt, width, height }];
  });
}

/** Where a picture of ours is, once it is here. */
export function imageUrl(site: Site, media: Media | undefined): string | undefined {
  return media?.state === "ready" ? pictureUrl(site, media.id) : undefined;
}
