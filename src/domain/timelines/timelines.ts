import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Post } from "#domain/posts/post.ts";
import { postMark, readKnownPosts, type KnownPost } from "#domain/posts/known-posts.ts";
import { fromPost, postColumns, type Page } from "#domain/posts/read-posts.ts";
import { visibleTo } from "#domain/posts/visible-to.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { KnownRows, Marked } from "#platform/known-rows.ts";

/** A post in a timeline; `position` orders it and names the place to go on from: the post's id, or the boost's. */
export type TimelineItem = Post & { position: string; boostedBy: AccountId | null };

/**
 * Which part of a timeline is read. `up`: those nearest to `after` instead of the newest; `only`: those of these posts
 * that stand in it, which is how a live line asks;
 * `keep`: a condition on `post` besides, asked before the page is cut, so that pages are full;
 * `known`: posts that need not be read again; what is read is a `KnownPost` then. Never where something is written.
 */
export type Reading = Page & {
  up?: boolean | undefined;
  only?: readonly string[] | undefined;
  keep?: Fragment | undefined;
  known?: KnownRows<KnownPost> | undefined;
};

/** What one account has said and passed on, as a colleague may see it. */
export async function personTimeline(
  tx: Transaction,
  authority: AuthorityId,
  person: AccountId,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  return saidAndPassedOn(tx, authority, tx`select ${person}::bigint as account`, accounts, reading);
}

/** What others have said to our accounts, newest first: what waits for an answer. */
export async function inboxTimeline(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  const own = [...accounts];
  return itemsOf(
    tx,
    authority,
    tx`select distinct found.post as position, found.post, null::bigint as by
      from unnest(${own}::bigint[]) as ours (account), lateral (
        select addressed.post from addressed join post on post.authority = ${authority} and post.id = addressed.post
        where addressed.authority = ${authority} and addressed.account = ours.account
        ${inReading(tx, authority, "addressed.post", "addressed.post", own, reading)}
        order by addressed.post ${cut(tx, reading)}) found`,
    reading,
  );
}

/** What some accounts said (not what they passed on). */
export async function saidTimeline(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  return postsTimeline(tx, authority, tx`and post.account = ${account}`, accounts, reading);
}

/** The conversation that a post is in, newest first; it is asked by a post, for threads may be joined. */
export async function threadTimeline(
  tx: Transaction,
  authority: AuthorityId,
  post: string,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  const thread = tx`and post.thread = (
    select asked.thread from post asked where asked.authority = ${authority} and asked.id = ${post})`;
  return postsTimeline(tx, authority, thread, accounts, reading);
}

/** Posts with any of some tags. */
export async function tagTimeline(
  tx: Transaction,
  authority: AuthorityId,
  tags: readonly string[],
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  const wanted = tags.map(normalTag);
  return itemsOf(
    tx,
    authority,
    tx`select distinct found.post as position, found.post, null::bigint as by
      from unnest(${wanted}::text[]) as wanted (tag), lateral (
        select post_tag.post from post_tag join post on post.authority = ${authority} and post.id = post_tag.post
        where post_tag.authority = ${authority} and post_tag.tag = wanted.tag
        ${inReading(tx, authority, "post_tag.post", "post_tag.post", accounts, reading)}
        order by post_tag.post ${cut(tx, reading)}) found`,
    reading,
  );
}

async function postsTimeline(
  tx: Transaction,
  authority: AuthorityId,
  which: Fragment,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  return postsMeeting(tx, authority, tx`${which} ${seenBy(tx, authority, accounts, reading)}`, reading);
}

/** Posts that meet some conditions, which begin with `and`; boosts are not among them. */
export async function postsMeeting(
  tx: Transaction,
  authority: AuthorityId,
  conditions: Fragment,
  reading: Reading,
): Promise<TimelineItem[]> {
  return itemsOf(
    tx,
    authority,
    tx`select post.id as position, post.id as post, null::bigint as by from post
      where post.authority = ${authority} ${conditions} ${inPage(tx, "post.id", "post.id", reading)}
      order by post.id ${cut(tx, reading)}`,
    reading,
  );
}

