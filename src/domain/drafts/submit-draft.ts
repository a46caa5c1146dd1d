import { createHash } from "node:crypto";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Viewer } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import { lockUnchanged, type Changes } from "./changed-since.ts";
import { findDraft, type Draft, type DraftId } from "./draft.ts";
import { appendAbout, appendWithdrawal } from "./draft-entries.ts";
import { sendAt } from "./due-drafts.ts";
import { addDraft, changeDraft, draftOfForm, says, type Written } from "./keep-draft.ts";
import { plannedTime, type PlannedTime } from "./plan.ts";
import { attempt, rehearse, type Objection } from "./publish-draft.ts";
import { sendDraft } from "./send-draft.ts";
import type { SendProblem } from "./send-problem.ts";
import { discard } from "./take-back.ts";

export type Submission = Written & {
  /** bypass: without the approval that the account asks for; ask: with it, even where it does not. */
  wish: "publish" | "schedule" | "ask" | "bypass";
  bypassReason: string;
  /** One that the writer may speak for. */
  account: Account;
  viewer: Viewer;
};
export type Submitted =
  | { outcome: "sent"; draft: DraftId; posts: PostId[] }
  | { outcome: "sending"; draft: DraftId; until: Temporal.Instant }
  | { outcome: "scheduled"; draft: DraftId; planned: PlannedTime }
  | { outcome: "awaiting"; draft: DraftId }
  /** The form has been sent before. same: with these words; else nothing came of them now. */
  | { outcome: "again"; draft: DraftId; same: boolean }
  | NotSubmitted;
export type NotSubmitted =
  | { outcome: "time-missing" }
  | { outcome: "time-passed"; planned: PlannedTime }
  | { outcome: "bypass-reason-missing" }
  | { outcome: "thread-changed"; changes: Changes }
  | { outcome: "failed"; draft: DraftId; problem: SendProblem }
  | Objection;

export type SentOff = Extract<Submitted, { outcome: "sent" | "sending" | "failed" }>;

/**
 * Takes what was written off the writer's hands: sends it (after the time in which it can be taken back), plans it, or
 * puts it before a colleague. What stands in the way is found now rather than at its time; then nothing is changed.
 */
export async function submitDraft(
  tx: Transaction,
  authority: Authority,
  what: Submission,
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Submitted> {
  return attempt(
    tx,
    (inner) => submit(inner, authority, what, now, undoSeconds),
    (done) => isSubmitted(done),
  );
}

async function submit(
  tx: Transaction,
  authority: Authority,
  what: Submission,
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Submitted> {
  const digest = digestOf(what);
  const draft = await draftToSubmit(tx, authority, what, now);
  const replaced = draft.replaces && (await findDraft(tx, authority.id, draft.replaces, { forUpdate: true }));
  const gone = [draft, replaced].find((one) => one && ["sending", "sent"].includes(one.state));
  if (gone) return again(tx, authority, gone, digest);
  const waits = draft.state === "scheduled" || draft.state === "awaiting";
  if (waits && (await digestIs(tx, authority, draft, digest)))
    return { outcome: "again", draft: draft.id, same: true };

  const planned = plannedTime(what.localTime ?? "", authority.zone);
  if (!planned && (what.wish === "schedule" || what.localTime)) return { outcome: "time-missing" };
  if (planned && Temporal.Instant.compare(planned.at, now) <= 0) return { outcome: "time-passed", planned };
  const bypass = what.wish === "bypass" && what.account.approval;
  if (bypass && what.bypassReason.trim() === "") return { outcome: "bypass-reason-missing" };
  if (draft.thread) {
    const { person, seen, viewer } = what;
    const changes = await lockUnchanged(tx, authority.id, { thread: draft.thread, person, seen, viewer });
    if (changes) return { outcome: "thread-changed", changes };
  }
  const objection = await rehearse(tx, authority, draft, what.account.id, now);
  if (objection) return objection;

  await appendWithdrawal(tx, authority, draft, what.person);
  if (replaced) await discard(tx, authority, replaced, what.person, now);
  const asks = what.wish === "ask" || (what.account.approval && !bypass);
  const dueAt = planned?.at ?? (asks ? null : now.add({ seconds: undoSeconds }));
  const state = asks ? "awaiting" : planned ? "scheduled" : "sending";
  await tx`
    update draft set state = ${state}, digest = ${digest}, mark = next_id(), due_at = ${dueAt}, parked = false,
      replaces = null, zone = ${planned ? authority.zone : null}, local_time = ${planned ? what.localTime : null},
      bypass_reason = ${bypass ? what.bypassReason.trim() : null}, problem = null, approved_by = null,
      approved_version = null, refused_by = null, comment = null, updated_at = ${now}
    where authority = ${authority.id} and id = ${draft.id}`;
  if (asks) {
    await appendAbout(tx, authority, draft, "approval-asked", {}, what.person);
    return { outcome: "awaiting", draft: draft.id };
  }
  if (planned) {
    await sendAt(tx, authority.id, draft.id, planned.at);
    await appendAbout(tx, authority, draft, "post-scheduled", { due: String(planned.at) }, what.person);
    return { outcome: "scheduled", draft: draft.id, planned };
  }
  return sendOff(tx, authority, draft.id, now, undoSeconds);
}

/** Into the time in which it can be taken back, or out at once where there is none. */
export async function sendOff(
  tx: Transaction,
  authority: Authority,
  draft: DraftId,
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<SentOff> {
  if (undoSeconds > 0) {
    const until = now.add({ seconds: undoSeconds });
    await sendAt(tx, authority.id, draft, until);
    return { outcome: "sending", draft, until };
  }
  const sent = await sendDraft(tx, authority, draft, now, { atOnce: true });
  if (sent.outcome === "sent") return { outcome: "sent", draft, posts: sent.posts };
  if (sent.outcome === "failed") return { outcome: "failed", draft, problem: sent.problem };
  throw new Error(`what was rehearsed could not be sent: ${sent.outcome}`);
}

/** The form's draft with what the form says now. */
async function draftToSubmit(
  tx: Transaction,
  authority: Authority,
  what: Submission,
  now: Temporal.Instant,
): Promise<Draft> {
  const found = await draftOfForm(tx, authority.id, what);
  if (!found) return addDraft(tx, authority.id, what, now);
  const { draft, stale } = found;
  if (["sending", "sent"].includes(draft.state) || says(draft, what)) return draft;
  // Another window's words are not replaced by these: they stay a draft.
  if (stale && draft.state !== "thrown") return addDraft(tx, authority.id, what, now, undefined, true);
  return changeDraft(tx, authority.id, draft, what, now);
}

async function again(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  digest: Buffer,
): Promise<Submitted> {
  return { outcome: "again", draft: draft.id, same: await digestIs(tx, authority, draft, digest) };
}

async function digestIs(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  digest: Buffer,
): Promise<boolean> {
  const [row] = await tx<{ same: boolean }[]>`
    select coalesce(digest = ${digest}::bytea, false) as same from draft
    where authority = ${authority.id} and id = ${draft.id}`;
  return row?.same ?? false;
}

/** What was said, so that the same form sent twice is told from other words under its key. */
function digestOf({ to, account, content, reason, localTime, wish }: Submission): Buffer {
  const said = { to, account: account.id, content, reason, localTime, asks: wish === "ask" };
  return createHash("sha256").update(JSON.stringify(said)).digest();
}

function isSubmitted(done: Submitted): boolean {
  return ["sent", "sending", "scheduled", "awaiting", "again"].includes(done.outcome);
}
