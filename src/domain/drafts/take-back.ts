import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type Draft, type DraftId } from "./draft.ts";
import { appendAbout, appendWithdrawal } from "./draft-entries.ts";

export type TakenBack =
  /** Being written again, with its words. */
  | { outcome: "draft"; draft: Draft }
  /** An approval was taken back: it waits for one again. */
  | { outcome: "awaiting" }
  | { outcome: "too-late"; posts: PostId[] }
  | { outcome: "nothing" };

/** Takes back what is being sent, while it has not gone out; and brings back what was thrown away. */
export async function undoDraft(
  tx: Transaction,
  authority: Authority,
  id: DraftId,
  by: PersonId,
  now: Temporal.Instant,
): Promise<TakenBack> {
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft) return { outcome: "nothing" };
  const writes = draft.person === by;
  if (!writes && draft.approvedBy !== by) return { outcome: "nothing" };
  if (draft.state === "sent") return { outcome: "too-late", posts: draft.posts };
  if (draft.state === "sending" && !writes) {
    await tx`
      update draft set state = 'awaiting', due_at = null, approved_by = null, approved_version = null, updated_at = ${now}
      where authority = ${authority.id} and id = ${id}`;
    await appendAbout(tx, authority, draft, "approval-withdrawn", {}, by);
    await appendAbout(tx, authority, draft, "approval-asked");
    return { outcome: "awaiting" };
  }
  if (draft.state !== "sending" && !(draft.state === "thrown" && writes)) return { outcome: "nothing" };
  return { outcome: "draft", draft: await backToWriting(tx, authority, draft, now) };
}

/** What waits, is late or could not be sent, is being written again. */
export async function unschedule(
  tx: Transaction,
  authority: Authority,
  id: DraftId,
  by: PersonId,
  now: Temporal.Instant,
): Promise<TakenBack> {
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || draft.person !== by) return { outcome: "nothing" };
  if (draft.state === "sent") return { outcome: "too-late", posts: draft.posts };
  if (!["awaiting", "scheduled", "late", "failed"].includes(draft.state)) return { outcome: "nothing" };
  await appendWithdrawal(tx, authority, draft, by);
  return { outcome: "draft", draft: await backToWriting(tx, authority, draft, now) };
}

/** Away with it; `undoDraft` brings it back. */
export async function throwAway(
  tx: Transaction,
  authority: Authority,
  id: DraftId,
  by: PersonId,
  now: Temporal.Instant,
): Promise<{ outcome: "thrown" } | Extract<TakenBack, { outcome: "too-late" | "nothing" }>> {
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || draft.person !== by) return { outcome: "nothing" };
  if (draft.state === "sent" || draft.state === "sending") return { outcome: "too-late", posts: draft.posts };
  if (draft.state === "thrown") return { outcome: "thrown" };
  await discard(tx, authority, draft, by, now);
  return { outcome: "thrown" };
}

/** Away with a draft that is held; whoever was told that it waits learns that it does no longer. */
export async function discard(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  by: PersonId,
  now: Temporal.Instant,
): Promise<void> {
  await appendWithdrawal(tx, authority, draft, by);
  await tx`
    update draft set state = 'thrown', due_at = null, updated_at = ${now}
    where authority = ${authority.id} and id = ${draft.id}`;
}

/** Lies there without filling the composer by itself. */
export async function park(tx: Transaction, authority: Authority, id: DraftId, by: PersonId): Promise<void> {
  await tx`
    update draft set parked = true
    where authority = ${authority.id} and id = ${id} and person = ${by} and state = 'draft'`;
}

async function backToWriting(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Draft> {
  await tx`
    update draft set state = 'draft', parked = false, due_at = null, local_time = null, zone = null, digest = null,
      mark = null, approved_by = null, approved_version = null, bypass_reason = null, problem = null, updated_at = ${now}
    where authority = ${authority.id} and id = ${draft.id}`;
  const back = await findDraft(tx, authority.id, draft.id);
  if (!back) throw new Error("a draft vanished under its lock");
  return back;
}
