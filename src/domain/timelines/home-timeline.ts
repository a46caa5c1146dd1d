import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { ListId } from "#domain/relationships/lists.ts";
import { notMuted } from "#domain/relationships/not-muted.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { visibleTo, type Viewer } from "#domain/posts/visible-to.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { cut, inPage, itemsOf, type Reading, type TimelineItem } from "./timelines.ts";

/**
 * What the accounts that ours follow have said and passed on, what ours have said themselves, and what carries a tag
 * that they follow, newest first. Each of ours has what it does not want to see (mutes, boosts of some, languages,
 * members of a list of its own); in the home of several stands what stands in the home of any.
 */
export async function homeTimeline(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  const [first, ...others] = accounts.map((account) =>
    homeOf(tx, authority, { account, viewer: { kind: "staff", accounts: [account] } }, reading),
  );
  if (!first) return [];
  const all = others.reduce((some, one) => tx`${some} union ${one}`, first);
  return itemsOf(tx, authority, nearest(tx, all, reading), reading);
}

/** In whose homes some posts stand, of many accounts at once, newest first: how live lines ask. */
export async function standingAtHomes(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  reading: Reading & { only: readonly string[] },
): Promise<(TimelineItem & { homes: AccountId[] })[]> {
  const account = tx`reader.account`;
  const home = homeOf(tx, authority, { account, viewer: { kind: "each", account } }, reading);
  return tx<(TimelineItem & { homes: AccountId[] })[]>`
    select ${postColumns(tx)}, item.position, item.by as "boostedBy", item.homes
    ${fromPost(tx)} join (
      select place.position, place.post, place.by, array_agg(reader.account) as homes
      from unnest(${[...accounts]}::bigint[]) reader (account), lateral (${home}) place
      group by place.position, place.post, place.by) item on post.id = item.post
    where post.authority = ${authority} order by item.position desc`;
}

/**
 * What the members of a list have said and passed on; nothing for those who speak for another account than the list's.
 * `allReplies`: also those that the list is set to leave out.
 */
export async function listTimeline(
  tx: Transaction,
  authority: AuthorityId,
  list: string,
  accounts: readonly AccountId[],
  reading: Reading,
  options: { allReplies?: boolean } = {},
): Promise<TimelineItem[]> {
  const [owner] = await tx<{ id: ListId; account: AccountId }[]>`
    select id, account from list
    where authority = ${authority} and id = ${list} and account = any(${[...accounts]}::bigint[])`;
  if (!owner) return [];
  const voices = tx`select list_member.account, coalesce(follow.show_reblogs, true) as boosts, follow.languages
    from list_member left join follow on follow.authority = ${authority}
      and follow.follower = ${owner.account} and follow.followed = list_member.account
    where list_member.authority = ${authority} and list_member.list = ${owner.id}
    and ${notMuted(tx, authority, owner.account, "list_member.account")}`;
  const keep = options.allReplies
    ? reading.keep
    : tx`${reading.keep ?? tx``} and ${repliesOfList(tx, authority, owner)}`;
  const page = { ...reading, keep };
  const all = saidAndPassedOn(
    tx,
    authority,
    { voices, for: owner.account, viewer: { kind: "staff", accounts } },
    page,
  );
  return itemsOf(tx, authority, nearest(tx, all, reading), reading);
}

type Home = { account: AccountId | Fragment; viewer: Viewer };

function homeOf(tx: Transaction, authority: AuthorityId, home: Home, reading: Reading): Fragment {
  const { account, viewer } = home;
  const heard = { voices: followedBy(tx, authority, account), for: account, viewer };
  return tx`${saidAndPassedOn(tx, authority, heard, reading)} union ${tagged(tx, authority, home, reading)}`;
}

/** What a page holds, before anything else is read of it. */
function nearest(tx: Transaction, places: Fragment, reading: Reading): Fragment {
  return tx`select place.* from (${places}) place order by place.position ${cut(tx, reading)}`;
}

/** Whom an account hears at home: itself, and those it follows without having put them aside. */
function followedBy(tx: Transaction, authority: AuthorityId, account: AccountId | Fragment): Fragment {
  return tx`select ${account}::bigint as account, true as boosts, null::text[] as languages
    union all
    select follow.followed, follow.show_reblogs, follow.languages from follow
    where follow.authority = ${authority} and follow.follower = ${account} and follow.state = 'accepted'
    and follow.followed <> ${account} and ${notMuted(tx, authority, account, "follow.followed")}
    and not exists (select from list_member join list on list.authority = ${authority} and list.id = list_member.list
      where list_member.authority = ${authority} and list_member.account = follow.followed
      and list.account = ${account} and list.exclusive)`;
}