/** Reads the newest of each voice by index, so the length of history does not count; some posts alone, by themselves. */
async function saidAndPassedOn(
  tx: Transaction,
  authority: AuthorityId,
  voices: Fragment,
  accounts: readonly AccountId[],
  reading: Reading,
): Promise<TimelineItem[]> {
  const said = inReading(tx, authority, "post.id", "post.id", accounts, reading);
  const passed = inReading(tx, authority, "boost.id", "boost.post", accounts, reading);
  const passedOn = tx`from boost join post on post.authority = ${authority} and post.id = boost.post`;
  const items = reading.only
    ? tx`select post.id as position, post.id as post, null::bigint as by from post
        where post.authority = ${authority} and post.account in (select account from voice) ${said}
        union all
        select boost.id, boost.post, boost.account ${passedOn}
        where boost.authority = ${authority} and boost.account in (select account from voice) ${passed}`
    : tx`select found.* from voice, lateral (
          select post.id as position, post.id as post, null::bigint as by from post
          where post.authority = ${authority} and post.account = voice.account ${said}
          order by post.id ${cut(tx, reading)}) found
        union all
        select found.* from voice, lateral (
          select boost.id, boost.post, boost.account ${passedOn}
          where boost.authority = ${authority} and boost.account = voice.account ${passed}
          order by boost.id ${cut(tx, reading)}) found`;
  return itemsOf(tx, authority, items, reading, tx`with voice as (${voices})`);
}

/** The posts at some places (position, post, by), newest first. */
export async function itemsOf(
  tx: Transaction,
  authority: AuthorityId,
  places: Fragment,
  reading: Reading,
  before: Fragment = tx``,
): Promise<TimelineItem[]> {
  const { known } = reading;
  const from = tx`item.position, item.by as "boostedBy"
    ${fromPost(tx)} join (${places}) item on post.id = item.post
    where post.authority = ${authority}
    order by item.position ${cut(tx, reading)}`;
  const items = known
    ? await withPosts(
        tx,
        authority,
        known,
        await tx<Place[]>`${before} select post.id, ${postMark(tx)} as mark, ${from}`,
      )
    : await tx<TimelineItem[]>`${before} select ${postColumns(tx)}, ${from}`;
  return goesUp(reading) ? items.toReversed() : items;
}

type Place = Marked & Pick<TimelineItem, "position" | "boostedBy">;

/** A post may stand in several places: by itself, and passed on. */
async function withPosts(
  tx: Transaction,
  authority: AuthorityId,
  known: KnownRows<KnownPost>,
  places: Place[],
): Promise<TimelineItem[]> {
  const posts = await readKnownPosts(tx, authority, known, places);
  const byId = new Map<string, KnownPost>(posts.map((post) => [post.id, post]));
  return places.flatMap(({ id, position, boostedBy }) => {
    const post = byId.get(id);
    return post ? { ...post, position, boostedBy } : [];
  });
}

/** What is asked of each post before the page is cut: its place, whether this reader sees it, and the filters. */
function inReading(
  tx: Transaction,
  authority: AuthorityId,
  position: string,
  post: string,
  accounts: readonly AccountId[],
  reading: Reading,
): Fragment {
  return tx`${inPage(tx, position, post, reading)} ${seenBy(tx, authority, accounts, reading)}`;
}

function seenBy(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  { keep }: Reading,
): Fragment {
  return tx`and ${visibleTo(tx, authority, { kind: "staff", accounts })} ${keep ?? tx``}`;
}

export function inPage(tx: Transaction, position: string, post: string, reading: Reading): Fragment {
  return tx`${reading.before ? tx`and ${tx(position)} < ${reading.before}` : tx``}
    ${reading.after ? tx`and ${tx(position)} > ${reading.after}` : tx``}
    ${reading.only ? tx`and ${tx(post)} = any(${[...reading.only]}::bigint[])` : tx``}`;
}

/** Newest first, and the nearest ones when one goes up from a place. Posts asked for by name all stand in the answer. */
export function cut(tx: Transaction, reading: Reading): Fragment {
  const way = goesUp(reading) ? tx`asc` : tx`desc`;
  return reading.only ? way : tx`${way} limit ${reading.limit}`;
}

function goesUp({ up }: Reading): boolean {
  return up === true;
}
