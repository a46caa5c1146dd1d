import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import type { Draft } from "./draft.ts";

/** What becomes of a draft, as the journal calls it. */
export const draftEntries = [
  "approval-asked",
  "approval-given",
  "approval-refused",
  "approval-bypassed",
  "approval-withdrawn",
  "post-scheduled",
  "schedule-withdrawn",
  "send-late",
  "send-failed",
] as const;
export type DraftEntry = (typeof draftEntries)[number];

/** What becomes of a draft, without a word of it. */
export async function appendAbout(
  tx: Transaction,
  authority: Pick<Authority, "id">,
  draft: Pick<Draft, "id" | "person" | "account" | "thread">,
  kind: DraftEntry,
  facts: Record<string, string> = {},
  by: string | null = null,
): Promise<void> {
  await append(tx, {
    authority: authority.id,
    direction: "within",
    kind,
    account: draft.account,
    person: by,
    subject: [draft.id, draft.person],
    facts: { ...facts, ...(draft.thread ? { thread: draft.thread } : {}) },
  });
}

/** A draft no longer waits as it did: whoever was told that it does, or that it could not go out, is told no more. */
export async function appendWithdrawal(
  tx: Transaction,
  authority: Pick<Authority, "id">,
  draft: Draft,
  by: string | null,
): Promise<void> {
  if (["scheduled", "late", "failed"].includes(draft.state))
    await appendAbout(tx, authority, draft, "schedule-withdrawn", {}, by);
  if (draft.state === "awaiting") await appendAbout(tx, authority, draft, "approval-withdrawn", {}, by);
}
