import { createHash } from "node:crypto";
import type { Authority } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { changedSince, seenOf } from "./changed-since.ts";
import { findDraft, type Draft, type DraftTarget } from "./draft.ts";
import { draftOfForm, says, type Written } from "./keep-draft.ts";
import { submitDraft, type NotSubmitted, type Submission, type Submitted } from "./submit-draft.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";

export type SubmittedOnce =
  /** It waits for its time or for a colleague, or has gone out; `again`: since an earlier request with the key. */
  | { outcome: "kept"; draft: Draft; again: boolean }
  /** The key has been used for something else, or what it was used for has been taken back since. */
  | { outcome: "key-used" }
  | { outcome: "not-kept"; why: NotSubmitted };

/**
 * What an app sends to be planned or approved: once for each key. Unlike a form's, its key is never written with
 * again. Whoever holds a lock on the key asks.
 */
export async function submitOnce(
  tx: Transaction,
  authority: Authority,
  what: Omit<Submission, "seen">,
  now: Temporal.Instant,
): Promise<SubmittedOnce> {
  const earlier = await keptEarlier(tx, authority, what);
  if (earlier) return earlier;
  const seen = await seenByNow(tx, authority, what);
  const done = await submitDraft(tx, authority, { ...what, seen }, now, 0);
  if (!isKept(done)) return { outcome: "not-kept", why: done };
  const draft = await findDraft(tx, authority.id, done.draft);
  if (!draft) throw new Error("what was submitted vanished");
  return { outcome: "kept", draft, again: done.outcome === "again" };
}

/** What an earlier request with the key has come to. */
export async function keptEarlier(
  tx: Transaction,
  authority: Authority,
  what: Pick<Written, "person" | "once" | "content" | "reason" | "to" | "localTime">,
): Promise<SubmittedOnce | undefined> {
  const found = await draftOfForm(tx, authority.id, what);
  if (!found) return undefined;
  const { draft } = found;
  if (draft.state === "sent") return { outcome: "kept", draft, again: true };
  const waits = ["sending", "scheduled", "awaiting"].includes(draft.state);
  const same = says(draft, what) && sameTarget(draft.to, what.to) && draft.localTime === what.localTime;
  return waits && same ? { outcome: "kept", draft, again: true } : { outcome: "key-used" };
}

/** A key that is no form's, made of whatever parts tell one request from another. */
export function requestKey(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** An app does not show what colleagues write meanwhile, so its writer is not held up by that. */
async function seenByNow(
  tx: Transaction,
  authority: Authority,
  { to, person, viewer }: Pick<Submission, "to" | "person" | "viewer">,
): Promise<string | null> {
  const target = to.mode === "new" ? undefined : await findAnyPost(tx, authority.id, to.post);
  if (!target) return null;
  const { thread } = target;
  const changes = await changedSince(tx, authority.id, { thread, person, seen: null, viewer });
  return changes?.seen ?? seenOf(tx, authority.id, thread);
}

function sameTarget(one: DraftTarget, other: DraftTarget): boolean {
  return one.mode === "new" ? other.mode === "new" : other.mode === one.mode && other.post === one.post;
}

function isKept(done: Submitted): done is Exclude<Submitted, NotSubmitted> {
  return ["sent", "sending", "scheduled", "awaiting", "again"].includes(done.outcome);
}
