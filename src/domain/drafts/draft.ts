import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import type { DraftContent } from "./content.ts";
import type { SendProblem } from "./send-problem.ts";

export type DraftId = Id<"draft">;

/**
 * draft: being written. awaiting: a second person is to read it. scheduled: goes out at its time. sending: can be taken
 * back for a few seconds. late: its time passed while nothing could be sent. failed: it could not be sent, and says why.
 * sent and thrown are kept for a few days: the one for its key, the other to be brought back.
 */
export type DraftState =
  | "draft"
  | "awaiting"
  | "scheduled"
  | "sending"
  | "late"
  | "failed"
  | "sent"
  | "thrown";

/** What the words are to become: a post, an answer, or a new version of a post. */
export type DraftTarget = { mode: "new" } | { mode: "reply"; post: PostId } | { mode: "edit"; post: PostId };

export type Draft = {
  id: DraftId;
  /** Who writes; a draft is theirs alone until they send it. */
  person: PersonId;
  key: string;
  tab: string | null;
  /** What waits to go out and is replaced when this is sent. */
  replaces: DraftId | null;
  state: DraftState;
  to: DraftTarget;
  thread: PostId | null;
  /** As which account, if it is one of ours. */
  account: AccountId | null;
  content: DraftContent;
  /** Why a post is changed. */
  reason: string;
  /** The version of the post that was read when the change was begun. */
  postVersion: number | null;
  seen: string | null;
  mark: string | null;
  /** Grows with each change of what is said. */
  version: number;
  /** Put aside: it does not fill the composer by itself. */
  parked: boolean;
  /** "2026-11-23T08:00", as asked for, in `zone`. */
  localTime: string | null;
  zone: string | null;
  dueAt: Temporal.Instant | null;
  approvedBy: PersonId | null;
  approvedVersion: number | null;
  refusedBy: PersonId | null;
  /** Of whoever refused it. */
  comment: string | null;
  bypassReason: string | null;
  problem: SendProblem | null;
  posts: PostId[];
  updatedAt: Temporal.Instant;
};

/** A draft, whoever wrote it. Locked, so that each is sent, taken back or changed by one at a time, when `forUpdate`. */
export async function findDraft(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
  options: { forUpdate?: boolean } = {},
): Promise<Draft | undefined> {
  const [row] = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft where authority = ${authority} and id = ${id}
    ${options.forUpdate ? tx`for update` : tx``}`;
  return row && draftOfRow(row);
}

export type DraftRow = Omit<Draft, "to"> & { mode: DraftTarget["mode"]; target: PostId | null };

export function draftOfRow({ mode, target, ...row }: DraftRow): Draft {
  return { ...row, to: mode === "new" || target === null ? { mode: "new" } : { mode, post: target } };
}

export function draftColumns(tx: Transaction) {
  return tx`id, person, key, tab, replaces, state, mode, target, thread, account, content, reason,
    post_version as "postVersion", seen, mark, version, parked, local_time as "localTime", zone, due_at as "dueAt",
    approved_by as "approvedBy", approved_version as "approvedVersion", refused_by as "refusedBy", comment,
    bypass_reason as "bypassReason", problem, posts, updated_at as "updatedAt"`;
}
