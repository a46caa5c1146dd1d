import { findAccount } from "#domain/accounts/account.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { lockUnchanged, type Changes } from "./changed-since.ts";
import type { Draft } from "./draft.ts";
import { appendAbout } from "./draft-entries.ts";
import { sendAt } from "./due-drafts.ts";
import { rehearse, type Objection } from "./publish-draft.ts";
import { sendOff, type SentOff } from "./submit-draft.ts";

/** Who lets it out. */
export type Release = {
  by: PersonId;
  /** Of a conversation that changed while it waited: how far they have been shown it. */
  seen: string | null;
  /** Of a writer who goes past approval: why. Without it, it is approved. */
  bypassReason?: string;
};
export type Released =
  | SentOff
  | { outcome: "scheduled"; at: Temporal.Instant }
  /** It answers a conversation in which something was said while it waited. */
  | { outcome: "thread-changed"; changes: Changes }
  | { outcome: "objection"; objection: Objection }
  /** The account is not there to speak as. */
  | { outcome: "not-waiting" };

/** Lets out what has waited for approval: at once, or at the time that was planned. */
export async function release(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  { by, seen, bypassReason }: Release,
  now: Temporal.Instant,
  undoSeconds: number,
): Promise<Released> {
  const account = draft.account && (await findAccount(tx, authority.id, draft.account));
  if (!account) return { outcome: "not-waiting" };
  const changes = await changedMeanwhile(tx, authority, draft, { by, seen });
  if (changes) return { outcome: "thread-changed", changes };
  const objection = await rehearse(tx, authority, draft, account.id, now);
  if (objection) return { outcome: "objection", objection };
  const at = draft.localTime ? draft.dueAt : null;
  const planned = at !== null && Temporal.Instant.compare(now, at) < 0;
  const dueAt = planned ? at : now.add({ seconds: undoSeconds });
  const approved = bypassReason === undefined;
  const why = approved
    ? tx`approved_by = ${by}, approved_version = version`
    : tx`bypass_reason = ${bypassReason}`;
  await tx`
    update draft set state = ${planned ? "scheduled" : "sending"}, ${why}, due_at = ${dueAt}, updated_at = ${now}
    where authority = ${authority.id} and id = ${draft.id}`;
  // Past approval, nobody needs to read it any more. That, and why, is on record with what goes out.
  await appendAbout(tx, authority, draft, approved ? "approval-given" : "approval-withdrawn", {}, by);
  if (!planned) return sendOff(tx, authority, draft.id, now, undoSeconds);
  await sendAt(tx, authority.id, draft.id, dueAt);
  await appendAbout(tx, authority, draft, "post-scheduled", { due: String(dueAt) }, by);
  return { outcome: "scheduled", at: dueAt };
}

/** What others have said since it was put before a colleague, as far as whoever decides has not been shown it. */
async function changedMeanwhile(
  tx: Transaction,
  authority: Authority,
  { thread, person, mark }: Draft,
  { by, seen }: Pick<Release, "by" | "seen">,
): Promise<Changes | undefined> {
  if (!thread) return undefined;
  const granted = await grantedAccounts(tx, authority.id, by);
  const viewer = { kind: "staff", accounts: granted.map((account) => account.id) } as const;
  return lockUnchanged(tx, authority.id, { thread, person, seen: seen ?? mark, viewer });
}
