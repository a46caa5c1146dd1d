import { fullHandle, pathIn, picturePath, type PictureSize, type Site, tagPath } from "#context.ts";
import type { Face } from "#domain/accounts/account.ts";
import type { Media } from "#domain/media/media.ts";
import type { Post } from "#domain/posts/post.ts";
import { type Block, excerpt, type HeadingLevel } from "#domain/text/blocks.ts";
import { renderBlocks } from "#domain/text/to-html.ts";
import { picturesOf, type Faces } from "#domain/timelines/load-faces.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Ingredient } from "#platform/fragments.ts";
import { html, raw } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import type { AccountView } from "./account.ts";
import type { AttachmentView } from "./media.ts";
import type { PostView } from "./post.ts";

export type PresentOptions = {
  /** For a public page: does not say who wrote a parent that the public may not see. */
  forPublic?: boolean;
  /** All of the thread is on the same page, so that what it replies to is an anchor there. */
  inThread?: boolean;
};

/** A post of the domain as ui/post.ts shows it; the adapter adds its actions and what only staff see. */
export function presentPost(
  site: Site,
  language: Language,
  post: Post | TimelineItem,
  faces: Faces<Face>,
  options: PresentOptions = {},
): PostView {
  const author = faces.accounts.get(post.account);
  if (!author) throw new Error(`the author of ${post.id} was not loaded`);
  const own = post.uri === null;
  const booster = "boostedBy" in post && post.boostedBy ? faces.accounts.get(post.boostedBy) : undefined;
  const parentName = parentNameOf(post, faces, options);
  const pictures = picturesOf(post);
  const href = postPath(site, language, post, author);
  return {
    id: post.id,
    kind: post.kind,
    account: presentAccount(site, language, author, faces.media),
    href,
    ...(own ? {} : { originalHref: post.url ?? post.uri ?? "" }),
    ...(post.capacity ? { capacity: post.capacity } : {}),
    visibility: post.visibility,
    ...(post.language ? { language: post.language } : {}),
    ...(post.title ? { title: post.title } : {}),
    ...(post.warning ? { warning: post.warning } : {}),
    body: raw(
      renderBlocks(post.kind === "article" ? orderedHeadings(post.blocks) : post.blocks, {
        tagHref: (name) => pathIn(site.authority, language, tagPath(name)),
        mentionHref: (mention) =>
          mention.href.startsWith("/@") ? pathIn(site.authority, language, mention.href) : undefined,
        ...(own ? {} : { linkRel: "nofollow noopener ugc" }),
        // Others may be here for another post; what is shown follows from this one alone.
        image: (id) => (pictures.includes(id) ? pictureOf(faces.media.get(id)) : undefined),
      }),
    ),
    ...(post.kind === "article" ? { excerpt: summaryOf(post, 280) } : {}),
    attachments: post.attachments.flatMap((attachment) =>
      presentAttachment(faces.media.get(attachment.media), attachment.alt),
    ),
    publishedAt: post.publishedAt,
    ...(post.editedAt
      ? {
          edited: {
            at: post.editedAt,
            ...(post.reason ? { reason: post.reason } : {}),
            // What others have taken back stays with them; our own history is open.
            historyHref: own ? `${href}/history` : (post.url ?? post.uri ?? href),
          },
        }
      : {}),
    ...(booster ? { boostedBy: presentAccount(site, language, booster, faces.media) } : {}),
    ...(own || author.indexable ? {} : { noSnippet: true }),
    ...tombstone(post, faces),
    ...(parentName !== undefined && post.inReplyTo
      ? {
          replyTo: {
            name: parentName,
            href: options.inThread
              ? `#post-${post.inReplyTo}`
              : pathIn(site.authority, language, `/posts/${post.inReplyTo}`),
          },
        }
      : {}),
    actions: html``,
  };
}

/**
 * All that the view of a post is made of besides the site and the language, for whoever keeps what was made of it.
 * Undefined where it is made of more: of what has been taken away, and of what somebody passed on.
 */
