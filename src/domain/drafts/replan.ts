import type { Authority } from "#domain/authorities/authority.ts";
import { findAccount } from "#domain/accounts/account.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type DraftId } from "./draft.ts";
import { appendAbout, appendWithdrawal } from "./draft-entries.ts";
import { sendAt } from "./due-drafts.ts";
import { plannedTime, type PlannedTime } from "./plan.ts";
import { lacksApproval } from "./send-draft.ts";

export type Replanned =
  | { outcome: "scheduled"; planned: PlannedTime }
  /** The account asks for an approval that these words do not have. */
  | { outcome: "awaiting" }
  | { outcome: "time-missing" }
  | { outcome: "time-passed"; planned: PlannedTime }
  | { outcome: "nothing" };

/** Another time for what is planned, is late or could not be sent, with the same words. */
export async function replanDraft(
  tx: Transaction,
  authority: Authority,
  wish: { id: DraftId; by: PersonId; localTime: string },
  now: Temporal.Instant,
): Promise<Replanned> {
  const { id, by, localTime } = wish;
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || draft.person !== by || !["scheduled", "late", "failed"].includes(draft.state))
    return { outcome: "nothing" };
  const planned = plannedTime(localTime, authority.zone);
  if (!planned) return { outcome: "time-missing" };
  if (Temporal.Instant.compare(planned.at, now) <= 0) return { outcome: "time-passed", planned };
  const account = draft.account && (await findAccount(tx, authority.id, draft.account));
  const asks = account ? lacksApproval(draft, account) : false;
  await tx`
    update draft set state = ${asks ? "awaiting" : "scheduled"}, due_at = ${planned.at}, local_time = ${localTime},
      zone = ${authority.zone}, mark = next_id(), problem = null, updated_at = ${now}
    where authority = ${authority.id} and id = ${id}`;
  if (asks) {
    await appendWithdrawal(tx, authority, draft, by);
    await appendAbout(tx, authority, draft, "approval-asked", {}, by);
    return { outcome: "awaiting" };
  }
  await sendAt(tx, authority.id, id, planned.at);
  await appendAbout(tx, authority, draft, "post-scheduled", { due: String(planned.at) }, by);
  return { outcome: "scheduled", planned };
}
