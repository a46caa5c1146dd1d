import { findAccount } from "#domain/accounts/account.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type Draft, type DraftId } from "./draft.ts";
import { sendAt } from "./due-drafts.ts";
import { isTooLate } from "./plan.ts";
import { rehearse, type Objection } from "./publish-draft.ts";
import { appendAbout } from "./send-draft.ts";
import { sendOff, type SentOff } from "./submit-draft.ts";

type NotDecided =
  /** Decided already, withdrawn, or not theirs to decide. */
  | { outcome: "not-waiting" }
  /** What was read is no longer what would be sent. */
  | { outcome: "changed" };
export type Approved =
  | SentOff
  | { outcome: "scheduled"; at: Temporal.Instant }
  /** Its time passed while it waited: it is for the writer to choose another. */
  | { outcome: "late" }
  | { outcome: "objection"; objection: Objection }
  | NotDecided;
export type Refused = { outcome: "refused" } | { outcome: "comment-missing" } | NotDecided;

/** A second person lets it go out: at once, or at the time that was planned. */
export async function approveDraft(
  tx: Transaction,
  authority: Authority,
  decision: { id: DraftId; version: number; by: PersonId },
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
  const account = draft.account && (await findAccount(tx, authority.id, draft.account));
  if (!account) return { outcome: "not-waiting" };
  const objection = await rehearse(tx, authority, draft, account.id, now);
  if (objection) return { outcome: "objection", objection };
  const planned = at !== null && Temporal.Instant.compare(now, at) < 0;
  const dueAt = planned ? at : now.add({ seconds: undoSeconds });
  await tx`
    update draft set state = ${planned ? "scheduled" : "sending"}, approved_by = ${by}, approved_version = version,
      due_at = ${dueAt}, updated_at = ${now}
    where authority = ${authority.id} and id = ${id}`;
  await appendAbout(tx, authority, draft, "approval-given", {}, by);
  if (!planned) return sendOff(tx, authority, id, now, undoSeconds);
  await sendAt(tx, authority.id, id, dueAt);
  await appendAbout(tx, authority, draft, "post-scheduled", { due: String(dueAt) }, by);
  return { outcome: "scheduled", at: dueAt };
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
