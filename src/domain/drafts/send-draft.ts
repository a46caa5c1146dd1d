import { findAccount, type Account } from "#domain/accounts/account.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { Authority, AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { findPerson } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { findDraft, type Draft, type DraftId } from "./draft.ts";
import { appendAbout, appendWithdrawal } from "./draft-entries.ts";
import { plannedTime, isTooLate } from "./plan.ts";
import { publishDraft, type Objection } from "./publish-draft.ts";
import type { SendProblem } from "./send-problem.ts";

export type Sent =
  | { outcome: "sent"; posts: PostId[] }
  /** Its time has not come; it comes at `at`. */
  | { outcome: "not-yet"; at: Temporal.Instant }
  /** Sent already, taken back, or never sent off. */
  | { outcome: "not-waiting" }
  | { outcome: "late" }
  /** The account asks for a second person's approval by now. */
  | { outcome: "awaiting" }
  | { outcome: "failed"; problem: SendProblem };

/**
 * Sends what is due. The draft's state changes in the transaction that publishes, and its row is locked before: so it
 * is sent once, however many try and whoever dies when. `atOnce` also sends what is planned, late or has failed.
 */
export async function sendDraft(
  tx: Transaction,
  authority: Authority,
  id: DraftId,
  now: Temporal.Instant,
  options: { atOnce?: boolean } = {},
): Promise<Sent> {
  const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
  const states = options.atOnce ? ["sending", "scheduled", "late", "failed"] : ["sending", "scheduled"];
  if (!draft || !states.includes(draft.state)) return { outcome: "not-waiting" };
  const dueAt = dueOf(draft, authority);
  if (!options.atOnce && dueAt) {
    if (Temporal.Instant.compare(now, dueAt) < 0) return { outcome: "not-yet", at: dueAt };
    if (isTooLate(dueAt, now)) {
      await settle(tx, authority, draft, { state: "late" }, now);
      await appendAbout(tx, authority, draft, "send-late", { due: String(dueAt) });
      return { outcome: "late" };
    }
  }
  const voice = await voiceOf(tx, authority, draft);
  if (typeof voice === "string") return fail(tx, authority, draft, voice, now);
  const hadFailed = draft.state === "late" || draft.state === "failed";
  if (lacksApproval(draft, voice)) {
    if (hadFailed) await appendWithdrawal(tx, authority, draft, null);
    await settle(tx, authority, draft, { state: "awaiting" }, now);
    await appendAbout(tx, authority, draft, "approval-asked");
    return { outcome: "awaiting" };
  }
  const done = await publishDraft(tx, authority, draft, voice.id, now);
  if (done.outcome !== "published") return fail(tx, authority, draft, problemIn(done), now);
  await settle(tx, authority, draft, { state: "sent", posts: done.posts }, now);
  if (hadFailed) await appendWithdrawal(tx, authority, draft, null);
  if (draft.bypassReason && voice.approval) await recordBypass(tx, authority, draft, done.posts, now);
  return { outcome: "sent", posts: done.posts };
}

/** Has nobody approved what would be said now, where the account asks for that? */
export function lacksApproval(draft: Draft, account: Pick<Account, "approval">): boolean {
  return account.approval && !draft.bypassReason && draft.approvedVersion !== draft.version;
}

/** The authority's zone may have changed since it was planned. */
function dueOf(draft: Draft, authority: Authority): Temporal.Instant | null {
  if (draft.state !== "scheduled" || !draft.localTime || draft.zone === authority.zone) return draft.dueAt;
  return plannedTime(draft.localTime, authority.zone)?.at ?? draft.dueAt;
}

/** The account that it speaks as, if its writer still may. */
async function voiceOf(tx: Transaction, authority: Authority, draft: Draft): Promise<Account | SendProblem> {
  if (!(await findPerson(tx, authority.id, draft.person))) return "writer-left";
  const account = draft.account && (await findAccount(tx, authority.id, draft.account));
  if (!account || account.uri !== null || account.goneAt) return "account-gone";
  const granted = await grantedAccounts(tx, authority.id, draft.person);
  return granted.some((one) => one.id === account.id) ? account : "account-revoked";
}

async function fail(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  problem: SendProblem,
  now: Temporal.Instant,
): Promise<Sent> {
  await settle(tx, authority, draft, { state: "failed", problem }, now);
  await appendAbout(tx, authority, draft, "send-failed", { problem });
  return { outcome: "failed", problem };
}

async function settle(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  to: { state: "sent" | "late" | "failed" | "awaiting"; posts?: PostId[]; problem?: SendProblem },
  now: Temporal.Instant,
): Promise<void> {
  // What was said stands in the posts from here on; the draft keeps no copy of it.
  const content = to.state === "sent" ? tx`'{}'::jsonb` : tx`content`;
  await tx`
    update draft set state = ${to.state}, posts = ${to.posts ?? []}::bigint[], problem = ${to.problem ?? null},
      content = ${content}, updated_at = ${now}
    where authority = ${authority.id} and id = ${draft.id}`;
}

async function recordBypass(
  tx: Transaction,
  authority: Authority,
  draft: Draft,
  posts: PostId[],
  now: Temporal.Instant,
): Promise<void> {
  const reason = draft.bypassReason ?? "";
  await tx`
    insert into approval_bypass (authority, post, person, reason, at)
    select ${authority.id}, unnest(${posts}::bigint[]), ${draft.person}, ${reason}, ${now}
    on conflict (authority, post) do update set person = excluded.person, reason = excluded.reason, at = excluded.at`;
  await append(tx, {
    authority: authority.id,
    direction: "within",
    kind: "approval-bypassed",
    account: draft.account,
    person: draft.person,
    post: posts[0] ?? null,
    subject: [draft.id, draft.person],
    facts: draft.thread ? { thread: draft.thread } : {},
    payload: { body: { reason } },
  });
}

/** Which of our posts went out without the approval that their account asks for. */
export async function bypassedAmong(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly PostId[],
): Promise<Set<string>> {
  if (posts.length === 0) return new Set();
  const rows = await tx<{ post: PostId }[]>`
    select post from approval_bypass where authority = ${authority} and post = any(${[...posts]}::bigint[])`;
  return new Set(rows.map((row) => row.post));
}

function problemIn(objection: Objection): SendProblem {
  switch (objection.outcome) {
    case "parent-missing":
    case "nobody-addressed":
    case "empty":
    case "too-long":
    case "title-missing":
    case "reason-missing":
    case "personal-number":
      return objection.outcome;
    case "alternative-text-missing":
      return "alternative-text";
    case "unknown-picture":
      return "picture-missing";
    case "not-ours":
      return "post-gone";
    case "changed":
      return "post-changed";
  }
}