type Heard = { voices: Fragment; for: AccountId | Fragment; viewer: Viewer };

/** Reads the newest of each voice by index, so the length of history does not count; some posts alone, by themselves. */
function saidAndPassedOn(tx: Transaction, authority: AuthorityId, heard: Heard, reading: Reading): Fragment {
  const seen = tx`and ${visibleTo(tx, authority, heard.viewer)} ${reading.keep ?? tx``}
    and (voice.languages is null or (select split_part(version.language, '-', 1) = any(voice.languages)
      from post_version version where version.authority = ${authority} and version.post = post.id
      and version.version = post.version) is not false)`;
  const said = tx`${inPage(tx, "post.id", "post.id", reading)} ${seen}`;
  const passed = tx`${inPage(tx, "boost.id", "boost.post", reading)} ${seen}
    and voice.boosts and ${notMuted(tx, authority, heard.for, "post.account")}`;
  const passedOn = tx`boost join post on post.authority = ${authority} and post.id = boost.post`;
  if (reading.only)
    return tx`(select post.id as position, post.id as post, null::bigint as by
        from (${heard.voices}) voice join post on post.account = voice.account
        where post.authority = ${authority} ${said})
      union
      (select boost.id, boost.post, boost.account
        from ${passedOn} join (${heard.voices}) voice on voice.account = boost.account
        where boost.authority = ${authority} ${passed})`;
  const posts = (limit: number) => tx`lateral (
    select post.id as position, post.id as post, null::bigint as by from post
    where post.authority = ${authority} and post.account = voice.account ${said}
    order by post.id ${cut(tx, { ...reading, limit })}) found`;
  const boosts = (limit: number) => tx`lateral (
    select boost.id as position, boost.post, boost.account as by from ${passedOn}
    where boost.authority = ${authority} and boost.account = voice.account ${passed}
    order by boost.id ${cut(tx, { ...reading, limit })}) found`;
  // Of a page of twenty, all is of the twenty voices whose first is the newest: of the others one alone is looked at.
  const first = (of: typeof posts) => tx`(select voice.* from (${heard.voices}) voice, ${of(1)}
    order by found.position ${cut(tx, reading)}) voice`;
  return tx`(select found.* from ${first(posts)}, ${posts(reading.limit)})
    union
    (select found.* from ${first(boosts)}, ${boosts(reading.limit)})`;
}

/** Public posts with the tags that an account follows; boosts of them come only from those who are followed. */
function tagged(
  tx: Transaction,
  authority: AuthorityId,
  { account, viewer }: Home,
  reading: Reading,
): Fragment {
  return tx`(select found.post as position, found.post, null::bigint as by from tag_follow, lateral (
      select post_tag.post from post_tag join post on post.authority = ${authority} and post.id = post_tag.post
      where post_tag.authority = ${authority} and post_tag.tag = tag_follow.tag and post.visibility = 'public'
      ${inPage(tx, "post_tag.post", "post_tag.post", reading)}
      and ${visibleTo(tx, authority, viewer)} ${reading.keep ?? tx``}
      and ${notMuted(tx, authority, account, "post.account")}
      order by post_tag.post ${cut(tx, reading)}) found
    where tag_follow.authority = ${authority} and tag_follow.account = ${account})`;
}

/** Replies to oneself and to the list's own account always stand in it; those to others, as it is set. */
function repliesOfList(
  tx: Transaction,
  authority: AuthorityId,
  list: { id: ListId; account: AccountId },
): Fragment {
  return tx`((post.in_reply_to is null and post.in_reply_to_uri is null) or exists (
    select from list asked left join post parent on parent.authority = ${authority} and parent.id = post.in_reply_to
    where asked.authority = ${authority} and asked.id = ${list.id} and (
      parent.account = post.account or parent.account = ${list.account}
      or (asked.replies_policy = 'list' and exists (select from list_member where list_member.authority = ${authority}
        and list_member.list = asked.id and list_member.account = parent.account))
      or (asked.replies_policy = 'followed' and exists (select from follow where follow.authority = ${authority}
        and follow.follower = ${list.account} and follow.followed = parent.account and follow.state = 'accepted')))))`;
}
