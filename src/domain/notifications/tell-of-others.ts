import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { Transaction } from "#platform/database.ts";

export type Told = { account: string };

/** Those whom an account of ours has asked to be told of have written: to nobody in particular, or on from themselves. */
export async function tellOfFollowed(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
): Promise<Told[]> {
  if (posts.length === 0) return [];
  return tx<Told[]>`
    insert into notification (authority, account, kind, from_account, from_person, post, thread, matter, at)
    select ${authority}, account.id, 'status', post.account, post.person, post.id, post.thread, post.id, clock_timestamp()
    from post join follow on follow.authority = ${authority} and follow.followed = post.account
    join account on account.authority = ${authority} and account.id = follow.follower
    left join post parent on parent.authority = ${authority} and parent.id = post.in_reply_to
    where post.authority = ${authority} and post.id = any(${[...posts]}::bigint[]) and post.deleted_at is null
    and post.visibility <> 'direct' and follow.notify and follow.state = 'accepted' and account.uri is null
    and (post.in_reply_to_uri is null or post.in_reply_to is not null)
    and (post.in_reply_to is null or parent.account = post.account)
    and not exists (select from post_mention named where named.authority = ${authority} and named.post = post.id
      and named.account = account.id)
    order by post.id on conflict do nothing returning account`;
}

/** What an account of ours has passed on is not any more what it was. Each change is told once. */
export async function tellOfChanges(
  tx: Transaction,
  authority: AuthorityId,
  changes: readonly Entry[],
): Promise<Told[]> {
  const made = changes.flatMap(({ id, post }) => (post ? [{ id, post }] : []));
  if (made.length === 0) return [];
  return tx<Told[]>`
    insert into notification (authority, account, kind, from_account, from_person, post, thread, matter, at)
    select ${authority}, account.id, 'update', post.account, post.person, post.id, post.thread, change.entry, clock_timestamp()
    from unnest(${made.map(({ id }) => id)}::bigint[], ${made.map(({ post }) => post)}::bigint[]) as change (entry, post)
    join post on post.authority = ${authority} and post.id = change.post
    join boost on boost.authority = ${authority} and boost.post = post.id
    join account on account.authority = ${authority} and account.id = boost.account
    where account.uri is null and account.id <> post.account and post.deleted_at is null
    order by change.entry on conflict do nothing returning account`;
}
