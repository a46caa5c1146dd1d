import { accountUri, accountUrl, pictureUrl, postUri, postUrl, type Site, tagUrl } from "#context.ts";
import { isOwn } from "#domain/accounts/account.ts";
import type { KnownPost } from "#domain/posts/known-posts.ts";
import type { Capacity, Post, Visibility } from "#domain/posts/post.ts";
import { absoluteBlocks } from "#domain/text/absolute-blocks.ts";
import { collectTags, plainText } from "#domain/text/blocks.ts";
import { activityPubHtml } from "#domain/text/to-activitypub-html.ts";
import { picturesOf } from "#domain/timelines/load-faces.ts";
import type { PostStanding } from "#domain/timelines/post-standing.ts";
import type { Voice } from "#domain/timelines/voices.ts";
import type { Ingredient } from "#platform/fragments.ts";
import { escape } from "#platform/html.ts";
import { accountEntity, type Account } from "./account.ts";
import type { FilterResult } from "./filter.ts";
import { mediaAttachment, type MediaAttachment } from "./media.ts";
import type { Known } from "./known.ts";
import type { StatusFaces } from "./load-statuses.ts";
import { wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/Status/ */
export type Status = {
  id: string;
  uri: string;
  url: string;
  created_at: string;
  edited_at: string | null;
  account: Account;
  content: string;
  visibility: WireVisibility;
  sensitive: boolean;
  spoiler_text: string;
  media_attachments: MediaAttachment[];
  application: { name: string; website: string | null } | null;
  mentions: Mention[];
  tags: { name: string; url: string }[];
  emojis: never[];
  reblogs_count: number;
  favourites_count: number;
  replies_count: number;
  quotes_count: number;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  reblog: Status | null;
  poll: null;
  card: null;
  quote: null;
  quote_approval: { automatic: never[]; manual: never[]; current_user: "denied" };
  language: string | null;
  /** What a person who looks with an account of ours has done with it. */
  favourited?: boolean;
  reblogged?: boolean;
  muted?: boolean;
  bookmarked?: boolean;
  /** Of one's own posts only. */
  pinned?: boolean;
  filtered?: FilterResult[];
  /** Of Torg alone; others pass it over: docs/client-api.md. */
  torg: {
    capacity: Capacity | null;
    network: string;
    kind: Post["kind"];
    title: string | null;
    thread: string;
  };
};
export type WireVisibility = "public" | "unlisted" | "private" | "direct";
export type Mention = { id: string; username: string; url: string; acct: string };

export const wireVisibility: Record<Visibility, WireVisibility> = {
  public: "public",
  unlisted: "unlisted",
  followers: "private",
  direct: "direct",
};

const visibilities = new Map(Object.entries(wireVisibility).map(([own, wire]) => [wire, own as Visibility]));

/** What the Mastodon API calls a visibility, in Torg's word. */
export function visibilityOf(wire: string | undefined): Visibility | undefined {
  return visibilities.get(wire as WireVisibility);
}

/** Who looks, as far as it makes a status another. */
type Viewer = { id: string } | undefined;

/** A post as a status. `viewer` is whether somebody with an account of ours looks. Made once of the same, if known. */
export function statusEntity(
  site: Site,
  post: Post | KnownPost,
  faces: StatusFaces,
  viewer: Viewer,
  known?: Known,
): Status {
  const madeOf = known && ingredientsOf(site, post, faces, viewer);
  const make = () => makeStatus(site, post, faces, viewer, known);
  return madeOf ? known.statuses.get(site.authority.id, madeOf, make) : make();
}

/**
 * All that `makeStatus` makes a status of, as what it says or as an object that is another one for each version; undefined
 * where the version of the post is not known. What is added there stands here as well.
 */
function ingredientsOf(
  site: Site,
  post: Post | KnownPost,
  faces: StatusFaces,
  viewer: Viewer,
): Ingredient[] | undefined {
  if (!("mark" in post)) return undefined;
  const parentAuthor = post.inReplyTo === null ? undefined : faces.parents.get(post.inReplyTo);
  return [
    site.origin,
    post.id,
    post.mark,
    faces.accounts.get(post.account),
    viewer !== undefined,
    viewer?.id === post.account,
    parentAuthor,
    JSON.stringify(faces.standings.get(post.id)),
    JSON.stringify(faces.filtered.get(post.id)),
    JSON.stringify(picturesOf(post).map((id) => faces.media.get(id))),
    ...post.mentioned.map((id) => faces.accounts.get(id)),
  ];
}

function makeStatus(site: Site, post: Post, faces: StatusFaces, viewer: Viewer, known?: Known): Status {
  const author = faces.accounts.get(post.account);
  if (!author) throw new Error(`the author of ${post.id} was not loaded`);
  const own = post.uri === null;
  const uri = post.uri ?? postUri(site, post.id);
  const standing = faces.standings.get(post.id) ?? untouched;
  const filtered = faces.filtered.get(post.id) ?? [];
  const parentAuthor = post.inReplyTo === null ? undefined : faces.parents.get(post.inReplyTo);
  return {
    id: post.id,
    uri,
    url: own ? postUrl(site, author.handle, post.id) : (post.url ?? uri),
    created_at: wireTime(post.publishedAt),
    edited_at: post.editedAt && wireTime(post.editedAt),
    account: accountEntity(site, author, known),
    content: contentOf(site, post),
    visibility: wireVisibility[post.visibility],
    sensitive: post.warning !== null,
    spoiler_text: post.warning ?? "",
    media_attachments: attachmentsOf(site, post, faces),
    application: own ? { name: "Torg", website: null } : null,
    mentions: (faces.mentions.get(post.id) ?? []).flatMap((id) => mentionOf(site, faces.accounts.get(id))),
    tags: collectTags(post.blocks).map((name) => ({ name: name.toLowerCase(), url: tagUrl(site, name) })),
    emojis: [],
    reblogs_count: standing.boosts,
    favourites_count: standing.favourites,
    replies_count: standing.replies,
    quotes_count: 0,
    // What answers something that is gone, or not for the viewer, stands by itself.
    in_reply_to_id: parentAuthor ? post.inReplyTo : null,
    in_reply_to_account_id: parentAuthor ?? null,
    reblog: null,
    poll: null,
    card: null,
    quote: null,
    quote_approval: { automatic: [], manual: [], current_user: "denied" },
    language: post.language,
    ...(viewer ? viewed(standing, post, viewer) : {}),
    ...(viewer ? { filtered } : {}),
    torg: {
      capacity: post.capacity,
      network: post.network,
      kind: post.kind,
      title: post.title,
      thread: post.thread,
    },
  };
}

/** A boost is a status of its own around the one that is passed on. */
export function boostEntity(
  site: Site,
  boost: { id: string; at: Temporal.Instant; by: Voice },
  inner: Status,
  known?: Known,
): Status {
  const uri = `${accountUri(site, boost.by.id)}#boosts/${boost.id}`;
  return {
    ...inner,
    id: boost.id,
    uri,
    url: inner.url,
    created_at: wireTime(boost.at),
    edited_at: null,
    account: accountEntity(site, boost.by, known),
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    media_attachments: [],
    application: null,
    reblog: inner,
  };
}

/** The body as peers get it; a title, which statuses have none of, stands first. */
export function contentOf(site: Site, post: Pick<Post, "blocks" | "title">): string {
  const body = activityPubHtml(absoluteBlocks(post.blocks, site.origin), {
    tagHref: (name) => tagUrl(site, name),
    imageHref: (media) => pictureUrl(site, media),
  });
  return post.title ? `<p><strong>${escape(post.title)}</strong></p>${body}` : body;
}

/** What an app gets to edit: as it was typed, for ours. */
export function sourceOf(post: Pick<Post, "source" | "sourceType" | "blocks">): string {
  return post.sourceType === "html" ? plainText(post.blocks) : post.source;
}

/** The pictures beside the text and those within it, once each. */
export function attachmentsOf(
  site: Site,
  post: Pick<Post, "blocks" | "attachments">,
  faces: Pick<StatusFaces, "media">,
): MediaAttachment[] {
  const within = post.blocks.flatMap((block) =>
    block.kind === "image" && block.media ? [{ media: block.media, alt: block.alt }] : [],
  );
  const pictures = new Map([...within, ...post.attachments].map(({ media, alt }) => [media, alt] as const));
  return [...pictures].flatMap(([id, alt]) => {
    const media = faces.media.get(id);
    return media ? mediaAttachment(site, media, alt) : [];
  });
}

function viewed(standing: PostStanding, post: Post, viewer: { id: string }): Partial<Status> {
  return {
    favourited: standing.favourited,
    reblogged: standing.boosted,
    muted: standing.muted,
    bookmarked: standing.bookmarked,
    ...(post.account === viewer.id ? { pinned: standing.pinned } : {}),
  };
}

function mentionOf(site: Site, account: Voice | undefined): Mention | [] {
  if (!account) return [];
  const { id, handle: username } = account;
  return isOwn(account)
    ? { id, username, url: accountUrl(site, username), acct: username }
    : { id, username, url: account.url ?? account.uri ?? "", acct: `${username}@${account.domain}` };
}

const untouched: PostStanding = {
  replies: 0,
  boosts: 0,
  favourites: 0,
  boosted: false,
  favourited: false,
  bookmarked: false,
  pinned: false,
  muted: false,
};
