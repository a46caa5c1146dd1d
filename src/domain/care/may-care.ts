import { listOwnAccounts, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { Care } from "./care.ts";

/** Whether a grant to any of these accounts lets one look after a thread: it is spoken to there, or given it. */
export async function mayCareFor(
  tx: Transaction,
  authority: AuthorityId,
  care: Pick<Care, "thread" | "account" | "assigneeAccount">,
  accounts: readonly AccountId[],
): Promise<boolean> {
  if (accounts.includes(care.account)) return true;
  if (care.assigneeAccount && accounts.includes(care.assigneeAccount)) return true;
  if (accounts.length === 0) return false;
  const [row] = await tx`
    select from addressed join post on post.authority = addressed.authority and post.id = addressed.post
    where addressed.authority = ${authority} and post.thread = ${care.thread}
    and addressed.account = any(${[...accounts]}::bigint[]) limit 1`;
  return row !== undefined;
}

/** The same of many at once: for use in a `where` on a query with `care`. */
export function caredForBy(tx: Transaction, authority: AuthorityId, accounts: readonly AccountId[]) {
  const own = [...accounts];
  return tx`(care.account = any(${own}::bigint[]) or care.assignee_account = any(${own}::bigint[])
    or exists (select from addressed where addressed.authority = ${authority} and addressed.post = care.asked_post
      and addressed.account = any(${own}::bigint[])))`;
}

export type Colleague = { id: PersonId; name: string };
export type Assignables = { people: Colleague[]; offices: Account[] };

/**
 * Who can be given a thread, or called into its notes: those who may speak for an account that it is addressed to.
 * An open thread can be given to any office; what was said in confidence stays with those it was said to.
 */
export async function assignablesOf(
  tx: Transaction,
  authority: AuthorityId,
  care: Pick<Care, "thread" | "account" | "assigneeAccount">,
): Promise<Assignables> {
  const spoken = await tx<{ account: AccountId; open: boolean }[]>`
    select addressed.account, bool_and(${visibleTo(tx, authority, anyone, { withoutRemoved: false })}) as open
    from addressed join post on post.authority = addressed.authority and post.id = addressed.post
    where addressed.authority = ${authority} and post.thread = ${care.thread} group by addressed.account`;
  const accounts = [
    ...new Set([
      care.account,
      ...(care.assigneeAccount ? [care.assigneeAccount] : []),
      ...spoken.map((row) => row.account),
    ]),
  ];
  const { people, offices } = await colleaguesOf(tx, authority, accounts);
  const isOpen = spoken.every((row) => row.open);
  return { people, offices: offices.filter((account) => isOpen || accounts.includes(account.id)) };
}

/** Who might be given threads of some accounts: to choose from, each thread decides for itself. */
export async function colleaguesOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<Assignables> {
  const people = await tx<Colleague[]>`
    select id, name from person
    where authority = ${authority} and ended_at is null and id in (
      select person from account_grant where authority = ${authority} and account = any(${[...accounts]}::bigint[]))
    order by name, id`;
  return { people, offices: await listOwnAccounts(tx, authority) };
}
