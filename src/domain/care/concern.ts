import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import { visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import { takeUp, type Actor, type Refused } from "./take-up.ts";

/** Whether a message to an official concerns the authority's business, and so is public (TF 2:8). */
export type Concern = { concerns: boolean; person: PersonId; at: Temporal.Instant };
export type ConcernDecided =
  | { outcome: "decided" }
  | { outcome: "already" }
  | Exclude<Refused, { outcome: "changed" }>;

/** Decides, or decides otherwise than before; every decision is kept. */
export async function decideConcern(
  tx: Transaction,
  authority: AuthorityId,
  { thread, concerns }: { thread: PostId; concerns: boolean },
  by: Actor,
  now: Temporal.Instant,
): Promise<ConcernDecided> {
  const taken = await takeUp(tx, authority, thread, by);
  if (taken.outcome === "changed") throw new Error("no version was asked for");
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  if (!(await hasDirect(tx, authority, thread, by.accounts))) return { outcome: "not-found" };
  if (care.concernsOffice === concerns) return { outcome: "already" };
  await tx`
    update care set concerns_office = ${concerns}, updated_at = ${now}
    where authority = ${authority} and id = ${care.id}`;
  await tx`
    insert into concern_decision (authority, care, concerns, person, at)
    values (${authority}, ${care.id}, ${concerns}, ${by.person}, ${now})`;
  await append(tx, {
    authority,
    direction: "within",
    kind: "concern-decided",
    account: care.account,
    person: by.person,
    post: care.askedPost ?? thread,
    subject: [care.id],
    facts: { thread, concerns },
  });
  return { outcome: "decided" };
}

/** The decision that holds for a thread; null while there is none, undefined where these accounts have nothing to decide. */
export async function concernOf(
  tx: Transaction,
  authority: AuthorityId,
  thread: PostId,
  accounts: readonly AccountId[],
): Promise<Concern | null | undefined> {
  if (!(await hasDirect(tx, authority, thread, accounts))) return undefined;
  const [row] = await tx<Concern[]>`
    select concerns, concern_decision.person, at from concern_decision
    join care on care.authority = ${authority} and care.id = concern_decision.care
    where concern_decision.authority = ${authority} and care.thread = ${thread}
    order by concern_decision.id desc limit 1`;
  return row ?? null;
}

/** Threads with direct messages to these accounts that nobody has decided on, the oldest first. */
export async function listUndecided(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  limit: number,
): Promise<{ thread: PostId; post: PostId }[]> {
  return tx<{ thread: PostId; post: PostId }[]>`
    select care.thread, min(post.id) as post from care
    join post on post.authority = ${authority} and post.thread = care.thread
      and post.visibility = 'direct' and post.uri is not null and post.deleted_at is null
    where care.authority = ${authority} and care.concerns_office is null and exists (
      select from addressed where addressed.authority = ${authority} and addressed.post = post.id
      and addressed.account = any(${[...accounts]}::bigint[]))
    group by care.thread order by min(post.id) limit ${limit}`;
}

/** Whether something was said there in confidence to any of these accounts; also when it was taken away since. */
async function hasDirect(
  tx: Transaction,
  authority: AuthorityId,
  thread: PostId,
  accounts: readonly AccountId[],
): Promise<boolean> {
  const [row] = await tx`
    select from post where post.authority = ${authority} and post.thread = ${thread}
    and post.visibility = 'direct' and post.uri is not null
    and ${visibleTo(tx, authority, { kind: "staff", accounts }, { withoutRemoved: false })} limit 1`;
  return row !== undefined;
}
