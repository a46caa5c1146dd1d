import type { Account } from "#domain/accounts/account.ts";
import type { Capacity, Draft, Post, PostId, SourceType, Visibility } from "#domain/posts/post.ts";
import { formText } from "../form-text.ts";
import { parseId } from "#platform/id.ts";
import type { MediaId } from "#domain/media/media.ts";
import { newSecret } from "#platform/secret.ts";

/** What stands in the composer, as typed: it comes back whole when it cannot be published. */
export type Composition = {
  /** New, an answer to a post, or a new version of one. */
  to: { mode: "new" } | { mode: "reply"; post: PostId } | { mode: "edit"; post: PostId };
  account: string;
  capacity: Capacity;
  visibility: Visibility;
  language: string;
  article: boolean;
  title: string;
  warning: string;
  text: string;
  /** Of a post being edited; a new one's follows from being an article. */
  sourceType?: SourceType;
  pictures: { media: MediaId; alt: string }[];
  reason: string;
  /** The form's one-time key: sent again with it, nothing is published twice. Empty in a form not yet given out. */
  once: string;
  /** The version that is being changed: somebody else may have been quicker. */
  version?: number;
};

export const mostPictures = 4;

/** An empty composer for an account. */
export function blankFor(account: Account, language: string): Composition {
  return {
    to: { mode: "new" },
    account: account.id,
    capacity: usualCapacity(account),
    visibility: "public",
    language,
    article: false,
    title: "",
    warning: "",
    text: "",
    pictures: [],
    reason: "",
    once: "",
  };
}

/** In which capacity an account speaks unless told otherwise. */
export function usualCapacity(account: Pick<Account, "kind">): Capacity {
  return account.kind === "authority" ? "authority" : "office";
}

/** A composer with the post as it stands. */
export function fromPost(post: Post): Composition {
  return {
    to: { mode: "edit", post: post.id },
    account: post.account,
    capacity: post.capacity ?? "authority",
    visibility: post.visibility,
    language: post.language ?? "",
    article: post.kind === "article",
    title: post.title ?? "",
    warning: post.warning ?? "",
    text: post.source,
    sourceType: post.sourceType,
    pictures: post.attachments,
    reason: "",
    once: "",
    version: post.version,
  };
}

export function readComposition(form: FormData, to: Composition["to"]): Composition {
  const text = (name: string) => formText(form, name);
  const removed = text("remove");
  const media = form
    .getAll("media")
    .flatMap((id) => (typeof id === "string" ? (parseId<"media">(id) ?? []) : []));
  return {
    to,
    account: text("account"),
    capacity: oneOf(capacities, text("capacity"), "authority"),
    visibility: oneOf(visibilities, text("visibility"), "public"),
    language: /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(text("language")) ? text("language") : "",
    article: text("article") === "1",
    title: text("title"),
    warning: text("warning"),
    text: text("text"),
    pictures: [...new Set(media)]
      .filter((id) => id !== removed)
      .slice(0, mostPictures)
      .map((id) => ({ media: id, alt: text(`alt-${id}`) })),
    reason: text("reason"),
    once: /^[\w-]{16,64}$/.test(text("once")) ? text("once") : newSecret(),
    ...(/^\d{1,6}$/.test(text("version")) ? { version: Number(text("version")) } : {}),
  };
}

export function draftOf(composition: Composition, fallback: string): Draft {
  const { article, title, warning, text, pictures } = composition;
  return {
    kind: article ? "article" : "note",
    sourceType:
      composition.sourceType === "markdown" || (article && !composition.sourceType) ? "markdown" : "plain",
    source: text,
    ...(article ? { title } : {}),
    ...(warning.trim() ? { warning } : {}),
    language: composition.language || fallback,
    attachments: pictures,
  };
}

export const capacities: readonly Capacity[] = ["authority", "office", "personal"];
export const visibilities: readonly Visibility[] = ["public", "unlisted", "followers", "direct"];

function oneOf<T extends string>(known: readonly T[], value: string, fallback: T): T {
  return known.find((one) => one === value) ?? fallback;
}
