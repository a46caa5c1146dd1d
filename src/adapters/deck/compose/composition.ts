import type { Account } from "#domain/accounts/account.ts";
import type { DraftContent } from "#domain/drafts/content.ts";
import type { Capacity, Draft, Post, PostId, Visibility } from "#domain/posts/post.ts";
import { usualCapacity } from "#domain/posts/usual-capacity.ts";
import { HTTPException } from "hono/http-exception";
import { articleLength, mostPictures } from "#domain/posts/check-draft.ts";
import { formText } from "../form-text.ts";
import { parseId } from "#platform/id.ts";
import { newSecret } from "#platform/secret.ts";

/** What stands in the composer, as typed: it comes back whole when it cannot be published. */
export type Composition = DraftContent & {
  /** New, an answer to a post, or a new version of one. */
  to: { mode: "new" } | { mode: "reply"; post: PostId } | { mode: "edit"; post: PostId };
  reason: string;
  /** The form's one-time key: sent again with it, nothing is published twice. Empty in a form not yet given out. */
  once: string;
  /** The version that is being changed: somebody else may have been quicker. */
  version?: number;
  /** When it is to go out, as local time of the authority ("2026-11-23T08:00"); empty means at once. */
  when: string;
  /** Why it is to go out without the approval that the account asks for. */
  bypassReason: string;
  /** The newest post of the conversation when the answer was begun: what came since is shown before it is sent. */
  seen: string;
};

/** Of all fields together: far more than an article with its descriptions. */
const longest = 2 * articleLength;

const noExceptions: DraftContent["exceptions"] = { personalNumber: "", alternativeText: "" };

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
    exceptions: noExceptions,
    split: false,
    reason: "",
    once: "",
    when: "",
    bypassReason: "",
    seen: "",
  };
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
    exceptions: noExceptions,
    split: false,
    reason: "",
    once: "",
    when: "",
    bypassReason: "",
    seen: "",
    version: post.version,
  };
}

/** What a form of the composer is about. */
export function readTarget(form: FormData): Composition["to"] {
  const answered = parseId<"post">(formText(form, "inReplyTo"));
  const edited = parseId<"post">(formText(form, "editing"));
  if (edited) return { mode: "edit", post: edited };
  return answered ? { mode: "reply", post: answered } : { mode: "new" };
}

export function readComposition(form: FormData, to: Composition["to"]): Composition {
  const text = (name: string) => formText(form, name);
  // A picture may come along, so the form has room for more text than anybody can send.
  if (
    [...form.values()].reduce((sum, value) => sum + (typeof value === "string" ? value.length : 0), 0) >
    longest
  )
    throw new HTTPException(413);
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
    pictures: moved(
      [...new Set(media)].filter((id) => id !== removed),
      text("move"),
    )
      .slice(0, mostPictures)
      .map((id) => ({ media: id, alt: text(`alt-${id}`) })),
    exceptions: {
      personalNumber: text("personalNumberReason"),
      alternativeText: text("alternativeTextReason"),
    },
    split: text("split") === "1",
    bypassReason: text("bypassReason").slice(0, 300),
    reason: text("reason"),
    when: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text("when")) ? text("when") : "",
    seen: parseId<"post">(text("seen")) ?? "",
    once: /^[\w-]{16,64}$/.test(text("once")) ? text("once") : newSecret(),
    ...(/^\d{1,6}$/.test(text("version")) ? { version: Number(text("version")) } : {}),
  };
}

/** "up 17" and "down 17" move a picture one place. */
function moved<T extends string>(ids: readonly T[], move: string): T[] {
  const [way, id] = move.split(" ");
  const from = ids.findIndex((one) => one === id);
  const to = way === "up" ? from - 1 : from + 1;
  const it = ids[from];
  if (it === undefined || to < 0 || to >= ids.length) return [...ids];
  return ids.toSpliced(from, 1).toSpliced(to, 0, it);
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
    exceptions: composition.exceptions,
  };
}

export const capacities: readonly Capacity[] = ["authority", "office", "personal"];
export const visibilities: readonly Visibility[] = ["public", "unlisted", "followers", "direct"];

function oneOf<T extends string>(known: readonly T[], value: string, fallback: T): T {
  return known.find((one) => one === value) ?? fallback;
}
