import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { saidInConfidence } from "./direct-timeline.ts";

/** What is said in confidence in one thread, as somebody who speaks for an account has it before them. */
export type Conversation = {
  thread: PostId;
  /** The newest that was said, by which conversations are ordered. */
  latest: PostId;
  isUnread: boolean;
};

/** Whose conversations: an account's, and how far a person has read them. */
export type ConversationReader = { account: AccountId; person: PersonId };

/** Where something was said last comes first; what was put away comes back when something new is said. */
export async function conversationsOf(
  tx: Transaction,
  authority: AuthorityId,
  { account, person }: ConversationReader,
  page: IdPage & { thread?: string },
): Promise<Conversation[]> {
  const said = saidInConfidence(tx, authority, account);
  const rows = await tx<Conversation[]>`
    select post.thread, post.id as latest,
      coalesce(place.kept_unread, false) or (post.account <> ${account} and post.id > coalesce(place.read_to, 0)) as "isUnread"
    from post
    left join conversation_place place on place.authority = ${authority} and place.person = ${person}
      and place.account = ${account} and place.thread = post.thread
    cross join lateral (select post.thread, post.id as latest) here
    where ${said} and post.id > coalesce(place.removed_to, 0)
    and not exists (select from post where post.thread = here.thread and post.id > here.latest and ${said})
    ${page.thread ? tx`and post.thread = ${page.thread}` : tx``}
    ${withinPage(tx, "post.id", page)} ${cutPage(tx, "post.id", page)}`;
  return newestFirst(rows, page);
}

/** Who takes part in each conversation besides the account, in the order of their first word or mention. */
export async function participantsOf(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  threads: readonly PostId[],
): Promise<Map<PostId, AccountId[]>> {
  if (threads.length === 0) return new Map();
  const said = saidInConfidence(tx, authority, account);
  const rows = await tx<{ thread: PostId; accounts: AccountId[] }[]>`
    with part as (
      select post.thread, post.account, min(post.id) as since from post
      where ${said} and post.thread = any(${[...threads]}::bigint[]) group by post.thread, post.account
      union all
      select post.thread, post_mention.account, min(post.id) from post
      join post_mention on post_mention.authority = ${authority} and post_mention.post = post.id
      where ${said} and post.thread = any(${[...threads]}::bigint[]) group by post.thread, post_mention.account)
    select thread, array_agg(account::text order by since, account) as accounts from (
      select thread, account, min(since) as since from part where account <> ${account} group by thread, account) one
    group by thread`;
  return new Map(rows.map((row) => [row.thread, row.accounts]));
}

/** A person's own place: colleagues who speak for the same account keep theirs. */
export async function placeConversation(
  tx: Transaction,
  authority: AuthorityId,
  { account, person }: ConversationReader,
  { thread, latest }: Pick<Conversation, "thread" | "latest">,
  how: "read" | "unread" | "removed",
): Promise<void> {
  const removedTo = how === "removed" ? latest : "0";
  const readTo = how === "unread" ? "0" : latest;
  await tx`insert into conversation_place as place (authority, person, account, thread, read_to, removed_to, kept_unread)
    values (${authority}, ${person}, ${account}, ${thread}, ${readTo}, ${removedTo}, ${how === "unread"})
    on conflict (authority, person, account, thread) do update set
      read_to = greatest(place.read_to, excluded.read_to), removed_to = greatest(place.removed_to, excluded.removed_to),
      kept_unread = excluded.kept_unread`;
}
