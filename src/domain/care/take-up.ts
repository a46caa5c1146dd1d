import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import { passOn, takeBackFrom } from "#domain/posts/pass-on.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { beginCare, careOrFresh } from "./begin-care.ts";
import { careOf, type Care, type CareId, type CareStatus } from "./care.ts";
import { changesSince, type CareChange } from "./care-history.ts";
import { mayCareFor } from "./may-care.ts";

/** A colleague who acts, and what they may speak for. */
export type Actor = { person: PersonId; accounts: readonly AccountId[] };

export type Refused =
  | { outcome: "not-found" }
  | { outcome: "not-granted" }
  /** Somebody acted since the version that was seen: nothing is overwritten, and this is what they did. */
  | { outcome: "changed"; care: Care; changes: CareChange[] };
export type Acted =
  | { outcome: "done"; care: CareId; thread: PostId; version: number }
  | { outcome: "same"; care: CareId; thread: PostId; version: number }
  | Refused;

/** Holds the care of a thread for an act: one at a time, by those who may, on the version that they saw. */
export async function takeUp(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
  by: Actor,
  seen?: number,
): Promise<{ outcome: "taken"; care: Care } | Refused> {
  // Asked before anything is written: who may not, leaves no trace.
  const fresh = await careOrFresh(tx, authority, thread);
  if (!fresh) return { outcome: "not-found" };
  if (!(await mayCareFor(tx, authority, fresh, by.accounts))) return { outcome: "not-granted" };
  await beginCare(tx, authority, thread);
  await tx`select from care where authority = ${authority} and thread = ${thread} for update`;
  const care = (await careOf(tx, authority, [thread])).get(thread as PostId);
  if (!care) return { outcome: "not-found" };
  if (seen !== undefined && seen !== care.version)
    return { outcome: "changed", care, changes: await changesSince(tx, authority, care, seen) };
  return { outcome: "taken", care };
}

/** What an act replaces; as it stands in the journal, undoing needs nothing else. */
export type CareState = {
  status: CareStatus;
  person: string | null;
  account: string | null;
  askedPost: string | null;
  askedAt: string | null;
  dueAt: string | null;
  told: number;
  settled: string;
  tags: string[];
};

export function stateOf(care: Care): CareState {
  return {
    status: care.status,
    person: care.assigneePerson,
    account: care.assigneeAccount,
    askedPost: care.askedPost,
    askedAt: care.askedAt?.toString() ?? null,
    dueAt: care.dueAt?.toString() ?? null,
    told: care.told,
    settled: care.settledPost,
    tags: care.tags,
  };
}

export type CareActKind = "care-assigned" | "care-status-changed" | "care-tagged";

/** Writes what an act made of a care, and that it did. */
export async function writeState(
  tx: Transaction,
  authority: AuthorityId,
  care: Care,
  act: {
    kind: CareActKind;
    by: PersonId;
    after: CareState;
    /** Whom it concerns besides. */ subject?: string[];
    undo?: boolean;
  },
): Promise<Acted> {
  const { after } = act;
  const [row] = await tx<{ version: number }[]>`
    update care set status = ${after.status}, assignee_person = ${after.person}, assignee_account = ${after.account},
      asked_post = ${after.askedPost}, asked_at = ${after.askedAt}::text::timestamptz, due_at = ${after.dueAt}::text::timestamptz,
      told = ${after.told}, settled_post = ${after.settled}, version = version + 1, updated_at = clock_timestamp()
    where authority = ${authority} and id = ${care.id} returning version`;
  if (!row) throw new Error("a care that was held is gone");
  if (care.assigneeAccount !== after.account) {
    const { thread } = care;
    if (care.assigneeAccount) await takeBackFrom(tx, authority, { thread, account: care.assigneeAccount });
    const from = after.askedPost ?? after.settled;
    if (after.account) await passOn(tx, authority, [{ thread, from, account: after.account }]);
  }
  if (act.kind === "care-tagged") {
    await tx`delete from care_tag where authority = ${authority} and care = ${care.id}`;
    if (after.tags.length > 0)
      await tx`insert into care_tag (authority, care, tag)
        select ${authority}, ${care.id}, tag from unnest(${after.tags}::text[]) tag on conflict do nothing`;
  }
  await append(tx, {
    authority,
    direction: "within",
    kind: act.kind,
    account: care.account,
    person: act.by,
    post: after.askedPost ?? care.thread,
    subject: [care.id, ...(act.subject ?? [])],
    facts: {
      thread: care.thread,
      version: row.version,
      before: stateOf(care),
      after,
      ...(act.undo ? { undo: true } : {}),
    },
  });
  return { outcome: "done", care: care.id, thread: care.thread, version: row.version };
}
