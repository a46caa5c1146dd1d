import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { careOf, type Care } from "./care.ts";

/**
 * The care of a thread, also of one that has no row: it is from before care was kept, or has come this moment. Such a
 * one stands as it would if somebody took it up, with version 0; who waits there was promised no time.
 */
export async function careOrFresh(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
): Promise<Care | undefined> {
  const kept = (await careOf(tx, authority, [thread])).get(thread as PostId);
  if (kept) return kept;
  const [row] = await tx<Omit<Care, "id" | "assigneePerson">[]>`
    select thread, account, network, status, asked_post as "askedPost", asked_at as "askedAt",
      settled_post as "settledPost", 0 as version, 0 as told, 0 as notes
    from (${fresh(tx, authority, thread)}) fresh`;
  return (
    row && {
      ...row,
      // No row has it: there are neither notes nor labels to be found by it.
      id: "0" as Care["id"],
      assigneePerson: null,
      assigneeAccount: null,
      assigneeName: null,
      dueAt: null,
      concernsOffice: null,
      tags: [],
    }
  );
}

/** Gives a thread its row when somebody takes it up. */
export async function beginCare(tx: Transaction, authority: AuthorityId, thread: string): Promise<void> {
  await tx`
    insert into care (authority, thread, account, network, status, asked_post, asked_at, settled_post, version)
    select ${authority}, thread, account, network, status, asked_post, asked_at, settled_post, 0
    from (${fresh(tx, authority, thread)}) fresh
    where not exists (select from care where care.authority = ${authority} and care.thread = fresh.thread)
    on conflict do nothing`;
}

/** What waits is the latest that was addressed to us, unless we have said something after it. */
function fresh(tx: Transaction, authority: AuthorityId, thread: string) {
  return tx`
    select asked.thread, addressed.account, asked.network, asked.id as asked_post,
      case when own.answered then 'answered' else 'new' end as status,
      case when own.answered then null else to_timestamp((asked.id >> 16) / 1000.0) end as asked_at,
      case when own.answered then asked.id else asked.id - 1 end as settled_post
    from addressed join post asked on asked.authority = addressed.authority and asked.id = addressed.post
    cross join lateral (select exists (
      select from post where post.authority = ${authority} and post.thread = asked.thread and post.uri is null
      and post.deleted_at is null and post.id > asked.id) as answered) own
    where addressed.authority = ${authority} and asked.thread = ${thread} and asked.deleted_at is null
    order by asked.id desc, array_position(array['direct', 'mention', 'reply', 'thread'], addressed.why), addressed.account
    limit 1`;
}
