import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type DraftId } from "./draft.ts";
import { release, type Released } from "./release.ts";

export type Bypassed = Released | { outcome: "reason-missing" };

/** The writer sends what waits for approval without it, and says why; the record keeps that when it has gone out. */
export async function bypassApproval(
  tx: Transaction,
  authority: Authority,
  decision: { id: DraftId; by: PersonId; reason: string; seen?: string | null },
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Bypassed> {
  const { id, by } = decision;
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  if (!draft || draft.person !== by || draft.state !== "awaiting") return { outcome: "not-waiting" };
  const reason = decision.reason.trim();
  if (reason === "") return { outcome: "reason-missing" };
  return release(
    tx,
    authority,
    draft,
    { by, seen: decision.seen ?? null, bypassReason: reason },
    now,
    undoSeconds,
  );
}