export function ingredientsOf(
  post: Post | TimelineItem,
  faces: Faces<Face>,
  options: PresentOptions,
): Ingredient[] | undefined {
  const author = faces.accounts.get(post.account);
  if (!author || post.deletedAt || post.hiddenAt || "boostedBy" in post) return undefined;
  const pictures = [author.avatar, ...picturesOf(post)].map((id) => id && faces.media.get(id));
  const { forPublic, inThread } = options;
  const parentName = parentNameOf(post, faces, options);
  return [post, author, JSON.stringify(pictures), parentName, forPublic, inThread];
}

function parentNameOf(
  { inReplyTo }: Post,
  faces: Faces<Face>,
  { forPublic }: PresentOptions,
): string | undefined {
  if (!inReplyTo || (forPublic && !faces.openParents.has(inReplyTo))) return undefined;
  const author = faces.accounts.get(faces.parents.get(inReplyTo) ?? "");
  return author && (author.name || author.handle);
}

/** How a post begins. Of an article, running text only: headings and list marks read badly on one line. */
export function summaryOf({ kind, blocks }: Pick<Post, "kind" | "blocks">, longest: number): string {
  const paragraphs = kind === "article" ? blocks.filter((block) => block.kind === "paragraph") : [];
  return excerpt(paragraphs.length > 0 ? paragraphs : blocks, longest);
}

/** Below a title the headings begin at 2 and leave no level out, however the writer has numbered them. */
function orderedHeadings(blocks: readonly Block[]): Block[] {
  const levels = blocks.flatMap((block) => (block.kind === "heading" ? block.level : []));
  const highest = Math.min(...levels);
  let last = 1;
  return blocks.map((block) => {
    if (block.kind !== "heading") return block;
    last = Math.min(block.level - highest + 2, last + 1);
    return { ...block, level: last as HeadingLevel };
  });
}

/** Our page of a post: remote ones are shown in the thread that they belong to. */
export function postPath(
  site: Site,
  language: Language,
  post: Pick<Post, "id" | "uri">,
  author: Pick<Face, "handle">,
): string {
  return pathIn(
    site.authority,
    language,
    post.uri === null ? `/@${author.handle}/${post.id}` : `/posts/${post.id}`,
  );
}

export function presentAccount(
  site: Site,
  language: Language,
  account: Face,
  media: Faces["media"],
): AccountView {
  const own = account.uri === null;
  const avatar = account.avatar ? pictureOf(media.get(account.avatar), "small") : undefined;
  return {
    id: account.id,
    name: account.name || account.handle,
    handle: fullHandle(account),
    href: own ? pathIn(site.authority, language, `/@${account.handle}`) : (account.url ?? account.uri ?? ""),
    ours: own,
    network: account.network,
    networkName: networkNames[language][account.network] ?? account.network,
    ...(avatar ? { avatar: { src: avatar.src } } : {}),
    kind: account.kind,
    ...(account.role ? { role: account.role } : {}),
  };
}

/** Where a picture of ours is, once it is here. */
export function pictureOf(media: Media | undefined, size?: PictureSize) {
  if (media?.state !== "ready" || !media.width || !media.height) return undefined;
  return { src: picturePath(media.id, size), width: media.width, height: media.height };
}

const networkNames: Record<Language, Record<string, string>> = {
  sv: { torg: "egen plats", fediverse: "fediversum" },
  en: { torg: "own site", fediverse: "fediverse" },
};

function presentAttachment(media: Media | undefined, alt: string): AttachmentView[] {
  const picture = pictureOf(media);
  return picture ? [{ ...picture, alt, type: media?.type ?? "image/webp", href: picture.src }] : [];
}

function tombstone(post: Post, { hidings }: Pick<Faces, "hidings">): Pick<PostView, "tombstone"> {
  if (post.deletedAt) return { tombstone: { why: "removed-by-author" } };
  const hiding = hidings.get(post.id);
  if (!post.hiddenAt) return {};
  return {
    tombstone: {
      why: "hidden",
      ...(hiding ? { rule: `${hiding.rule} (${hiding.title.toLowerCase()})`, reason: hiding.reason } : {}),
    },
  };
}
