import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { Transaction } from "#platform/database.ts";
import { tellOfChanges, tellOfFollowed, type Told } from "./tell-of-others.ts";

/** Kinds of entries after which an account of ours may have something more, or less, to be told. */
export const accountEntries = [
  "post-received",
  "post-published",
  "boost-received",
  "post-boosted",
  "favourite-received",
  "post-favourited",
  "follow-received",
  "follow-requested",
  "follow-accepted",
  "follow-rejected",
  "boost-undone",
  "boost-undo-received",
  "favourite-undone",
  "favourite-undo-received",
  "follow-undone",
  "follow-undo-received",
  "post-deleted",
  "post-delete-received",
  "post-edited",
  "post-edit-received",
] as const;

const undone = new Set<string>([
  "boost-undone",
  "boost-undo-received",
  "favourite-undone",
  "favourite-undo-received",
  "follow-undone",
  "follow-undo-received",
  "follow-rejected",
]);
const deleted = new Set<string>(["post-deleted", "post-delete-received"]);

/**
 * Tells accounts of ours what others did to them, a query for each way however many the entries are. Each looks at
 * how things now stand, so what was taken back meanwhile is never told. Returns the accounts concerned.
 */
export async function tellAccounts(
  tx: Transaction,
  authority: AuthorityId,
  entries: readonly Entry[],
): Promise<string[]> {
  const posts = (kind: string) =>
    entries.filter((entry) => entry.kind === kind).flatMap((entry) => entry.post ?? []);
  const subjects = (...kinds: string[]) =>
    entries.filter((entry) => kinds.includes(entry.kind)).flatMap((entry) => entry.subject[0] ?? []);
  const told = [
    ...(await tellMentions(tx, authority, posts("post-received"))),
    ...(await tellOwnMentions(tx, authority, posts("post-published"))),
    ...(await tellOfFollowed(tx, authority, [...posts("post-received"), ...posts("post-published")])),
    ...(await tellOfChanges(
      tx,
      authority,
      entries.filter(({ kind }) => kind === "post-edited" || kind === "post-edit-received"),
    )),
    ...(await tellReactions(tx, authority, "boost", subjects("boost-received", "post-boosted"))),
    ...(await tellReactions(tx, authority, "favourite", subjects("favourite-received", "post-favourited"))),
    ...(await tellFollows(tx, authority, subjects("follow-received", "follow-requested", "follow-accepted"))),
    ...(await takeBack(tx, authority, {
      matters: subjects(...undone),
      posts: entries.filter((entry) => deleted.has(entry.kind)).flatMap((entry) => entry.post ?? []),
    })),
  ];
  return [...new Set(told.map((row) => row.account))];
}

/** Said to one of ours by somebody outside. That somebody wrote further down in our thread is for the inbox alone. */
async function tellMentions(tx: Transaction, authority: AuthorityId, posts: string[]): Promise<Told[]> {
  if (posts.length === 0) return [];
  return tx<Told[]>`
    insert into notification (authority, account, kind, from_account, post, thread, matter, at)
    select ${authority}, addressed.account, 'mention', post.account, post.id, post.thread, post.id, clock_timestamp()
    from addressed join post on post.authority = addressed.authority and post.id = addressed.post
    where addressed.authority = ${authority} and addressed.post = any(${posts}::bigint[])
    and addressed.why not in ('thread', 'given') and post.deleted_at is null
    order by post.id on conflict do nothing returning account`;
}

/** One voice of ours names another. */
async function tellOwnMentions(tx: Transaction, authority: AuthorityId, posts: string[]): Promise<Told[]> {
  if (posts.length === 0) return [];
  return tx<Told[]>`
    insert into notification (authority, account, kind, from_account, from_person, post, thread, matter, at)
    select ${authority}, account.id, 'mention', post.account, post.person, post.id, post.thread, post.id, clock_timestamp()
    from post join post_mention named on named.authority = post.authority and named.post = post.id
    join account on account.authority = post.authority and account.id = named.account
    where post.authority = ${authority} and post.id = any(${posts}::bigint[])
    and account.uri is null and account.id <> post.account and post.deleted_at is null
    order by post.id on conflict do nothing returning account`;
}

async function tellReactions(
  tx: Transaction,
  authority: AuthorityId,
  reaction: "boost" | "favourite",
  ids: string[],
): Promise<Told[]> {
  if (ids.length === 0) return [];
  return tx<Told[]>`
    insert into notification (authority, account, kind, from_account, from_person, post, thread, matter, at)
    select ${authority}, post.account, ${reaction === "boost" ? "reblog" : "favourite"}, reaction.account, reaction.person,
      post.id, post.thread, reaction.id, clock_timestamp()
    from ${tx(reaction)} reaction join post on post.authority = reaction.authority and post.id = reaction.post
    where reaction.authority = ${authority} and reaction.id = any(${ids}::bigint[])
    and post.uri is null and post.account <> reaction.account and post.deleted_at is null
    order by reaction.id on conflict do nothing returning account`;
}

/** A request that has been accepted is a request no more. */
async function tellFollows(tx: Transaction, authority: AuthorityId, ids: string[]): Promise<Told[]> {
  if (ids.length === 0) return [];
  const answered = await tx<Told[]>`
    delete from notification using follow
    where notification.authority = ${authority} and notification.matter = any(${ids}::bigint[])
    and notification.kind = 'follow_request' and follow.authority = ${authority}
    and follow.id = notification.matter and follow.state = 'accepted' returning notification.account`;
  const told = await tx<Told[]>`
    insert into notification (authority, account, kind, from_account, matter, at)
    select ${authority}, follow.followed, case follow.state when 'accepted' then 'follow' else 'follow_request' end,
      follow.follower, follow.id, clock_timestamp()
    from follow join account on account.authority = follow.authority and account.id = follow.followed
    where follow.authority = ${authority} and follow.id = any(${ids}::bigint[]) and account.uri is null
    order by follow.id on conflict do nothing returning account`;
  return [...answered, ...told];
}

async function takeBack(
  tx: Transaction,
  authority: AuthorityId,
  gone: { matters: string[]; posts: string[] },
): Promise<Told[]> {
  if (gone.matters.length === 0 && gone.posts.length === 0) return [];
  return tx<Told[]>`
    delete from notification where authority = ${authority} and account is not null
    and (matter = any(${gone.matters}::bigint[]) or post = any(${gone.posts}::bigint[])) returning account`;
}
