import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { editPost, type Edited } from "#domain/posts/edit-post.ts";
import type { Draft as PostDraft, PostId } from "#domain/posts/post.ts";
import { publishPost, type Published } from "#domain/posts/publish-post.ts";
import { mostParts, partsToSend, threadPartLength } from "#domain/text/split-text.ts";
import type { Transaction } from "#platform/database.ts";
import type { DraftContent } from "./content.ts";
import type { Draft } from "./draft.ts";

/** What stands in the way of publishing, as posts/ says it. */
export type Objection = Exclude<Published, { outcome: "published" }> | Exclude<Edited, { outcome: "edited" }>;
export type DraftPublished = { outcome: "published"; posts: PostId[] } | Objection;

type Publishable = Pick<Draft, "person" | "to" | "content" | "reason" | "postVersion">;

/** Makes a post of a draft, several in a chain, or a new version: all of it or, with what stands in the way, nothing. */
export async function publishDraft(
  tx: Transaction,
  authority: Authority,
  draft: Publishable,
  account: AccountId,
  now: Temporal.Instant,
): Promise<DraftPublished> {
  return attempt(
    tx,
    (inner) => publishAll(inner, authority, draft, account, now),
    (done) => done.outcome === "published",
  );
}

/** What would stand in the way of publishing it now; nothing is published. */
export async function rehearse(
  tx: Transaction,
  authority: Authority,
  draft: Publishable,
  account: AccountId,
  now: Temporal.Instant,
): Promise<Objection | undefined> {
  const done = await attempt(
    tx,
    (inner) => publishAll(inner, authority, draft, account, now),
    () => false,
  );
  return done.outcome === "published" ? undefined : done;
}

/** Does some work and, unless it holds, makes it undone. */
export async function attempt<Done>(
  tx: Transaction,
  work: (inner: Transaction) => Promise<Done>,
  holds: (done: Done) => boolean,
): Promise<Done> {
  const undone: { done?: Done } = {};
  try {
    return (await tx.savepoint(async (inner) => {
      const done = await work(inner as Transaction);
      if (holds(done)) return done;
      undone.done = done;
      throw undone;
    })) as Done;
  } catch (error) {
    if (error === undone && undone.done !== undefined) return undone.done;
    throw error;
  }
}

async function publishAll(
  tx: Transaction,
  authority: Authority,
  { person, to, content, reason, postVersion }: Publishable,
  account: AccountId,
  now: Temporal.Instant,
): Promise<DraftPublished> {
  const said = postDraftOf(content);
  if (to.mode === "edit") {
    const version = postVersion ?? undefined;
    const edit = { ...said, reason, version, account, person, post: to.post };
    const edited = await editPost(tx, authority, edit, now);
    return edited.outcome === "edited" ? { outcome: "published", posts: [to.post] } : edited;
  }
  const { visibility, capacity } = content;
  const posts: PostId[] = [];
  const parts = partsToSend(content);
  if (parts.length > mostParts) return { outcome: "too-long", max: mostParts * threadPartLength };
  for (const [index, source] of parts.entries()) {
    const part = { ...said, source, attachments: index === 0 ? said.attachments : [] };
    const inReplyTo = posts.at(-1) ?? (to.mode === "reply" ? to.post : undefined);
    const post = { ...part, account, person, visibility, capacity, inReplyTo };
    const done = await publishPost(tx, authority, post, now);
    if (done.outcome !== "published") return done;
    posts.push(done.id);
  }
  return { outcome: "published", posts };
}

export function postDraftOf(content: DraftContent): PostDraft {
  const { article, title, warning, text, pictures, sourceType, language } = content;
  const { personalNumber, alternativeText } = content.exceptions;
  return {
    kind: article ? ("article" as const) : ("note" as const),
    sourceType:
      sourceType === "markdown" || (article && !sourceType) ? ("markdown" as const) : ("plain" as const),
    source: text,
    ...(article ? { title } : {}),
    ...(warning.trim() ? { warning } : {}),
    language,
    attachments: pictures,
    exceptions: {
      ...(personalNumber.trim() ? { personalNumber } : {}),
      ...(alternativeText.trim() ? { alternativeText } : {}),
    },
  };
}
