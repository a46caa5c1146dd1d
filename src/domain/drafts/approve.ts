import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type Draft, type DraftId } from "./draft.ts";
import { appendAbout } from "./draft-entries.ts";
import { isTooLate } from "./plan.ts";
import { release, type Released } from "./release.ts";

type NotDecided =
  /** Decided already, withdrawn, or not theirs to decide. */
  | { outcome: "not-waiting" }
  /** What was read is no longer what would be sent. */
  | { outcome: "changed" };
export type Approved =
  | Released
  /** Its time passed while it waited: it is for the writer to choose another. */
  | { outcome: "late" }
  | NotDecided;
export type Refused = { outcome: "refused" } | { outcome: "comment-missing" } | NotDecided;

/** A second person lets it go out: at once, or at the time that was planned. */
export async function approveDraft(
  tx: Transaction,
  authority: Authority,
  decision: { id: DraftId; version: number; by: PersonId; seen?: string | null },
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Approved> {
  const draft = await findToDecide(tx, authority, decision);
  if ("outcome" in draft) return draft;
  const { id, by } = decision;
  const at = draft.localTime ? draft.dueAt : null;
  if (at && isTooLate(at, now)) {
    await tx`update draft set state = 'late', updated_at = ${now} where authority = ${authority.id} and id = ${id}`;
    await appendAbout(tx, authority, draft, "send-late", { due: String(at) });
    return { outcome: "late" };
  }
  return release(tx, authority, draft, { by, seen: decision.seen ?? null }, now, undoSeconds);
}

/** A second person gives it back to its writer, and says why. */
export async function refuseDraft(
  tx: Transaction,
  authority: Authority,
  decision: { id: DraftId; version: number; by: PersonId; comment: string },
  now: Temporal.Instant,
): Promise<Refused> {
  const draft = await findToDecide(tx, authority, decision);
  if ("outcome" in draft) return draft;
  const { id, by } = decision;
  const comment = decision.comment.trim();
  if (comment === "") return { outcome: "comment-missing" };
  await tx`
    update draft set state = 'draft', parked = true, due_at = null, digest = null, mark = null, refused_by = ${by},
      comment = ${comment}, updated_at = ${now}
    where authority = ${authority.id} and id = ${id}`;
  await appendAbout(tx, authority, draft, "approval-refused", {}, by);
  return { outcome: "refused" };
}

/** May they decide on it: somebody else than the writer, who may speak for the account. */
export async function mayDecide(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  by: PersonId,
): Promise<boolean> {
  if (draft.state !== "awaiting" || draft.person === by) return false;
  return (await grantedAccounts(tx, authority.id, by)).some((account) => account.id === draft.account);
}

async function findToDecide(
  tx: Transaction,
  authority: Authority,
  { id, version, by }: { id: DraftId; version: number; by: PersonId },
): Promise<Draft | NotDecided> {
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || !(await mayDecide(tx, authority, draft, by))) return { outcome: "not-waiting" };
  return draft.version === version ? draft : { outcome: "changed" };
}
