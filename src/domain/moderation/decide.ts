import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { addBlock, removeBlock, type Blocked } from "#domain/relationships/blocks.ts";
import { endFollows } from "#domain/relationships/end-follows.ts";
import type { Transaction } from "#platform/database.ts";
import { tellAuthor, type Telling } from "./tell-author.ts";

export type Decided =
  | { outcome: "decided" }
  | { outcome: "rule-missing" }
  | { outcome: "reason-missing" }
  | { outcome: "not-found" }
  /** What we said ourselves is edited or deleted in the open, never hidden. */
  | { outcome: "ours" }
  | { outcome: "already" };

type Ground = { rule: number | null; reason: string; person: PersonId };

/**
 * Hides a reply from public view under a named rule, or shows it again. Never silently: the page says it in place, and
 * with `tell` the author is told, if they can be reached.
 */
export async function decideOnPost(
  tx: Transaction,
  authority: AuthorityId,
  decision: Ground & { action: "hide" | "unhide"; post: PostId; tell?: Telling | undefined },
  now: Temporal.Instant,
): Promise<Decided> {
  const objection = await checkGround(tx, authority, decision, decision.action === "hide");
  if (objection) return objection;
  const post = await findAnyPost(tx, authority, decision.post);
  if (!post || post.deletedAt) return { outcome: "not-found" };
  if (post.uri === null) return { outcome: "ours" };
  if (!(await setHidden(tx, authority, post.id, decision.action === "hide" ? now : null)))
    return { outcome: "already" };
  const notice = decision.tell ? await tellAuthor(tx, decision.tell, post, decision, now) : undefined;
  await record(tx, authority, decision.action, decision, { post: post.id, account: post.account, notice });
  await append(tx, {
    authority,
    direction: "within",
    kind: decision.action === "hide" ? "post-hidden" : "post-unhidden",
    account: post.account,
    person: decision.person,
    post: post.id,
    facts: {
      rule: decision.rule,
      thread: post.thread,
      visibility: post.visibility,
      ...(notice ? { notice } : {}),
    },
    payload: { body: { reason: decision.reason } },
  });
  return { outcome: "decided" };
}

/** Takes nothing more from a person or a domain, or begins to again. What they said before stays on record. */
export async function decideOnBlock(
  tx: Transaction,
  authority: AuthorityId,
  decision: Ground & { action: "block" | "unblock"; whom: Blocked },
): Promise<Decided> {
  const objection = await checkGround(tx, authority, decision, decision.action === "block");
  if (objection) return objection;
  const changed =
    decision.action === "block"
      ? await addBlock(tx, authority, decision.whom)
      : await removeBlock(tx, authority, decision.whom);
  if (!changed) return { outcome: "already" };
  const account = "account" in decision.whom ? decision.whom.account : null;
  const domain = "domain" in decision.whom ? decision.whom.domain : null;
  if (decision.action === "block") await endFollows(tx, authority, decision.whom, decision.person);
  await record(tx, authority, decision.action, decision, { account, domain });
  await append(tx, {
    authority,
    direction: "within",
    kind: decision.action === "block" ? "sender-blocked" : "sender-unblocked",
    account,
    person: decision.person,
    facts: { rule: decision.rule, domain },
    payload: { body: { reason: decision.reason } },
  });
  return { outcome: "decided" };
}

async function checkGround(
  tx: Transaction,
  authority: AuthorityId,
  ground: Ground,
  needsRule: boolean,
): Promise<Decided | undefined> {
  if (ground.reason.trim() === "") return { outcome: "reason-missing" };
  if (!needsRule) return undefined;
  const [rule] = await tx`select from rule where authority = ${authority} and number = ${ground.rule}`;
  return rule ? undefined : { outcome: "rule-missing" };
}

async function record(
  tx: Transaction,
  authority: AuthorityId,
  action: string,
  ground: Ground,
  subject: {
    post?: PostId;
    account?: AccountId | null;
    domain?: string | null;
    notice?: PostId | undefined;
  },
): Promise<void> {
  await tx`insert into decision (authority, action, post, account, domain, rule, reason, person, notice)
    values (${authority}, ${action}, ${subject.post ?? null}, ${subject.account ?? null}, ${subject.domain ?? null}, ${ground.rule},
      ${ground.reason.trim()}, ${ground.person}, ${subject.notice ?? null})`;
}
