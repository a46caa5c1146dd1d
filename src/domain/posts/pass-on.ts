import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** Lets what is addressed to us in some threads, from a post on, stand in the inbox of another account of ours too. */
export async function passOn(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly { thread: string; from: string; account: string }[],
): Promise<void> {
  if (threads.length === 0) return;
  await tx`
    insert into addressed (authority, account, post, why)
    select distinct ${authority}::bigint, given.account, post.id, 'given'
    from unnest(${threads.map((one) => one.thread)}::bigint[], ${threads.map((one) => one.from)}::bigint[],
      ${threads.map((one) => one.account)}::bigint[]) as given (thread, start, account)
    join post on post.authority = ${authority} and post.thread = given.thread and post.id >= given.start
    where exists (select from addressed where addressed.authority = ${authority} and addressed.post = post.id)
    on conflict do nothing`;
}

/** What was passed on to an account in a thread leaves its inbox again; what was said to it stays. */
export async function takeBackFrom(
  tx: Transaction,
  authority: AuthorityId,
  { thread, account }: { thread: string; account: string },
): Promise<void> {
  await tx`
    delete from addressed using post
    where addressed.authority = ${authority} and addressed.account = ${account} and addressed.why = 'given'
    and post.authority = ${authority} and post.id = addressed.post and post.thread = ${thread}`;
}
