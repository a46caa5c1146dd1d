import { accountUrl, postUri, postUrl, type Site } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { collectTags } from "#domain/text/blocks.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import { isoInstant } from "#platform/i18n.ts";
import { pictureOf } from "#ui/present-post.ts";
import type { Cell, Columns } from "./csv.ts";
import { licence } from "./licence.ts";
import type { withheldReasons } from "./schemas/post.ts";
import { written } from "./written.ts";

export type OpenPost = ReturnType<typeof presentPost>;

/** A post as it is given away. `seen`: further posts that may be named as what it answers. */
export function presentPost(site: Site, post: Post, faces: Faces, seen: ReadonlySet<string> = new Set()) {
  const author = faces.accounts.get(post.account);
  if (!author) throw new Error(`the author of ${post.id} was not loaded`);
  const ours = post.uri === null;
  const parent = post.inReplyTo;
  const withheld = whyWithheld(post, author);
  return {
    id: post.id,
    thread: post.thread,
    inReplyTo: parent && (faces.openParents.has(parent) || seen.has(parent)) ? parent : null,
    url: ours ? postUrl(site, author.handle, post.id) : `${site.origin}/posts/${post.id}`,
    ours,
    account: ours ? author.id : null,
    network: post.network,
    visibility: post.visibility,
    publishedAt: isoInstant(post.publishedAt),
    editedAt: post.editedAt ? isoInstant(post.editedAt) : null,
    withheld,
    license: ours ? licence.id : null,
    ...(withheld ? noWords : wordsOf(site, post, author, faces)),
  };
}

/**
 * Our page shows others' replies in their context, and keeps robots from quoting those who have not agreed to be found.
 * Data that is copied in bulk has neither context nor such a mark: there such words are left out, and so is everything
 * that would tell whose they are.
 */
function whyWithheld(post: Post, author: Account): (typeof withheldReasons)[number] | null {
  if (post.uri === null) return null;
  if (!author.indexable) return "author-not-indexable";
  return post.visibility === "unlisted" ? "unlisted" : null;
}

function wordsOf(site: Site, post: Post, author: Account, faces: Faces) {
  const ours = post.uri === null;
  const page = accountUrl(site, author.handle);
  return {
    uri: ours ? postUri(site, post.id) : post.uri,
    originalUrl: ours ? null : pageElsewhere(post),
    author: {
      name: author.name || author.handle,
      handle: `${author.handle}@${author.domain}`,
      url: ours ? page : pageElsewhere(author),
    },
    kind: post.kind,
    capacity: post.capacity,
    language: post.language,
    title: post.title,
    warning: post.warning,
    ...written(site, post.blocks, faces.media, ours ? undefined : "nofollow noopener ugc"),
    tags: collectTags(post.blocks),
    attachments: post.attachments.flatMap(({ media, alt }) => {
      const picture = pictureOf(faces.media.get(media));
      const { src, width, height } = picture ?? {};
      return src ? [{ url: site.origin + src, type: "image/webp", width, height, alt }] : [];
    }),
    version: post.version,
    editReason: ours && post.editedAt ? post.reason : null,
    historyUrl: ours && post.editedAt ? `${page}/${post.id}/history` : null,
  };
}

/** Others' addresses may hold letters that an address by RFC 3986 has encoded. */
function pageElsewhere({ url, uri }: { url: string | null; uri: string | null }): string | null {
  const page = URL.parse(url ?? uri ?? "");
  return page && /^https?:$/.test(page.protocol) ? page.href : null;
}

const noWords = {
  uri: null,
  originalUrl: null,
  author: null,
  kind: null,
  capacity: null,
  language: null,
  title: null,
  warning: null,
  text: null,
  html: null,
  tags: [],
  attachments: [],
  version: null,
  editReason: null,
  historyUrl: null,
} satisfies { [Name in keyof ReturnType<typeof wordsOf>]: null | [] };

const plain = [
  ["id", "thread", "inReplyTo", "url", "uri", "originalUrl", "ours", "account"],
  ["network", "visibility", "publishedAt", "editedAt", "withheld", "license"],
  ["kind", "capacity", "language", "title", "warning", "text", "tags", "version", "editReason", "historyUrl"],
] as const satisfies (keyof OpenPost)[][];

const same = (names: readonly (typeof plain)[number][number][]) =>
  names.map((name) => [name, (post: OpenPost): Cell => post[name]] as const);

export const postColumns: Columns<OpenPost> = [
  ...same(plain[0]),
  ["authorName", (post) => post.author?.name ?? null],
  ["authorHandle", (post) => post.author?.handle ?? null],
  ["authorUrl", (post) => post.author?.url ?? null],
  ...same(plain[1]),
  ...same(plain[2]),
  ["attachments", (post) => post.attachments.map((attachment) => attachment.url)],
  ["attachmentTexts", (post) => post.attachments.map((attachment) => attachment.alt).join("\n")],
];
