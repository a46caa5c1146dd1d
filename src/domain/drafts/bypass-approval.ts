import { findAccount } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Approved } from "./approve.ts";
import { findDraft, type DraftId } from "./draft.ts";
import { sendAt } from "./due-drafts.ts";
import { rehearse } from "./publish-draft.ts";
import { appendAbout } from "./send-draft.ts";
import { sendOff } from "./submit-draft.ts";

export type Bypassed =
  | Exclude<Approved, { outcome: "changed" } | { outcome: "late" }>
  | { outcome: "reason-missing" };

/** The writer sends what waits for approval without it, and says why; the record keeps that when it has gone out. */
export async function bypassApproval(
  tx: Transaction,
  authority: Authority,
  decision: { id: DraftId; by: PersonId; reason: string },
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Bypassed> {
  const { id, by } = decision;
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || draft.person !== by || draft.state !== "awaiting") return { outcome: "not-waiting" };
  const reason = decision.reason.trim();
  if (reason === "") return { outcome: "reason-missing" };
  const account = draft.account && (await findAccount(tx, authority.id, draft.account));
  if (!account) return { outcome: "not-waiting" };
  const objection = await rehearse(tx, authority, draft, account.id, now);
  if (objection) return { outcome: "objection", objection };
  const at = draft.localTime ? draft.dueAt : null;
  const planned = at !== null && Temporal.Instant.compare(now, at) < 0;
  const dueAt = planned ? at : now.add({ seconds: undoSeconds });
  await tx`
    update draft set state = ${planned ? "scheduled" : "sending"}, bypass_reason = ${reason}, due_at = ${dueAt},
      updated_at = ${now}
    where authority = ${authority.id} and id = ${id}`;
  // Nobody needs to read it any more. That it was bypassed, and why, is on record with what goes out.
  await appendAbout(tx, authority, draft, "approval-withdrawn", {}, by);
  if (planned) {
    await appendAbout(tx, authority, draft, "post-scheduled", { due: String(dueAt) }, by);
    await sendAt(tx, authority.id, id, dueAt);
    return { outcome: "scheduled", at: dueAt };
  }
  return sendOff(tx, authority, id, now, undoSeconds);
}
