import type { AccountId } from "#domain/accounts/account.ts";
import type { Language } from "#platform/i18n.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Block } from "#domain/text/blocks.ts";
import type { Id } from "#platform/id.ts";

export type PostId = Id<"post">;
export type Visibility = "public" | "unlisted" | "followers" | "direct";
/** In which capacity a post speaks: for the authority, in office, personally. */
export type Capacity = "authority" | "office" | "personal";
export type SourceType = "plain" | "markdown" | "html";

/** A picture of a post; the alternative text belongs to the version, so that history keeps it. */
export type Attachment = { media: Id<"media">; alt: string };

/** A post with the words of its latest version. */
export type Post = {
  id: PostId;
  account: AccountId;
  network: string;
  /** Its name elsewhere; null for ours. */
  uri: string | null;
  /** Its page elsewhere. */
  url: string | null;
  kind: "note" | "article";
  visibility: Visibility;
  capacity: Capacity | null;
  version: number;
  /** The first post of the conversation, as far as we know it. */
  thread: PostId;
  inReplyTo: PostId | null;
  /** Kept until the parent is here. */
  inReplyToUri: string | null;
  parentState: "missing" | "unavailable" | null;
  /** What the post says of itself; the id tells when it came to us. */
  publishedAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
  deletedAt: Temporal.Instant | null;
  hiddenAt: Temporal.Instant | null;
  person: PersonId | null;
  sourceType: SourceType;
  source: string;
  title: string | null;
  warning: string | null;
  language: string | null;
  blocks: Block[];
  attachments: Attachment[];
  /** Why the latest version replaced the one before. */
  reason: string | null;
};

/** What a writer gives for a new post or a new version. */
export type Draft = {
  kind: "note" | "article";
  sourceType: "plain" | "markdown";
  source: string;
  title?: string | undefined;
  warning?: string | undefined;
  language: Language | (string & {});
  attachments: Attachment[];
  /** Why something may stand that otherwise stops the post; empty or absent when no reason is given. */
  exceptions?: { personalNumber?: string; alternativeText?: string } | undefined;
};
