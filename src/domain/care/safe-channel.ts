import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Capacity, Post, PostId } from "#domain/posts/post.ts";
import { lockUnchanged, type Changes } from "#domain/drafts/changed-since.ts";
import { plainContent } from "#domain/drafts/content.ts";
import type { DraftId } from "#domain/drafts/draft.ts";
import { submitDraft, type Submitted } from "#domain/drafts/submit-draft.ts";
import { publishPost, type Published } from "#domain/posts/publish-post.ts";
import { writeOnce, type Again } from "#domain/posts/write-once.ts";
import type { Transaction } from "#platform/database.ts";
import { officeSecondsBetween } from "./due.ts";
import { closeCare } from "./status.ts";
import { takeUp, type Actor } from "./take-up.ts";
import { keepAnswers } from "./write-threads.ts";

export type Move = {
  /** What is answered. */
  post: Pick<Post, "id" | "thread" | "visibility">;
  account: Account;
  capacity: Capacity;
  text: string;
  language: "sv" | "en";
  /** The newest of the thread when the answer was begun. */
  seen: string | null;
  /** The form's one-time key. */
  once: string;
};
export type Moved =
  | { outcome: "moved"; post: PostId }
  /** The account's answers go by a colleague first: the thread stays open until the answer is out. */
  | { outcome: "awaiting"; draft: DraftId }
  | { outcome: "thread-changed"; changes: Changes }
  | { outcome: "not-found" }
  | { outcome: "not-granted" }
  | Exclude<Published, { outcome: "published" }>
  | Again;

/**
 * Takes a matter of one person away from where all can read it: says where instead, in the thread, and closes it.
 * Once for each key, however often the form is sent.
 */
export async function moveToSafeChannel(
  tx: Transaction,
  authority: Authority,
  move: Move,
  by: Actor,
  now: Temporal.Instant,
): Promise<Moved> {
  const { post } = move;
  const taken = await takeUp(tx, authority.id, post.thread, by);
  if (taken.outcome === "changed") throw new Error("no version was asked for");
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  const key = { person: by.person, key: move.once, said: [post.id, move.text] };
  return writeOnce<Moved>(
    tx,
    authority.id,
    key,
    now,
    async () => {
      const viewer = { kind: "staff", accounts: by.accounts } as const;
      const { thread } = post;
      const asked = { thread, person: by.person, seen: move.seen, viewer };
      const changes = await lockUnchanged(tx, authority.id, asked);
      if (changes) return { outcome: "thread-changed", changes };
      if (move.account.approval) return askFirst(tx, authority, move, by, now);
      const published = await answer(tx, authority, move, by.person, now);
      if (published.outcome !== "published") return published;
      if (care.askedAt) {
        const seconds = await officeSecondsBetween(tx, authority.id, care.askedAt, now);
        const { id } = published;
        const kept = {
          askedAt: care.askedAt,
          answeredAt: now,
          officeSeconds: seconds,
          person: by.person,
          post: id,
        };
        await keepAnswers(tx, authority.id, [{ care, ...kept }]);
      }
      await closeCare(tx, authority.id, post.thread, by, now);
      await append(tx, {
        authority: authority.id,
        direction: "within",
        kind: "case-moved",
        account: move.account.id,
        person: by.person,
        post: published.id,
        subject: [care.id],
        facts: { thread: post.thread, reason: "safe-channel", asked: post.id },
      });
      return { outcome: "moved", post: published.id };
    },
    (done) => (done.outcome === "moved" ? done.post : undefined),
  );
}

async function askFirst(
  tx: Transaction,
  authority: Authority,
  { post, account, capacity, text, language, once, seen }: Move,
  by: Actor,
  now: Temporal.Instant,
): Promise<Moved> {
  const submitted = await submitDraft(
    tx,
    authority,
    {
      wish: "ask",
      bypassReason: "",
      account,
      viewer: { kind: "staff", accounts: by.accounts },
      person: by.person,
      once,
      to: { mode: "reply", post: post.id },
      content: plainContent({ account: account.id, capacity, visibility: post.visibility, language, text }),
      seen,
      reason: "",
      postVersion: null,
      localTime: null,
      blank: false,
    },
    now,
    0,
  );
  return asMoved(submitted);
}

function asMoved(submitted: Submitted): Moved {
  switch (submitted.outcome) {
    case "awaiting":
    case "again":
      return { outcome: "awaiting", draft: submitted.draft };
    case "sent":
    case "sending":
    case "scheduled":
    case "failed":
    case "time-missing":
    case "time-passed":
    case "bypass-reason-missing":
    case "reason-missing":
    case "changed":
    case "not-ours":
      throw new Error(`asking for approval came to ${submitted.outcome}`);
    case "thread-changed":
    case "empty":
    case "too-long":
    case "title-missing":
    case "alternative-text-missing":
    case "personal-number":
    case "unknown-picture":
    case "nobody-addressed":
    case "parent-missing":
      return submitted;
  }
}

function answer(
  tx: Transaction,
  authority: Authority,
  { post, account, capacity, text, language }: Move,
  person: PersonId,
  now: Temporal.Instant,
): Promise<Published> {
  return publishPost(
    tx,
    authority,
    {
      kind: "note",
      sourceType: "plain",
      source: text,
      language,
      attachments: [],
      account: account.id,
      person,
      visibility: post.visibility,
      capacity,
      inReplyTo: post.id,
    },
    now,
  );
}
